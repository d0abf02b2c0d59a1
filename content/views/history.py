"""How a statement read on earlier dates, for everybody who may read it now."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core import html_diff
from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.seo import PageMeta
from content.paywall import gate
from content.presenters.history import history_lines
from content.queries import archives, history, pages
from content.queries.access import Reader
from content.queries.pages import PublicPage
from content.states import NEWS_ROOT, PageKind


@public_page()
@require_safe
def news_history(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates on which a statement changed, each with what it said until then."""
    page = _statement(request, slug)
    found = history.changes(page.pk, page.audience, timezone.now()) if _may_read(request, page) else ()
    return _render(request, page, "content/history.html", "History", lines=history_lines(page, found))


@public_page()
@require_safe
def news_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a statement said in one of its versions, with what has changed since."""
    page = _statement(request, slug)
    if not _may_read(request, page):
        return _render(request, page, "content/history.html", "History", lines=[])
    now = timezone.now()
    listed = history.changes(page.pk, page.audience, now)
    change = next((change for change in listed if change.number == number), None)
    before = history.earlier_text(page.pk, page.audience, number, now) if change else None
    if before is None:
        raise Http404
    if change is listed[0]:
        return redirect(page.path)
    return _render(
        request,
        page,
        "content/version.html",
        f"As it read on {archives.words(timezone.localdate(change.since), 'day')}",
        change=change,
        title=html_diff.line_difference(before.title, page.title),
        summary=html_diff.line_difference(before.summary, page.summary),
        blocks=html_diff.text_difference(before.body, page.body),
    )


def _statement(request: HttpRequest, slug: str) -> PublicPage:
    now = timezone.now()
    page = pages.published_at_path(f"{NEWS_ROOT}{slug}/", now)
    if page is None or page.kind != PageKind.STATEMENT:
        raise Http404
    expires_at(request, page.next_change(now))
    return page


def _may_read(request: HttpRequest, page: PublicPage) -> bool:
    return Reader(request.user).may_read(page)


def _render(request: HttpRequest, page: PublicPage, template: str, step: str, **found: Any) -> HttpResponse:
    context = {
        "page": page,
        "crumbs": [("Home", "/"), ("News", NEWS_ROOT), (page.title, page.path), (step, None)],
        "meta": PageMeta(
            f"{step}: {page.title}", description=f"{step}. {page.summary}", path=request.path, noindex=True
        ),
        "closed": "" if _may_read(request, page) else gate(request),
        **found,
    }
    return render(request, template, context)
