"""What a page's view reads: the page, where it stands, and what stands around it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Value

from aapm_site.core.menus import MenuEntry as Entry
from aapm_site.core.seo import Crumb
from content.models import Page
from content.states import ANSWERS_ROOT, NEWS_KINDS, NEWS_ROOT


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


def published_at_path(path: str, at: datetime) -> Page | None:
    """The public page at an address; one query."""
    rows = Page.objects.published(at).select_related("author", "reviewer", "topic").defer("search")
    return rows.filter(path=path).first()


def is_public(path: str, at: datetime) -> bool:
    """Whether a public page stands at an address; one query."""
    return Page.objects.published(at).filter(path=path).exists()


def place(page: Page, at: datetime) -> PagePlace:
    """Breadcrumbs and section menu; one query for both, none for news."""
    crumbs: list[Crumb] = [("Home", "/")]
    if page.is_rooted:
        root = ("News", NEWS_ROOT) if page.is_news else ("Answers", ANSWERS_ROOT)
        return PagePlace([*crumbs, root, (page.title, None)], [])
    words = page.path.strip("/").split("/")
    above = ["/" + "/".join(words[:depth]) + "/" for depth in range(1, len(words))]
    around = list(
        Page.objects.published(at)
        .filter(Q(path__in=above) | Q(parent=page.pk) | Q(parent__isnull=False, parent=page.parent_id))
        .only("title", "menu_title", "path", "parent_id", "order")
        .order_by("order", "path")
    )
    by_path = {found.path: found for found in around}
    crumbs += [(by_path[path].short_title, path) for path in above if path in by_path]
    crumbs.append((page.short_title, None))
    below = [found for found in around if found.parent_id == page.pk]
    beside = [found for found in around if page.parent_id and found.parent_id == page.parent_id]
    head = page if below or not page.parent_id else by_path.get(above[-1])
    listed = below or beside
    if head is None or not listed:
        return PagePlace(crumbs, [])
    links = [SectionLink(found.short_title, found.path, found.path == page.path) for found in [head, *listed]]
    return PagePlace(crumbs, links)


def section(page: Page, here: PagePlace, main_menu: list[Entry]) -> list[SectionLink]:
    """What stands beside a page: its part of the main menu, which knows the rooms' addresses too, then its tree."""
    entry = next((entry for entry in main_menu if entry.current and entry.children), None)
    if page.is_rooted or entry is None:
        return here.links
    links = {child.url: SectionLink(child.title, child.url, child.url == page.path) for child in entry.children}
    for link in here.links:
        links.setdefault(link.url, link)
    return list(links.values())


def related(page: Page, at: datetime) -> list[Page]:
    """The public pages that the editors recommend, in their order; one query."""
    return list(
        Page.objects.published(at)
        .filter(recommended_in__page=page)
        .only("title", "menu_title", "path")
        .order_by("recommended_in__order", "recommended_in__pk")
    )


def beside(page: Page) -> Q:
    """Which entries stand in the same archive: news and statements together, answers among themselves."""
    return Q(kind__in=NEWS_KINDS) if page.is_news else Q(kind=page.kind)


def older_and_newer(page: Page, at: datetime) -> tuple[Page | None, Page | None]:
    """The entries before and after one in its archive; one query, two steps along the index of dates."""
    if page.published_at is None:
        return None, None
    others = Page.objects.published(at).filter(beside(page)).only("title", "path", "published_at")
    same = Q(published_at=page.published_at)
    older = others.filter(Q(published_at__lt=page.published_at) | same & Q(pk__lt=page.pk))
    newer = others.filter(Q(published_at__gt=page.published_at) | same & Q(pk__gt=page.pk))
    # The plain bound lets the index begin at the right place.
    older = older.filter(published_at__lte=page.published_at).annotate(side=Value(0)).newest_first()
    newer = newer.filter(published_at__gte=page.published_at).annotate(side=Value(1)).order_by("published_at", "pk")
    found = {row.side: row for row in older[:1].union(newer[:1], all=True)}
    return found.get(0), found.get(1)


def newest_news(at: datetime, limit: int) -> list[Page]:
    """The latest news and statements, without their texts."""
    return list(Page.objects.published(at).news().newest_first().defer("body", "search")[:limit])
