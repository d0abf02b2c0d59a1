"""Pages, news and the home page, as everybody reads them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.association import association_name
from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.http import view_counts
from aapm_site.core.menus import menu_entries
from aapm_site.core.positions import expand
from aapm_site.core.seo import PageMeta, organization_ld
from content.paywall import closed
from content.presenters.initiatives import initiative_days
from content.queries import entries, history, initiatives
from content.queries import pages as queries
from content.queries.access import Reader
from content.queries.categories import PublicCategory, categories_of
from content.queries.initiatives import PublicEvent, PublicPartner
from content.queries.pages import LinkedPage, PublicPage
from content.queries.promise import promised_days
from content.queries.terms import all_terms
from content.queries.waiting_links import without_dead_ends
from content.seo import jsonld
from content.states import PageKind
from content.text.promise import within
from content.text.rendering import render_body

NEWS_ON_HOME = 3
VIEW = "page-view"  # the kind under which a page's readers are counted; the key is its number
TEMPLATES: dict[str, str] = {PageKind.ANSWER: "content/answer.html"}
DESCRIPTION = (
    "The medical specialty society for the whole pain care team, since 1983: what pain medicine is, "
    "the Journal, a career center, membership."
)


@public_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the Academy is, three ways in, and what is new."""
    meta = PageMeta(
        association_name(),
        description=DESCRIPTION,
        path="/",
        feeds=(("News and statements", reverse("content:feed-news")),),
        jsonld=(organization_ld(), jsonld.website()),
    )
    context = {
        "meta": meta,
        "news": entries.newest_news(NEWS_ON_HOME, timezone.now()),
    }
    return render(request, "content/home.html", context)


@public_page()
@require_safe
def page_detail(request: HttpRequest, path: str) -> HttpResponse:
    """A page or an initiative at its address."""
    return _detail(request, f"/{path}/")


@public_page()
@require_safe
def news_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry of the news."""
    return _detail(request, f"/news/{slug}/")


@public_page()
@require_safe
def answer_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A question that somebody asked, with its answer."""
    return _detail(request, f"/answers/{slug}/")


def _detail(request: HttpRequest, path: str) -> HttpResponse:
    page = queries.published_at_path(path, timezone.now())
    if page is None:
        raise Http404
    return show(request, page)


@dataclass(frozen=True)
class Beside:
    """What stands around a page that is shown as somebody has typed it."""

    related: tuple[LinkedPage, ...]
    categories: tuple[PublicCategory, ...]
    partners: tuple[PublicPartner, ...]
    events: tuple[PublicEvent, ...]


def show(request: HttpRequest, page: PublicPage, *, preview: str = "", beside: Beside | None = None) -> HttpResponse:
    """The page to whoever asks: its text for those who may read it, its gate for the others.

    `preview` is the sentence above a page that is shown before it is public; then whoever called has asked for access.
    `beside` stands in place of what is stored around it.
    """
    now = timezone.now()
    expires_at(request, page.next_change(now))
    readable = bool(preview) or Reader(request.user).may_read(page)
    place = queries.place(page, now)
    context: dict[str, Any] = {
        "page": page,
        "readable": readable,
        "preview": preview,
        "crumbs": place.crumbs,
        "section": queries.section(page, place, menu_entries("main", request)),
        "related": beside.related if beside else queries.related(page.pk, now),
        "meta": jsonld.page_meta(page, place.crumbs, noindex=bool(preview)),
    }
    if page.kind == PageKind.ANSWER:
        context["within"] = within(promised_days())
    if page.is_news:
        context["older"], context["newer"] = queries.older_and_newer(page, now)
        context["categories"] = beside.categories if beside else categories_of(page.pk)
    context |= _text(request, page) if readable else {"closed": closed(request, page.audience)}
    if readable and page.kind == PageKind.INITIATIVE:
        expires_at(request, initiatives.next_day(now))
        around = (beside.partners, beside.events) if beside else None
        awareness = initiatives.initiative(page, now, around)
        context |= {
            "awareness": awareness,
            "days": initiative_days(awareness.now) if awareness.now else None,
            "recap": expand(page.recap, request),
        }
    if readable and not preview:
        view_counts.count(request, VIEW, str(page.pk))
    if page.kind == PageKind.STATEMENT and not preview:
        context["history"] = history.changes(page.pk, page.audience, now)
    return render(request, TEMPLATES.get(page.kind, "content/page.html"), context)


def _text(request: HttpRequest, page: PublicPage) -> dict[str, Any]:
    """What those who may read it get: the text, its contents, and how long it takes."""
    explains = page.for_patients or page.kind == PageKind.ANSWER
    body = without_dead_ends(page.body, timezone.now())
    text = render_body(body, request, terms=all_terms() if explains else ())
    return {
        "html": text.html,
        "is_said": text.says(page.summary),
        "headings": text.contents(wanted=page.show_toc),
        "minutes": text.minutes,
    }
