"""News, and the archives by year, month and day. Everything that was published that day stands there."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.pagecache import expires_at, public_page
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from content.gates import JOIN, sign_in
from content.models import Category, Contributor, Page
from content.models.page import PageQuerySet
from content.queries import archives as queries
from content.queries.access import Reader
from content.rendering import is_short
from content.states import NEWS_ROOT

A_PAGE = 5
NEWS_A_PAGE = 10
NEWS_LEDE = "What the Academy does, and what it has said in public. Statements stand as they were published."
NEWS_DESCRIPTION = "News of the American Academy of Pain Medicine, and what it has said in public, newest first."
NEWS_CRUMB: Crumb = ("News", NEWS_ROOT)
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
    now = timezone.now()
    found = queries.entries(within, now)
    page = _page(found, 1 if number is None else number, A_PAGE)
    expires_at(request, queries.dated(within).next_change(now))
    before, after = queries.neighbors(within, now)
    crumbs: list[Crumb] = [("Home", "/"), (within.title, None)]
    title = within.title if page.number == 1 else f"{within.title}, page {page.number}"
    context: dict[str, Any] = {
        "join": JOIN,
        "kicker": KICKERS[within.unit],
        "span": within,
        "page": page,
        "entries": _entries(request, page),
        "calendar": queries.calendar(within, now),
        "before": before,
        "after": after,
        "crumbs": crumbs,
        "meta": PageMeta(
            title,
            description=f"What the Academy published: {within.title}.",
            path=_address(within.url, page.number),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "content/archive.html", context)


@public_page()
@require_safe
def news(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """News and statements, newest first."""
    if number == 1:
        return redirect("content:news", permanent=True)
    shelf = Shelf("News and statements", reverse("content:news"), Page.objects.news(), NEWS_LEDE, NEWS_DESCRIPTION)
    return _shelf(request, shelf, number)


@public_page()
@require_safe
def category(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The news and statements of one category."""
    found = get_object_or_404(Category, slug=slug)
    if number == 1:
        return redirect(found, permanent=True)
    about = found.description or f"News and statements about {found.name}, newest first."
    shelf = Shelf(found.name, found.get_absolute_url(), Page.objects.news().filter(categories=found), about, about)
    return _shelf(request, shelf, number, (NEWS_CRUMB,))


@public_page()
@require_safe
def author(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """What one person or office has written."""
    found = get_object_or_404(Contributor, slug=slug)
    if number == 1:
        return redirect(found, permanent=True)
    about = found.about or f"News and statements by {found.name}, newest first."
    shelf = Shelf(str(found), found.get_absolute_url(), Page.objects.news().filter(author=found), about, about)
    return _shelf(request, shelf, number, (NEWS_CRUMB,))


@dataclass(frozen=True)
class Shelf:
    """One list of news: heading, address, the rows to choose from, a sentence under it and one for search engines."""

    title: str
    url: str
    rows: PageQuerySet
    lede: str
    description: str


def _shelf(request: HttpRequest, shelf: Shelf, number: int | None, way: tuple[Crumb, ...] = ()) -> HttpResponse:
    """One page of a list of news, newest first."""
    now = timezone.now()
    page = _page(shelf.rows.published(now).newest_first().defer("body", "search"), number or 1, NEWS_A_PAGE, empty=True)
    expires_at(request, shelf.rows.next_change(now))
    crumbs: list[Crumb] = [("Home", "/"), *way, (shelf.title, None)]
    context = {
        "shelf": shelf,
        "page": page,
        "years": queries.years(now),
        "crumbs": crumbs,
        "meta": PageMeta(
            shelf.title if page.number == 1 else f"{shelf.title}, page {page.number}",
            description=shelf.description,
            path=_address(shelf.url, page.number),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "content/news.html", context)


def _address(url: str, number: int) -> str:
    return url if number == 1 else f"{url}page/{number}/"


def _page(found: Any, number: int, size: int, *, empty: bool = False) -> Any:
    """One page of a list; 404 for an empty list (unless it may be empty) and for a page that it does not have."""
    paginator = Paginator(found, size)
    if not 1 <= number <= paginator.num_pages or (not paginator.count and not empty):
        raise Http404
    return paginator.page(number)


def _entries(request: HttpRequest, page: Any) -> list[dict[str, Any]]:
    """What the list shows of each entry: the whole, a summary, or its gate. A gated body never reaches the template."""
    reader = Reader(request.user)
    shown = []
    for entry in page.object_list:
        readable = reader.may_read(entry)
        short = readable and is_short(entry.body)
        other = "" if readable else sign_in(request, "Sign in to read", entry.path)
        shown.append({"page": entry, "readable": readable, "body": entry.body if short else "", "sign_in": other})
    return shown
