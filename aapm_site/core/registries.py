"""The doors where rooms meet: each registry is filled by the rooms' ready() and read by shared code.

Nothing here knows a room; a room that is taken out leaves an emptier list and no broken page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString


class Named(Protocol):
    name: str
    order: int


Item = TypeVar("Item", bound=Named)


class Registry(Generic[Item]):
    """Items by their unique names, given out by order, then name. A second item of one name raises ValueError."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def register(self, item: Item) -> Item:
        if item.name in self._items:
            raise ValueError(f"{item.name!r} is registered already.")
        self._items[item.name] = item
        return item

    def get(self, name: str) -> Item | None:
        return self._items.get(name)

    def __iter__(self) -> Iterator[Item]:
        return iter(sorted(self._items.values(), key=lambda item: (item.order, item.name)))

    def __len__(self) -> int:
        return len(self._items)


@dataclass(frozen=True)
class SearchHit:
    """One result, already checked for access; `excerpt` is safe HTML with <mark>."""

    title: str
    url: str
    excerpt: SafeString = field(default=SafeString(""))
    meta: str = ""
    place: str = ""
    on: date | None = None
    kind: "SearchKind | None" = None


@dataclass(frozen=True)
class SearchKind:
    """One sort of thing that can be found: its word on a hit, and of the choice beside the results."""

    name: str
    label: str
    plural: str
    fades: bool = False  # old ones count a little less than new ones


# The name of the kind, what `data` gave, and the excerpt as plain text with marks, for core.search.highlight.
FoundRow = tuple[str, dict[str, Any], str]


@dataclass(frozen=True)
class SearchSource:
    """One table in the site's search. Only what rows(user) gives is ever counted, shown, suggested or corrected to.

    `kind` names the column of the kind where a table holds several; `data` is what a hit is made of, and hits(found,
    user) makes it from (kind, data, excerpt) rows. `text` is the plain passage that excerpts are cut from: bounded,
    since it is read for each hit of a page. A `large` table has an index for titles; see core.finding.
    """

    name: str
    kinds: tuple[SearchKind, ...]
    rows: Callable[[Any], QuerySet]
    data: Mapping[str, Any]
    text: Any
    hits: Callable[[Sequence[FoundRow], Any], list[SearchHit]]
    kind: str = ""
    title: str = "title"
    dated: str = ""
    search: str = "search"
    words: tuple[str, ...] = ("title",)
    large: bool = False
    order: int = 100


@dataclass(frozen=True)
class SitemapSource:
    """One section of the sitemap; `sitemap` is a django.contrib.sitemaps.Sitemap class."""

    name: str
    sitemap: type
    order: int = 100


@dataclass(frozen=True)
class AccountPanel:
    """A room's part of My account; render gives "" when the person has nothing to do with it."""

    name: str
    render: Callable[[HttpRequest], str]
    order: int = 100


@dataclass(frozen=True)
class PersonalData:
    """What an export of a person's data and an erasure must visit; `models` are the labels it answers for.

    `lost` says, a sentence each, what of worth goes with the account, before it is erased.
    """

    name: str
    models: tuple[str, ...]
    export: Callable[[Any], dict[str, Any]]
    erase: Callable[[Any], None]
    order: int = 100
    lost: Callable[[Any], list[str]] = lambda user: []


@dataclass(frozen=True)
class DueRow:
    """One thing to be done at `at` or after; the key finds it again."""

    key: str
    title: str
    at: datetime
    url: str = ""


@dataclass(frozen=True)
class DueWork:
    """Timed work: due(at) names what is due by then and not yet done; do(key) does one row and is safe to repeat."""

    name: str
    label: str
    due: Callable[[datetime], Iterable[DueRow]]
    do: Callable[[str], None]
    order: int = 100


@dataclass(frozen=True)
class StaffNote:
    """A word on the staff's front page: note(user) gives (words, label, address), or None when all is well."""

    name: str
    note: Callable[[Any], tuple[str, str, str] | None]
    order: int = 100


@dataclass(frozen=True)
class DemoLoader:
    """Demonstration content of one app; load(say) is repeatable and reports with say(text)."""

    name: str
    load: Callable[[Callable[[str], None]], None]
    order: int = 100


@dataclass(frozen=True)
class MenuItem:
    """One entry of a menu; `note` is a sentence for layouts that have room for one."""

    title: str
    url: str
    children: tuple["MenuItem", ...] = field(default=())
    current: bool = False
    note: str = ""


@dataclass(frozen=True)
class MenuSource:
    """Where a named menu comes from: items(name, request)."""

    name: str
    items: Callable[[str, HttpRequest], list[MenuItem]]
    order: int = 100


@dataclass(frozen=True)
class EditorTool:
    """An address that the rich text editor's dialogs ask, for those who hold the permission; static/js/prose/ knows
    the names."""

    name: str
    url_name: str
    permission: str
    order: int = 100


@dataclass(frozen=True)
class StaffTask:
    """One common task on the admin's front page, for those who hold its permission; `count` says how many wait."""

    name: str
    label: str
    url: Callable[[], str]
    permission: str
    note: str = ""
    count: Callable[[], int] | None = None
    counted: str = "waiting"
    order: int = 100


search_sources: Registry[SearchSource] = Registry()
sitemaps: Registry[SitemapSource] = Registry()
account_panels: Registry[AccountPanel] = Registry()
personal_data: Registry[PersonalData] = Registry()
due_work: Registry[DueWork] = Registry()
staff_notes: Registry[StaffNote] = Registry()
demo_loaders: Registry[DemoLoader] = Registry()
menus: Registry[MenuSource] = Registry()
staff_tasks: Registry[StaffTask] = Registry()


def menu(name: str, request: HttpRequest) -> list[MenuItem]:
    """The entries of a named menu from the first source that has any; empty while nobody has registered one."""
    return next((found for source in menus if (found := source.items(name, request))), [])


editor_tools: Registry[EditorTool] = Registry()
