"""A page as it was saved, for a colleague who was given a link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.views import errors
from content.models import PreviewLink
from content.queries.pages import PublicPage
from content.views.pages import show

SENTENCE = "You were given a link to this page before it is public. Please do not pass it on."
OVER = "This link has ended"
WHY = "Links to pages that are not public yet last a few days. Ask the person who sent it to you for a new one."


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link; kept by nobody, listed nowhere, and its address is told to no other site."""
    links = PreviewLink.objects.select_related("by", "page__author", "page__reviewer", "page__topic")
    link = get_object_or_404(links.defer("page__search"), token=token.replace("\x00", ""))
    if link.is_open(timezone.now()) and not link.page.is_trashed:
        response = show(request, PublicPage.of(link.page), preview=SENTENCE)
    else:
        response = errors.gone(request, heading=OVER, explanation=WHY)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
