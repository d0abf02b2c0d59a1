"""What rooms add to My account (panels, entries of its menu, sentences), which of their rows name places, what they
hand over when two persons are one, and what other services may ask of a person.

A room registers in its registration.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from aapm_site.core.menus import MenuEntry
from aapm_site.core.registry import Registry
from aapm_site.core.statements import WhichFind

from .models import User
from .requests import SignedInRequest

# What there must be any of, for the person and the address of `PERSON`, before a part of My account is asked.
Rows = Callable[[], Sequence[QuerySet]]


@dataclass(frozen=True)
class AccountPanel:
    """A room's part of My account; render gives "" when the person has nothing to do with it.

    One with `rows` is asked only where there are any, which one statement says of all parts.
    """

    name: str
    render: Callable[[SignedInRequest], str]
    order: int = 100
    rows: Rows | None = None


@dataclass(frozen=True)
class AccountEntries:
    """Entries of the account's menu: items(request) gives those that this person can use; `rows` as of a panel."""

    name: str
    items: Callable[[HttpRequest], list[MenuEntry]]
    order: int = 100
    rows: Rows | None = None


@dataclass(frozen=True)
class AccountSentence:
    """What is true of this person today, as safe HTML: “You are a <em>physician member</em> until …”. Or nothing."""

    name: str
    say: Callable[[HttpRequest], SafeString | str]
    order: int = 100


@dataclass(frozen=True)
class PlaceUser:
    """Rows of a room that name places: `link` points those without one at what the gazetteer now has; how many."""

    name: str
    link: Callable[[], int]
    order: int = 100


@dataclass(frozen=True)
class Handover:
    """How a room's rows go from one person to another when the two are one, where more happens than a new owner.

    `models` are the labels whose references to people it answers for. `lock` takes the room's locks that come before
    the people's. `move(kept, gone, answers)` moves, and says what it moved, a sentence each; NotAllowed where somebody
    has to decide first, and `answers` are what they decided.
    """

    name: str
    models: tuple[str, ...]
    move: Callable[[Any, Any, frozenset[str]], list[str]]
    lock: Callable[[Any, Any], object] = lambda kept, gone: None
    order: int = 100


@dataclass(frozen=True)
class PassageScope:
    """What a service that lets our people in may ask for: in words for the person, and the claims that it gets.

    `claims(person)` is asked at the moment of each answer, so that it says what is true then; `tells` names them all.
    """

    name: str
    words: str
    tells: tuple[str, ...]
    claims: Callable[[User], dict[str, Any]]
    order: int = 100


handovers: Registry[Handover] = Registry()
passage_scopes: Registry[PassageScope] = Registry()
account_panels: Registry[AccountPanel] = Registry()
account_entries: Registry[AccountEntries] = Registry()
account_sentences: Registry[AccountSentence] = Registry()
place_users: Registry[PlaceUser] = Registry()


def _rows_of_all() -> dict[str, QuerySet]:
    parts = ((_key(part), part.rows) for parts in (account_panels, account_entries) for part in parts)
    return {f"{key} {place}": one for key, rows in parts if rows for place, one in enumerate(rows())}


def _key(part: AccountPanel | AccountEntries) -> str:
    return f"{type(part).__name__} {part.name}"


_FOUND = WhichFind(_rows_of_all)
PARTS = "_account_parts"


def is_asked(part: AccountPanel | AccountEntries, person: User) -> bool:
    """Whether a part of My account may have something for a person; one query for all parts."""
    if part.rows is None:
        return True
    if PARTS not in person.__dict__:
        found = _FOUND.names(person=person.pk, email=person.email)
        person.__dict__[PARTS] = frozenset(name.rpartition(" ")[0] for name in found)
    return _key(part) in person.__dict__[PARTS]


def own_first(request: HttpRequest) -> list[MenuEntry]:
    return [MenuEntry("Overview", reverse("accounts:home")), MenuEntry("My profile", reverse("accounts:profile-edit"))]


def own_last(request: HttpRequest) -> list[MenuEntry]:
    return [
        MenuEntry("Sign-in and security", reverse("accounts:security")),
        MenuEntry("Mail", reverse("accounts:mail")),
        *([MenuEntry("Services you let in", reverse("accounts:services"))] if settings.OPENID_KEYS else []),
        MenuEntry("My data", reverse("accounts:data")),
    ]


def account_menu(name: str, request: HttpRequest) -> list[MenuEntry]:
    """The menu “account”, of all rooms; the entry of the page that is open, or stands above it, is marked."""
    if name != "account" or request is None or not request.user.is_authenticated:
        return []
    asked = [entries for entries in account_entries if is_asked(entries, request.user)]
    items = [item for entries in asked for item in entries.items(request)]
    here = max((item.url for item in items if request.path.startswith(item.url)), key=len, default="")
    if request.path.startswith("/accounts/"):  # allauth's pages stand below our page of sign-in
        here = reverse("accounts:security")
    return [MenuEntry(item.title, item.url, item.children, current=item.url == here) for item in items]
