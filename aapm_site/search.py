"""Search over all rooms, and titles while somebody types. What is found is decided in core.search.engine."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.forms import SiteForm
from aapm_site.core.http import view_counts
from aapm_site.core.search import engine, spelling
from aapm_site.core.search.engine import COUNTED, Match
from aapm_site.core.search.guides import Bet, bets_for
from aapm_site.core.search.looked_for import NOTHING, SEARCH, countable_words
from aapm_site.core.search.query import LONGEST_QUERY, tidy
from aapm_site.core.search.registry import SearchHit, SearchKind
from aapm_site.core.search.urgent_help import help_for
from aapm_site.core.seo import PageMeta

A_PAGE = 20
SUGGESTED = 8
TRY = ("nerve block", "opioids", "telehealth", "fellowship", "first visit")


class SearchForm(SiteForm):
    """What to look for, and which kind of thing."""

    q = forms.CharField(
        label="Search the whole site",
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST_QUERY}),
        error_messages={
            "max_length": f"Please use at most {LONGEST_QUERY} characters: a few words find more than many."
        },
    )
    kind = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        return tidy(self.cleaned_data["q"])

    def clean_kind(self) -> SearchKind | None:
        """An unknown kind is not an error: old links show everything instead."""
        return next((kind for kind in engine.kinds() if kind.name == self.cleaned_data["kind"]), None)


@dataclass(frozen=True)
class KindChoice:
    """One kind to look at alone, with its number as people read it."""

    label: str
    number: str
    url: str
    current: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """GET `q`, and `kind` to see one kind only. Never cached: what is found depends on who asks."""
    form = SearchForm(request.GET or None)
    urgent_help = help_for(request.GET.get("q", ""))  # all that was typed, also what is too long to be looked for
    query, only = "", None
    if form.is_bound and form.is_valid():
        query, only = form.cleaned_data["q"], form.cleaned_data["kind"]
    context: dict[str, Any] = {
        "form": form,
        "query": query,
        "only": only,
        "urgent_help": urgent_help,
        "longest": LONGEST_QUERY,
        "crumbs": [("Home", "/"), ("Search", None)],
        "meta": PageMeta(f"Search: {query}" if query else "Search", path="/search/", noindex=True),
    }
    if query:
        bets = context["bets"] = bets_for(query)
        context |= _urgent(request, query, only) if urgent_help else _results(request, query, only, bets)
    elif not urgent_help:
        context["tries"] = [(words, _url(words)) for words in TRY]
    return render(request, "search.html", context)


def _results(request: HttpRequest, query: str, only: SearchKind | None, bets: Sequence[Bet]) -> dict[str, Any]:
    """What was found; when nothing was, what is found with the words corrected, or what else might help."""
    _count(request, SEARCH, query)
    matches, used = engine.find(query, request.user), query
    known: list[str] = []
    if not matches and not bets:
        _count(request, NOTHING, query)
    if not matches:
        corrected, known = spelling.correct(query)
        if corrected and (matches := engine.find(corrected, request.user)):
            used = corrected
    if not matches:
        return {"found": 0, "narrower": _narrower(query, known), "near": engine.suggest(query, SUGGESTED)}
    return _shown(request, matches, only, used) | {"corrected": used if used != query else ""}


def _count(request: HttpRequest, kind: str, query: str) -> None:
    """Nothing of words that hold somebody's data."""
    if words := countable_words(query):
        view_counts.count(request, kind, words)


def _urgent(request: HttpRequest, query: str, only: SearchKind | None) -> dict[str, Any]:
    """What was found for a cry for help: nothing is corrected or guessed, and nothing of it is counted."""
    matches = engine.find(query, request.user)
    return _shown(request, matches, only, query) if matches else {"found": 0}


def _shown(request: HttpRequest, matches: Sequence[Match], only: SearchKind | None, used: str) -> dict[str, Any]:
    """One page of the matches, and the kinds to choose from."""
    chosen = [match for match in matches if only is None or match.kind == only.name]
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    return {
        "found": len(matches),
        "number": _number(len(chosen)),
        "page": page,
        "hits": engine.show(list(page), used, request.user),
        "choices": _choices(matches, used, only),
        "everything": _url(used),
    }


def _narrower(query: str, known: Sequence[str]) -> list[tuple[str, str]]:
    """The words of a query that the site does know, to be looked for alone; none if that is the query again."""
    return [(word, _url(word)) for word in known if word.lower() != query.lower()]


def _number(number: int) -> str:
    """In words: counting ends at a hundred."""
    if number > COUNTED:
        return f"More than {COUNTED} results"
    return f"{number} result{'' if number == 1 else 's'}"


def _choices(matches: Sequence[Match], query: str, only: SearchKind | None) -> list[KindChoice]:
    """Everything, then each kind that has something."""
    numbers = engine.counts(matches)
    every = KindChoice("Everything", _capped(len(matches)), _url(query), only is None)
    kinds = [
        KindChoice(kind.plural, _capped(numbers.get(kind.name, 0)), _url(query, kind=kind.name), kind == only)
        for kind in engine.kinds()
        if kind.name in numbers or kind == only
    ]
    return [every, *kinds]


def _capped(number: int) -> str:
    return f"{COUNTED}+" if number > COUNTED else str(number)


def _url(query: str, **keys: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': query, **keys})}"


@public_page(keys=("q",))
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Help for what sounds urgent, and titles near to `q`, as JSON: public ones, so that one answer serves all."""
    typed = request.GET.get("q", "")
    urgent = [{"name": one.name, "help": one.html} for one in help_for(typed)]
    bets = [{"title": bet.title, "url": bet.url, "kind": "Begin here"} for bet in bets_for(tidy(typed))]
    known = {bet["url"] for bet in bets}
    found = _suggested([hit for hit in engine.suggest(typed, SUGGESTED) if hit.url not in known])
    response = JsonResponse({"urgent": urgent, "suggestions": [*bets, *found]})
    response["X-Robots-Tag"] = "noindex"
    return response


def _suggested(hits: Sequence[SearchHit]) -> list[dict[str, str]]:
    """Titles with their kind; where several bear one title, with what tells them apart."""
    borne = Counter(hit.title.casefold() for hit in hits)
    found = []
    for hit in hits:
        several = borne[hit.title.casefold()] > 1
        parts = [hit.kind.label if hit.kind else "", *((hit.place, hit.meta) if several else ())]
        found.append({"title": hit.title, "url": hit.url, "kind": " · ".join(part for part in parts if part)})
    return found
