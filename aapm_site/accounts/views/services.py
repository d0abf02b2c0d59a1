"""The services that a person lets in, and the press that ends it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from aapm_site.core.seo import PageMeta

from ..domain.services import take_back
from ..models import ServiceConsent
from ..registry import passage_scopes
from ..requests import SignedInRequest
from .crumbs import crumbs


@require_safe
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """Each with what it may know, since when, and when it last let the person in."""
    if not settings.OPENID_KEYS:
        raise Http404
    given = request.user.service_consents.given().select_related("service")
    context = {
        "consents": [(consent, _told(consent)) for consent in given],
        "crumbs": crumbs("Services you let in"),
        "meta": PageMeta("Services you let in", noindex=True),
    }
    return render(request, "accounts/services.html", context)


def _told(consent: ServiceConsent) -> list[str]:
    return [scope.words for scope in passage_scopes if scope.name in consent.scopes]


@require_POST
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The service learns nothing more of the person; what is somebody else's is a 404."""
    consent = get_object_or_404(request.user.service_consents.select_related("service"), pk=pk)
    take_back(consent)
    messages.success(request, f"{consent.service} learns nothing more about you from us. It keeps what it knows.")
    return HttpResponseRedirect(reverse("accounts:services"))
