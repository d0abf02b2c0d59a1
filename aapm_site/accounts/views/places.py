"""Suggestions while somebody types a place."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import public_page

from ..queries.places import suggest_places

LONGEST = 120


@public_page(keys=("q",))
@require_safe
def place_suggestions(request: HttpRequest) -> HttpResponse:
    """Places that begin with `q`, as JSON; the same for everybody."""
    found = suggest_places(request.GET.get("q", "")[:LONGEST])
    response = JsonResponse({"suggestions": [{"title": label, "kind": county} for label, county in found]})
    response["X-Robots-Tag"] = "noindex"
    return response
