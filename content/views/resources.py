"""The directory of patient resources, below the page that introduces it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.http import view_counts
from aapm_site.core.menus import menu_entries
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from content.forms.resources import KEYS, ResourceFilterForm, without
from content.models import Page
from content.queries import pages, resources
from content.queries.access import Reader
from content.queries.waiting_links import without_dead_ends
from content.seo import jsonld
from content.text.rendering import render_body
from content.views.pages import VIEW

TITLE = "Patient resources"
SUMMARY = "Places to turn to for people who live with pain, described in plain words and looked at by us."


@public_page(keys=KEYS)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The resources by the reader's choice, topic by topic; the page at this address stands above them."""
    form = ResourceFilterForm(request.GET)
    form.is_valid()
    kinds = resources.kinds(form.cleaned_data["q"], form.cleaned_data["only"])
    criteria = form.narrowed(kinds)
    numbers = Paginator(range(kinds.count(criteria)), resources.A_PAGE)
    page = numbers.get_page(form.number)
    context: dict[str, Any] = {
        "form": form,
        "count": numbers.count,
        "page": page,
        "found": resources.page_of(criteria, page.number) if numbers.count else [],
        "facets": [_facet(form, name, kinds, criteria) for name in resources.FACETS],
        "chosen": _chosen(request, form, kinds, criteria),
        **_frame(request),
    }
    if request.GET:
        # One address is enough for search engines.
        context["meta"] = _unlisted(context["meta"])
    return render(request, "content/resources.html", context)


@dataclass(frozen=True)
class Facet:
    """One group of boxes."""

    name: str
    label: str
    choices: list[resources.FacetChoice]
    chosen: list[str]


def _facet(form: ResourceFilterForm, name: str, kinds: resources.Kinds, criteria: resources.ResourceCriteria) -> Facet:
    return Facet(name, str(form.fields[name].label), kinds.choices(name, criteria), criteria.chosen[name])


def _chosen(
    request: HttpRequest, form: ResourceFilterForm, kinds: resources.Kinds, criteria: resources.ResourceCriteria
) -> list[dict[str, str]]:
    """Each part of the search in words, with the address of the same search without it."""
    found = []
    if criteria.words:
        found.append({"text": f"“{criteria.words}”", "url": without(request.GET, "q")})
    if criteria.only:
        found.append({"text": "One resource", "url": without(request.GET, "only")})
    for name in resources.FACETS:
        labels = kinds.topics if name == "topic" else resources.LABELS[name]
        for value in criteria.chosen[name]:
            found.append({"text": labels[value], "url": without(request.GET, name, value)})
    return found


def _frame(request: HttpRequest) -> dict[str, Any]:
    """The page that introduces the directory: its text, its place and what it says of itself; or words of our own."""
    now, path = timezone.now(), reverse("content:resources")
    page = pages.published_at_path(path, now)
    expires_at(request, Page.objects.filter(path=path).next_change(now) if page is None else page.next_change(now))
    if page is None:
        crumbs = [("Home", "/"), (TITLE, None)]
        meta = PageMeta(TITLE, SUMMARY, path=path, jsonld=(breadcrumb_ld(crumbs),))
        return {"title": TITLE, "summary": SUMMARY, "crumbs": crumbs, "meta": meta}
    place = pages.place(page, now)
    readable = Reader(request.user).may_read(page)
    if readable:
        view_counts.count(request, VIEW, str(page.pk))
    return {
        "title": page.title,
        "summary": page.summary,
        "introduction": render_body(without_dead_ends(page.body, now), request).html if readable else "",
        "section": pages.section(page, place, menu_entries("main", request)),
        "crumbs": place.crumbs,
        "meta": jsonld.page_meta(page, place.crumbs),
    }


def _unlisted(meta: PageMeta) -> PageMeta:
    return PageMeta(meta.title, meta.description, meta.path, meta.image, meta.kind, meta.jsonld, noindex=True)
