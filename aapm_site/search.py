"""Search over all rooms: each room finds among its own, checked for access; this page puts them side by side."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aapm_site.core import counts
from aapm_site.core.forms import SiteForm
from aapm_site.core.registries import SearchSource, search_sources
from aapm_site.core.search import LONGEST_QUERY, tidy
from aapm_site.core.seo import PageMeta

FEW = 5  # hits of each kind on the first page
MOST = 100  # hits of one kind that can be paged through
A_PAGE = 20


class SearchForm(SiteForm):
    """What to look for, and in which part of the site."""

    q = forms.CharField(
        label="Search the whole site",
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": f"Please use at most {LONGEST_QUERY} characters."},
    )
    kind = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        return tidy(self.cleaned_data["q"])

    def clean_kind(self) -> SearchSource | None:
        """An unknown kind is not an error: old links show everything instead."""
        return search_sources.get(self.cleaned_data["kind"])


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """GET `q`, and `kind` to see one kind only. Never cached: what is found depends on who asks."""
    form = SearchForm(request.GET or None)
    query, only = "", None
    if form.is_bound and form.is_valid():
        query, only = form.cleaned_data["q"], form.cleaned_data["kind"]
    context: dict[str, Any] = {
        "form": form,
        "query": query,
        "only": only,
        "crumbs": [("Home", "/"), ("Search", None)],
        "meta": PageMeta(f"Search: {query}" if query else "Search", path="/search/", noindex=True),
    }
    if query:
        counts.count(request, "search", query.lower())
        context |= _one_kind(request, query, only) if only else _all_kinds(request, query)
    return render(request, "search.html", context)


def _one_kind(request: HttpRequest, query: str, only: SearchSource) -> dict[str, Any]:
    hits = only.search(query, request.user, MOST)
    return {
        "page": Paginator(hits, A_PAGE).get_page(request.GET.get("page")),
        "total": len(hits),
        "capped": len(hits) == MOST,
    }


def _all_kinds(request: HttpRequest, query: str) -> dict[str, Any]:
    groups = []
    for source in search_sources:
        hits = source.search(query, request.user, FEW + 1)
        if hits:
            groups.append({"source": source, "hits": hits[:FEW], "more": len(hits) > FEW})
    return {"groups": groups, "total": sum(len(group["hits"]) for group in groups)}
