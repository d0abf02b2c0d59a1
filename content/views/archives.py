"""News, and the archives by year, month and day. Everything that was published that day stands there."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.pagination import ReadByPage
from aapm_site.core.seo import Crumb, Feed, PageMeta, breadcrumb_ld
from content.paywall import closed_entry
from content.presenters import archives as presenter
from content.presenters.kinds import SIGNS
from content.presenters.lead import lead_story
from content.queries import archives as queries
from content.queries import entries
from content.queries.access import Reader
from content.queries.categories import PublicCategory, categories
from content.queries.contributors import contributor
from content.queries.entries import ListedPage, Selection
from content.seo import jsonld
from content.states import NEWS_ROOT

A_PAGE = 5
NEWS_A_PAGE = 10
NEWS_LEDE = "What the Academy does, and what it has said in public. Statements stand as they were published."
NEWS_DESCRIPTION = "News of the Academy, and what it has said in public about pain and pain medicine, newest first."
ARCHIVE_DESCRIPTION = "Everything that the Academy has published on this site, by year, month and day."
NEWS_CRUMB: Crumb = ("News", NEWS_ROOT)
ARCHIVE_CRUMB: Crumb = ("Archive", f"{NEWS_ROOT}archive/")
KICKERS = {"year": "Yearly archives", "month": "Monthly archives", "day": "Daily archives"}


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
    now, chosen = timezone.now(), Selection(within)
    extent = entries.extent(chosen, now)
    expires_at(request, extent.next_change)
    listed = ReadByPage(extent.number, A_PAGE, lambda wanted: entries.in_full(chosen, wanted, A_PAGE, extent, now))
    page = _page(listed, number)
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
    expires_at(request, entries.extent(Selection(), now).next_change)
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
        Selection(news=True),
        NEWS_LEDE,
        NEWS_DESCRIPTION,
        empty=presenter.no_news(),
        has_lead=True,
    )
    return _shelf(request, shelf, number, more={"categories": categories()})


@public_page()
@require_safe
def category(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The news and statements of one category."""
    shelves: tuple[PublicCategory, ...] = categories()
    found = next((shelf for shelf in shelves if shelf.slug == slug), None)
    if found is None:
        raise Http404
    if number == 1:
        return redirect(found.url, permanent=True)
    about = found.description or f"News and statements about {found.name}, newest first."
    shelf = ArchiveListing(
        found.name,
        found.url,
        Selection(news=True, category=found.pk),
        about,
        about,
        way=(NEWS_CRUMB,),
        kicker="Category",
        empty=presenter.no_news_in_category(),
        feed=(f"News: {found.name}", reverse("content:feed-category", args=[slug])),
        has_lead=True,
    )
    return _shelf(request, shelf, number, more={"categories": shelves, "category": found})


@public_page()
@require_safe
def author(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """What one person or office has written, and which pages they have checked."""
    found = contributor(slug)
    if found is None:
        raise Http404
    if number == 1:
        return redirect(found.url, permanent=True)
    about = found.about or f"What {found.name} has written for this site, newest first."
    shelf = ArchiveListing(
        str(found),
        found.url,
        Selection(author=found.pk),
        about,
        about,
        way=(NEWS_CRUMB,),
        kicker="Contributor" if found.is_person else "Office",
        empty=presenter.nothing_by_contributor(),
        blocks=(jsonld.contributor_ld(found),),
    )
    more = {"contributor": found, "reviewed": queries.reviewed_by(found.pk, timezone.now())}
    return _shelf(request, shelf, number, more=more)


@dataclass(frozen=True)
class ArchiveListing:
    """One list of entries: heading, address, what it is made of, a sentence under it, one for search engines.

    `kicker` is the word above the heading, `empty` what stands there without any entry. With `has_lead` the newest
    entry stands first as a story with a figure.
    """

    title: str
    url: str
    chosen: Selection
    lede: str
    description: str
    empty: presenter.EmptyShelf
    kicker: str = ""
    way: tuple[Crumb, ...] = ()
    feed: Feed = NEWS_FEED
    blocks: tuple[dict[str, Any], ...] = ()
    has_lead: bool = False


def _shelf(request: HttpRequest, shelf: ArchiveListing, number: int | None, *, more: dict[str, Any]) -> HttpResponse:
    """One page of a list, newest first."""
    now, chosen = timezone.now(), shelf.chosen
    extent = entries.extent(chosen, now)
    expires_at(request, extent.next_change)
    listed = ReadByPage(
        extent.number, NEWS_A_PAGE, lambda wanted: entries.in_short(chosen, wanted, NEWS_A_PAGE, extent, now)
    )
    page = _page(listed, number, empty=True)
    crumbs: list[Crumb] = [("Home", "/"), *shelf.way, (shelf.title, None)]
    entries_shown = list(page.object_list)
    lead = lead_story(entries_shown.pop(0)) if page.number == 1 and shelf.has_lead and entries_shown else None
    context = {
        "shelf": shelf,
        "page": page,
        "lead": lead,
        "entries": entries_shown,
        "years": () if "contributor" in more else queries.years(now),
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


def _page(listed: ReadByPage, number: int | None, *, empty: bool = False) -> Page:
    """One page of a list; 404 for an empty list (unless it may be empty) and for a page that it does not have."""
    wanted = 1 if number is None else number
    if not 1 <= wanted <= listed.num_pages or (not listed.count and not empty):
        raise Http404
    return listed.page(wanted)


def _entries(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    """What the list shows of each entry: the whole, a summary, or its gate. A gated body never reaches the template."""
    reader = Reader(request.user)
    return [_entry(request, reader, entry) for entry in page.object_list]


def _entry(request: HttpRequest, reader: Reader, entry: ListedPage) -> dict[str, Any]:
    readable = reader.may_read(entry)
    closed = "" if readable else closed_entry(request, entry)
    return {
        "page": entry,
        "sign": SIGNS[entry.kind],
        "readable": readable,
        "body": entry.text if readable else "",
        "closed": closed,
    }
