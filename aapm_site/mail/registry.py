"""Which kinds of mail there are: who on the staff may see them, and what of them may go to a stranger's address."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet

from aapm_site.core.registry import GuardedRegistry, Registry

from .strangers import exception_for


class UnknownKind(LookupError):
    """No room has registered this kind of mail, so nobody has said who may see it."""


@dataclass(frozen=True)
class OpenLetter:
    """A letter that may go to an address which nobody has confirmed.

    `template` is its name or the beginning of several names. Of its context only `reads` gets there: what the site or
    the staff wrote. `typed` is what people typed; it needs an exception in strangers.py, and goes only when the room
    vouches for who typed it. What staff send by hand (`by_staff`) is not counted against the reader's day.
    """

    template: str
    reads: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    by_staff: bool = False

    def __post_init__(self) -> None:
        if self.typed and not exception_for(self.template):
            raise ImproperlyConfigured(f"No exception in strangers.py lets {self.template!r} carry what people typed.")

    def harmless(self, context: dict[str, Any], *, vouched: bool) -> dict[str, Any]:
        """What of the context may go to a stranger."""
        names = {*self.reads, *(self.typed if vouched else ())}
        return {name: value for name, value in context.items() if name in names}


@dataclass(frozen=True)
class MailKind:
    """Messages of one kind ("billing": billing.paid and the like), and the permission of the staff who see them.

    `label` says it in the admin and, for mail that one can subscribe to, in the letter that asks for confirmation.
    A letter that is not among the open ones is kept back from an address that nobody has confirmed. List mail
    (`is_list`) is what the reader can do without: it stops when mail to the address came back. Where a person says what
    comes, and how often, may be a page of the room's own (`own_page`, the name of its address). A room whose letters
    may be overtaken by what happens says whether one still holds when it is about to be sent (`still_holds`, within the
    transaction of the delivery).
    """

    name: str
    label: str
    permission: str
    open_letters: tuple[OpenLetter, ...] = ()
    is_list: bool = False
    own_page: str = ""
    still_holds: Callable[[Any], bool] | None = None
    order: int = 100

    def open_letter(self, template: str) -> OpenLetter | None:
        """The closest of the open letters, if this template is one."""
        found = [letter for letter in self.open_letters if template.startswith(letter.template)]
        return max(found, key=lambda letter: len(letter.template), default=None)


@dataclass(frozen=True)
class AddressProof:
    """How a room knows that the reader of an address has confirmed it, or that staff entered it: by these rows."""

    name: str
    rows: Callable[[str], QuerySet[Any]]
    order: int = 100


mail_kinds: GuardedRegistry[MailKind] = GuardedRegistry()
address_proofs: Registry[AddressProof] = Registry()


def kind_of(name: str) -> MailKind:
    """The registered kind of "billing" or "billing.paid"; UnknownKind when there is none."""
    kind = mail_kinds.get(name.partition(".")[0])
    if kind is None:
        raise UnknownKind(f"No kind of mail is registered for {name!r}, so nobody has said who may see it.")
    return kind


def kind_words(name: str) -> str:
    """What staff read for "careers.team_invitation": “Positions and teams: team invitation”.

    A room that is gone has left its letters behind; its names stand as they are.
    """
    kind, _, letter = name.partition(".")
    known = mail_kinds.get(kind)
    if known is None:
        return name
    return f"{known.label}: {letter.replace('_', ' ').replace('.', ' ')}" if letter else known.label


def kinds_seen_by(person: Any) -> Iterator[MailKind]:
    """The kinds whose messages this member of staff may see."""
    return (kind for kind in mail_kinds if person.has_perm(kind.permission))


def is_confirmed(address: str) -> bool:
    """Whether its reader has confirmed this address, or staff entered it. Asks all rooms in one statement."""
    return is_our_own(address) or proofs_of(address).exists()


def is_our_own(address: str) -> bool:
    """Whether the staff read it."""
    return address.casefold() == parseaddr(settings.STAFF_EMAIL)[1].casefold()


def proofs_of(address: str) -> QuerySet[Any]:
    """The rows, of all rooms, by which it is known."""
    first, *others = (proof.rows(address).order_by().values_list("pk") for proof in address_proofs)
    return first.union(*others, all=True)
