"""The journal's own search."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.seo import PageMeta
from membership.access import reach_of

from ..domain import usage
from ..forms.article_search import ArticleSearchForm
from ..presenters.article_hits import hits_for
from ..queries import article_search
from .issues import HOME, JOURNAL

A_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """GET what to look for. Never cached: what is found depends on who asks."""
    form = ArticleSearchForm(request.GET or None)
    is_valid = form.is_bound and form.is_valid()
    context: dict[str, Any] = {
        "form": form,
        "crumbs": [HOME, JOURNAL, ("Search", None)],
        "meta": PageMeta("Search the Journal", path=reverse("journal:search"), noindex=True),
    }
    if is_valid and not form.criteria.is_empty:
        context |= _found(request, form)
        usage.searched(request, request.GET.urlencode())
    return render(request, "membership/journal/search.html", context)


def _found(request: HttpRequest, form: ArticleSearchForm) -> dict[str, Any]:
    """A page of what was found, and whether closed texts were looked into."""
    today, criteria = timezone.localdate(), form.criteria
    reach = reach_of(request.user, today)
    found = article_search.find(criteria, reach, today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return {
        "is_asked": True,
        "page": page,
        "hits": hits_for(list(page), criteria, request.user, today),
        "number": _number(len(found)),
        "reach": reach,
    }


def _number(number: int) -> str:
    if number >= article_search.FOUND:
        return f"The best {article_search.FOUND} articles"
    return f"{number or 'No'} article{'' if number == 1 else 's'}"
