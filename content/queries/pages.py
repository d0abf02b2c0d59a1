"""What a page's view reads: the page, where it stands, and what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Q, Value

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.menus import MenuEntry as Entry
from aapm_site.core.seo import Crumb
from content.models import Page
from content.models.page import PageTraits
from content.queries.contributors import PublicContributor
from content.queries.topics import PublicTopic
from content.states import ANSWERS_ROOT, NEWS_KINDS, NEWS_ROOT, PageKind


@dataclass(frozen=True)
class PublicPage(PageTraits):
    """A page with all that its readers get of it; who may read the text, the view decides."""

    pk: int
    kind: str
    parent_id: int | None
    slug: str
    path: str
    title: str
    menu_title: str
    summary: str
    description: str
    body: str
    recap: str
    audience: str
    for_patients: bool
    reviewed_on: date | None
    show_toc: bool
    starts_on: date | None
    ends_on: date | None
    every_year: bool
    status: str
    published_at: datetime | None
    unpublish_at: datetime | None
    updated_at: datetime
    author: PublicContributor | None = None
    reviewer: PublicContributor | None = None
    topic: PublicTopic | None = None
    stands_for: int | None = None  # of a prepared change: its page, in whose place it is shown

    @property
    def place_pk(self) -> int:
        """The row that stands in the tree and in the archives."""
        return self.stands_for or self.pk

    def get_kind_display(self) -> str:
        return PageKind(self.kind).label

    @classmethod
    def of(cls, row: Page) -> "PublicPage":
        """What readers get of a row, public or not; of a prepared change, as it will stand in its page's place."""
        values = {name: getattr(row, name) for name in COLUMNS} | {"pk": row.pk or 0}
        if row.prepares is not None:
            values |= {name: getattr(row.prepares, name) for name in PLACE} | {"stands_for": row.prepares_id}
        return cls(
            **values,
            author=PublicContributor.of(row.author),
            reviewer=PublicContributor.of(row.reviewer),
            topic=PublicTopic.of(row.topic),
        )


COLUMNS = [one.name for one in fields(PublicPage) if one.name not in {"author", "reviewer", "topic", "stands_for"}]
PLACE = ("kind", "parent_id", "slug", "path", "published_at", "unpublish_at")  # what a change takes from its page


@dataclass(frozen=True)
class LinkedPage:
    """What a link to a page needs, and where it stands."""

    pk: int
    title: str
    short_title: str
    path: str
    parent_id: int | None
    published_at: datetime | None

    @classmethod
    def of(cls, row: Page) -> "LinkedPage":
        return cls(row.pk, row.title, row.short_title, row.path, row.parent_id, row.published_at)


MOST_BESIDE = 16  # lines of a section's menu that one still looks through
LINK = ("title", "menu_title", "path", "parent_id", "published_at")


@dataclass(frozen=True)
class SectionLink:
    """One entry of a section's menu."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class PagePlace:
    """Where a page stands: the way to it, and the pages of its part of the tree."""

    crumbs: list[Crumb]
    links: list[SectionLink]


@remembered
def published_at_path(path: str, at: datetime) -> PublicPage | None:
    """The public page at an address; one query."""
    rows = Page.objects.published(at).select_related("author", "reviewer", "topic").defer("search")
    row = rows.filter(path=path).first()
    if row is None:
        return None
    lifetime.ends_at(row.next_change(at))
    return PublicPage.of(row)


def is_public(path: str, at: datetime) -> bool:
    """Whether a public page stands at an address; one query."""
    return Page.objects.published(at).filter(path=path).exists()


def place(page: PublicPage, at: datetime) -> PagePlace:
    """Breadcrumbs and section menu; one query for both, none for news."""
    crumbs: list[Crumb] = [("Home", "/")]
    if page.is_rooted:
        root = ("News", NEWS_ROOT) if page.is_news else ("Answers", ANSWERS_ROOT)
        return PagePlace([*crumbs, root, (page.title, None)], [])
    around = _around(page.place_pk, page.parent_id, page.path, at)
    by_path = {found.path: found for found in around}
    above = _above(page.path)
    crumbs += [(by_path[path].short_title, path) for path in above if path in by_path]
    crumbs.append((page.short_title, None))
    below = [found for found in around if found.parent_id == page.place_pk]
    beside = [found for found in around if page.parent_id and found.parent_id == page.parent_id]
    head = page if below or not page.parent_id else by_path.get(above[-1])
    listed = below or beside
    if head is None or not listed:
        return PagePlace(crumbs, [])
    links = [SectionLink(found.short_title, found.path, found.path == page.path) for found in [head, *listed]]
    return PagePlace(crumbs, links)


def _above(path: str) -> list[str]:
    """The addresses above one, from the top."""
    words = path.strip("/").split("/")
    return ["/" + "/".join(words[:depth]) + "/" for depth in range(1, len(words))]


@remembered
def _around(page: int, parent: int | None, path: str, at: datetime) -> tuple[LinkedPage, ...]:
    """The public pages above, beside and below one; one query."""
    rows = (
        Page.objects.published(at)
        .filter(Q(path__in=_above(path)) | Q(parent=page) | Q(parent__isnull=False, parent=parent))
        .only(*LINK, "order")
        .order_by("order", "path")
    )
    return tuple(map(LinkedPage.of, rows))


def section(page: PublicPage, here: PagePlace, main_menu: Sequence[Entry]) -> list[SectionLink]:
    """What stands beside a page: its part of the main menu, which knows the rooms' addresses too, then its tree.

    A page that the menu does not name, and that lies below another part of the site than the menu's entry, has its
    tree alone. A tree that would make the list too long to look through stays away: such a page lists it itself.
    """
    entry = next((entry for entry in main_menu if entry.current and entry.children), None)
    if page.is_rooted or entry is None:
        return here.links
    is_named = page.path in {child.url for child in entry.children} or page.path.startswith(entry.url)
    if here.links and not is_named:
        return here.links
    links = {child.url: SectionLink(child.title, child.url, child.url == page.path) for child in entry.children}
    menu = list(links.values())
    for link in here.links:
        links.setdefault(link.url, link)
    return list(links.values()) if len(links) <= MOST_BESIDE else menu


@remembered
def related(page: int, at: datetime) -> tuple[LinkedPage, ...]:
    """The public pages that the editors recommend, in their order; one query."""
    rows = (
        Page.objects.published(at)
        .filter(recommended_in__page=page)
        .only(*LINK)
        .order_by("recommended_in__order", "recommended_in__pk")
    )
    return tuple(map(LinkedPage.of, rows))


def beside(kind: str) -> Q:
    """Which entries stand in the same archive: news and statements together, answers among themselves."""
    return Q(kind__in=NEWS_KINDS) if kind in NEWS_KINDS else Q(kind=kind)


def older_and_newer(page: PublicPage, at: datetime) -> tuple[LinkedPage | None, LinkedPage | None]:
    """The entries before and after one in its archive; one query, two steps along the index of dates."""
    if page.published_at is None:
        return None, None
    return _older_and_newer(page.place_pk, page.kind, page.published_at, at)


@remembered
def _older_and_newer(
    page: int, kind: str, published_at: datetime, at: datetime
) -> tuple[LinkedPage | None, LinkedPage | None]:
    others = Page.objects.published(at).filter(beside(kind)).only(*LINK)
    same = Q(published_at=published_at)
    older = others.filter(Q(published_at__lt=published_at) | same & Q(pk__lt=page))
    newer = others.filter(Q(published_at__gt=published_at) | same & Q(pk__gt=page))
    # The plain bound lets the index begin at the right place.
    older = older.filter(published_at__lte=published_at).annotate(side=Value(0)).newest_first()
    newer = newer.filter(published_at__gte=published_at).annotate(side=Value(1)).order_by("published_at", "pk")
    found = {row.side: LinkedPage.of(row) for row in older[:1].union(newer[:1], all=True)}
    return found.get(0), found.get(1)
