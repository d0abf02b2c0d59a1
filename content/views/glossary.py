"""The glossary as a page: every word on it, so that the browser's own search finds them all."""

from collections.abc import Sequence
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from content.models.term import OTHER_SIGNS, letter_anchor
from content.queries.terms import PublicTerm, all_terms, with_pages
from content.seo import jsonld

DESCRIPTION = "Words that people with pain hear in clinics and read in reports, each explained in a sentence or two."


@public_page()
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """A to Z, each word with an address of its own."""
    terms = with_pages(all_terms(), timezone.now())
    crumbs: list[Crumb] = [("Home", "/"), ("Glossary", None)]
    context: dict[str, Any] = {
        "groups": _by_letter(terms),
        "letters": _letters(terms),
        "number": len(terms),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Glossary of pain medicine",
            description=DESCRIPTION,
            path="/glossary/",
            jsonld=(jsonld.glossary(terms), breadcrumb_ld(crumbs)),
        ),
    }
    return render(request, "content/glossary.html", context)


def _by_letter(terms: Sequence[PublicTerm]) -> list[tuple[str, list[PublicTerm]]]:
    ordered = sorted(terms, key=lambda term: (term.letter == OTHER_SIGNS, term.letter))
    return [(letter, list(words)) for letter, words in groupby(ordered, key=lambda term: term.letter)]


def _letters(terms: Sequence[PublicTerm]) -> list[tuple[str, str]]:
    """Every letter, and where its words stand; empty for one without any."""
    used = {term.letter for term in terms}
    letters = (*ascii_uppercase, *((OTHER_SIGNS,) if OTHER_SIGNS in used else ()))
    return [(letter, letter_anchor(letter) if letter in used else "") for letter in letters]
