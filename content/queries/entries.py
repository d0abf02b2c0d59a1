"""Entries as lists show them, and lists page by page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Func, Min, Q, TextField, Value

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from content.models import PUBLIC, Category, Page
from content.models.page import CLEARED, PageQuerySet, PageTraits, public_at
from content.queries.archives import Span, dated
from content.queries.categories import PublicCategory
from content.queries.contributors import PublicContributor
from content.queries.topics import PublicTopic
from content.states import PageKind
from content.text.rendering import is_short

EMBLEM = "{loadposition unity-circle}"
FIRST_FIGURE = Func(
    F("body"), Value(r"\{loadposition figure-([a-z0-9-]+)\}"), function="SUBSTRING", arg_joiner=" FROM ",
    output_field=TextField(),
)  # fmt: skip


@dataclass(frozen=True)
class ListedPage(PageTraits):
    """One entry of a list. `text` is the whole of it where it is short enough to stand there; `has_emblem` says
    that the Unity Circle stands in it, `figure` is the name of the first drawn figure in it."""

    kind: str
    slug: str
    path: str
    title: str
    menu_title: str
    summary: str
    audience: str
    status: str
    published_at: datetime | None
    unpublish_at: datetime | None
    text: str = ""
    has_emblem: bool = False
    figure: str = ""
    author: PublicContributor | None = None
    categories: tuple[PublicCategory, ...] = ()
    topic: PublicTopic | None = None

    def get_kind_display(self) -> str:
        return PageKind(self.kind).label

    @classmethod
    def of(cls, row: Page, **more: Any) -> "ListedPage":
        return cls(
            row.kind, row.slug, row.path, row.title, row.menu_title, row.summary, row.audience, row.status,
            row.published_at, row.unpublish_at, **more,
        )  # fmt: skip


@dataclass(frozen=True)
class Selection:
    """Which entries a list is made of, before any date is asked about: all, or those that fit everything named."""

    within: Span | None = None
    news: bool = False
    category: int | None = None
    author: int | None = None

    def rows(self) -> PageQuerySet:
        rows = dated(self.within) if self.within else Page.objects.all()
        if self.news:
            rows = rows.news()
        if self.category:
            rows = rows.filter(categories=self.category)
        return rows.filter(author=self.author) if self.author else rows


@dataclass(frozen=True)
class Extent:
    """How many entries a list holds, and when the clock alone will change it."""

    number: int
    next_change: datetime | None


@remembered
def extent(chosen: Selection, at: datetime) -> Extent:
    """Both in one query; it ends when the clock changes the list."""
    found = (
        chosen.rows()
        .filter(status__in=CLEARED)
        .aggregate(
            number=Count("published_at", filter=public_at(at)),
            begins=Min("published_at", filter=Q(published_at__gt=at)),
            ends=Min("unpublish_at", filter=Q(unpublish_at__gt=at)),
        )
    )
    changes = [change for change in (found["begins"], found["ends"]) if change]
    known = Extent(found["number"], min(changes, default=None))
    lifetime.ends_at(known.next_change)
    return known


@remembered
def in_full(chosen: Selection, number: int, size: int, found: Extent, at: datetime) -> tuple[ListedPage, ...]:
    """One page of a list with the texts that are short enough; one query."""
    rows = _one_page(chosen, number, size, found, at).defer("recap", "search")
    return tuple(
        ListedPage.of(row, text=row.body if is_short(row.body) else "", has_emblem=EMBLEM in row.body) for row in rows
    )


@remembered
def in_short(chosen: Selection, number: int, size: int, found: Extent, at: datetime) -> tuple[ListedPage, ...]:
    """One page of a list with the authors and the shelves of its entries; two queries."""
    rows = (
        _one_page(chosen, number, size, found, at)
        .defer("body", "recap", "search")
        .select_related("author")
        .prefetch_related("categories")
        .annotate(first_figure=FIRST_FIGURE, shows_emblem=ExpressionWrapper(Q(body__contains=EMBLEM), BooleanField()))
    )
    return tuple(
        ListedPage.of(
            row,
            figure=row.first_figure or "",
            has_emblem=row.shows_emblem,
            author=PublicContributor.of(row.author),
            categories=tuple(map(PublicCategory.of, row.categories.all())),
        )
        for row in rows
    )


def _one_page(chosen: Selection, number: int, size: int, found: Extent, at: datetime) -> PageQuerySet:
    """Newest first, until the extent changes; chosen by key, from an index alone, so that the last costs no more."""
    lifetime.ends_at(found.next_change)
    rows = chosen.rows().published(at).newest_first()
    return rows.filter(pk__in=rows.values("pk")[(number - 1) * size : number * size])


@remembered
def newest_news(limit: int, at: datetime) -> tuple[ListedPage, ...]:
    """The latest news and statements, without their texts; two queries."""
    lifetime.ends_at(extent(Selection(news=True), at).next_change)
    rows = Page.objects.published(at).news().newest_first().defer("body", "recap", "search")
    return tuple(map(ListedPage.of, rows[:limit]))


@remembered
def newest_about(slug: str, limit: int, at: datetime) -> tuple[ListedPage, ...]:
    """The latest public news and statements on one shelf, without their texts; three queries."""
    shelf = Category.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if shelf is None:
        return ()
    lifetime.ends_at(extent(Selection(news=True, category=shelf), at).next_change)
    rows = Page.objects.published(at).news().filter(categories=shelf, audience=PUBLIC).newest_first()
    return tuple(map(ListedPage.of, rows.defer("body", "recap", "search")[:limit]))
