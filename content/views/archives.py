"""News, and the archives by year, month and day. Everything that was published that day stands there."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.pagecache import expires_at, public_page
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from content.gates import JOIN, sign_in
from content.models import Page
from content.queries import archives as queries
from content.queries.access import Reader
from content.rendering import is_short

A_PAGE = 5
NEWS_A_PAGE = 10
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
    now = timezone.now()
    found = Page.objects.published(now).news().newest_first().defer("body", "search")
    page = _page(found, 1 if number is None else number, NEWS_A_PAGE, empty=True)
    expires_at(request, Page.objects.news().next_change(now))
    crumbs: list[Crumb] = [("Home", "/"), ("News and statements", None)]
    context = {
        "page": page,
        "years": queries.years(now),
        "crumbs": crumbs,
        "meta": PageMeta(
            "News and statements" if page.number == 1 else f"News and statements, page {page.number}",
            description="News of the American Academy of Pain Medicine, and what it has said in public, newest first.",
            path=_address("/news/", page.number),
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
