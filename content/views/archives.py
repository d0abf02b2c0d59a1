"""News, and the archives by year, month and day. Everything that was published that day stands there."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.seo import Crumb, Feed, PageMeta, breadcrumb_ld
from content.models import Category, Contributor, Page
from content.models.page import PageQuerySet
from content.paywall import closed_entry
from content.presenters import archives as presenter
from content.queries import archives as queries
from content.queries.access import Reader
from content.seo import jsonld
from content.states import NEWS_ROOT
from content.text.rendering import is_short

A_PAGE = 5
NEWS_A_PAGE = 10
NEWS_LEDE = "What the Academy does, and what it has said in public. Statements stand as they were published."
NEWS_DESCRIPTION = "News of the American Academy of Pain Medicine, and what it has said in public, newest first."
ARCHIVE_DESCRIPTION = "Everything that the Academy has published on this site, by year, month and day."
NEWS_CRUMB: Crumb = ("News", NEWS_ROOT)
ARCHIVE_CRUMB: Crumb = ("Archive", f"{NEWS_ROOT}archive/")
KICKERS = {"year": "Yearly archives", "month": "Monthly archives", "day": "Daily archives"}


class Counted(Paginator):
    """A paginator that has been told how many there are."""

    def __init__(self, found: Any, size: int, number: int) -> None:
        super().__init__(found, size)
        self.count = number

    def page(self, number: int) -> Any:
        """One page; its rows are chosen by key first, from an index alone, so that the last page costs no more."""
        chosen = super().page(number)
        keys = chosen.object_list.prefetch_related(None).values("pk")
        chosen.object_list = self.object_list.filter(pk__in=keys)
        return chosen


@public_page()
@require_safe
def archive(
    request: HttpRequest, year: int, month: int | None = None, day: int | None = None, number: int | None = None
) -> HttpResponse:
    """A year, a month or a day, five entries a page; 404 where there is nothing."""
    try:
        within = queries.span(year, month, day)
    except ValueError as no_such_date:
        raise Http404 from no_such_date
    if number == 1:
        return redirect(within.url, permanent=True)
    now = timezone.now()
    extent = queries.extent(queries.dated(within), now)
    expires_at(request, extent.next_change)
    page = _page(queries.entries(within, now), 1 if number is None else number, A_PAGE, extent.number)
    before, after = queries.neighbors(within, now)
    crumbs: list[Crumb] = [("Home", "/"), (within.title, None)]
    title = within.title if page.number == 1 else f"{within.title}, page {page.number}"
    feed = (f"Published: {within.title}", f"/feeds{within.url}")
    context: dict[str, Any] = {
        "kicker": KICKERS[within.unit],
        "span": within,
        "number_of_entries": presenter.number_of_entries(page),
        "page": page,
        "entries": _entries(request, page),
        "calendar": queries.calendar(within, now),
        "before": before,
        "after": after,
        "feed": feed,
        "crumbs": crumbs,
        "meta": PageMeta(
            title,
            description=f"What the Academy published: {within.title}.",
            path=_address(within.url, page.number),
            jsonld=(breadcrumb_ld(crumbs),),
            feeds=(feed,),
        ),
    }
    return render(request, "content/archive.html", context)


@public_page()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every year and every month that has entries, with their numbers."""
    now = timezone.now()
    expires_at(request, Page.objects.next_change(now))
    crumbs: list[Crumb] = [("Home", "/"), NEWS_CRUMB, ("Archive", None)]
    context = {
        "years": queries.index(now),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Archive",
            description=ARCHIVE_DESCRIPTION,
            path=ARCHIVE_CRUMB[1],
            jsonld=(breadcrumb_ld(crumbs),),
            feeds=(NEWS_FEED,),
        ),
    }
    return render(request, "content/archive_index.html", context)


NEWS_FEED: Feed = ("News and statements", "/feeds/news/")


@public_page()
@require_safe
def news(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """News and statements, newest first."""
    if number == 1:
        return redirect("content:news", permanent=True)
    shelf = ArchiveListing(
        "News and statements",
        reverse("content:news"),
        Page.objects.news(),
        NEWS_LEDE,
        NEWS_DESCRIPTION,
        empty=presenter.no_news(),
    )
    return _shelf(request, shelf, number, more={"categories": list(Category.objects.all())})


@public_page()
@require_safe
def category(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The news and statements of one category."""
    categories = list(Category.objects.all())
    found = next((shelf for shelf in categories if shelf.slug == slug), None)
    if found is None:
        raise Http404
    if number == 1:
        return redirect(found, permanent=True)
    about = found.description or f"News and statements about {found.name}, newest first."
    shelf = ArchiveListing(
        found.name,
        found.get_absolute_url(),
        Page.objects.news().filter(categories=found),
        about,
        about,
        way=(NEWS_CRUMB,),
        kicker="Category",
        empty=presenter.no_news_in_category(),
        feed=(f"News: {found.name}", reverse("content:feed-category", args=[slug])),
    )
    return _shelf(request, shelf, number, more={"categories": categories, "category": found})


@public_page()
@require_safe
def author(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """What one person or office has written, and which pages they have checked."""
    found = get_object_or_404(Contributor, slug=slug)
    if number == 1:
        return redirect(found, permanent=True)
    about = found.about or f"What {found.name} has written for this site, newest first."
    shelf = ArchiveListing(
        str(found),
        found.get_absolute_url(),
        found.written.all(),
        about,
        about,
        way=(NEWS_CRUMB,),
        kicker="Contributor" if found.is_person else "Office",
        empty=presenter.nothing_by_contributor(),
        blocks=(jsonld.contributor_ld(found),),
    )
    more = {"contributor": found, "reviewed": queries.reviewed_by(found, timezone.now())}
    return _shelf(request, shelf, number, more=more)


@dataclass(frozen=True)
class ArchiveListing:
    """One list of entries: heading, address, the rows to choose from, a sentence under it, one for search engines.

    `kicker` is the word above the heading, `empty` what stands there without any entry.
    """

    title: str
    url: str
    rows: PageQuerySet
    lede: str
    description: str
    empty: presenter.EmptyShelf
    kicker: str = ""
    way: tuple[Crumb, ...] = ()
    feed: Feed = NEWS_FEED
    blocks: tuple[dict[str, Any], ...] = ()


def _shelf(request: HttpRequest, shelf: ArchiveListing, number: int | None, *, more: dict[str, Any]) -> HttpResponse:
    """One page of a list, newest first."""
    now = timezone.now()
    extent = queries.extent(shelf.rows, now)
    expires_at(request, extent.next_change)
    rows = shelf.rows.published(now).newest_first().defer("body", "recap", "search").prefetch_related("categories")
    page = _page(rows, number or 1, NEWS_A_PAGE, extent.number, empty=True)
    crumbs: list[Crumb] = [("Home", "/"), *shelf.way, (shelf.title, None)]
    context = {
        "shelf": shelf,
        "page": page,
        "years": [] if "contributor" in more else queries.years(now),
        "crumbs": crumbs,
        "meta": PageMeta(
            shelf.title if page.number == 1 else f"{shelf.title}, page {page.number}",
            description=shelf.description,
            path=_address(shelf.url, page.number),
            jsonld=(*shelf.blocks, breadcrumb_ld(crumbs)),
            feeds=(shelf.feed,),
        ),
        **more,
    }
    return render(request, "content/news.html", context)


def _address(url: str, number: int) -> str:
    return url if number == 1 else f"{url}page/{number}/"


def _page(found: Any, number: int, size: int, total: int, *, empty: bool = False) -> Any:
    """One page of a list; 404 for an empty list (unless it may be empty) and for a page that it does not have."""
    paginator = Counted(found, size, total)
    if not 1 <= number <= paginator.num_pages or (not total and not empty):
        raise Http404
    return paginator.page(number)


def _entries(request: HttpRequest, page: Any) -> list[dict[str, Any]]:
    """What the list shows of each entry: the whole, a summary, or its gate. A gated body never reaches the template."""
    reader = Reader(request.user)
    shown = []
    for entry in page.object_list:
        readable = reader.may_read(entry)
        short = readable and is_short(entry.body)
        closed = "" if readable else closed_entry(request, entry)
        shown.append({"page": entry, "readable": readable, "body": entry.body if short else "", "closed": closed})
    return shown
