"""The figures of the career center, on a page of their own."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from aapm_site.core.search.looked_for import VAIN_DAYS, searched_in_vain

from ..queries import figures


@permission_required("careers.change_job", raise_exception=True)
def career_figures(request: HttpRequest) -> HttpResponse:
    """Week by week, and what readers looked for in vain."""
    at = timezone.now()
    context = {
        **admin.site.each_context(request),
        "title": "Figures of the Career Center",
        "weeks": figures.figures_by_week(at),
        "vain": searched_in_vain(figures.SEARCH_NOTHING, at),
        "days": VAIN_DAYS,
    }
    return TemplateResponse(request, "careers/admin/figures.html", context)
