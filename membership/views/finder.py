"""Which category is mine? One question a page, each answer a link, so that it works in every browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import PageMeta

from ..finding import walk
from ..forms.finder import FinderForm
from ..presenters.finder import choices_of, suggested, taken_steps
from ..queries.finder import finder_questions, plan_of
from .drafts import HOME, MEMBERSHIP

TITLE = "Find your category"


@public_page(keys=("a",))
def finder(request: HttpRequest) -> HttpResponse:
    """The next question, or the category. An address that fits no questions begins anew, and says so."""
    form = FinderForm(request.GET)
    chosen = form.cleaned_data["a"] if form.is_valid() else []
    way = walk(finder_questions(), chosen)
    plan = plan_of(way.found.plan) if way.found else None
    context = {
        "taken": taken_steps(way),
        "question": way.question,
        "choices": choices_of(way),
        "suggested": suggested(plan, way.found.reason) if plan and way.found else None,
        "is_cut": way.is_cut or not form.is_valid(),
        "crumbs": [HOME, MEMBERSHIP, ("Join", reverse("membership:join")), (TITLE, None)],
        "meta": PageMeta(
            TITLE,
            "Two or three questions lead to your category of membership, its dues today and the papers it asks for.",
            reverse("membership:finder"),
            noindex=bool(request.GET),
        ),
    }
    return render(request, "membership/finder.html", context)
