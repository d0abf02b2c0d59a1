"""How a person signs in, with the ways to change it."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aapm_site.core.seo import PageMeta

from ..presenters import security
from ..requests import SignedInRequest
from .crumbs import crumbs


@require_safe
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    factors = list(Authenticator.objects.filter(user=request.user))
    kinds = [factor.type for factor in factors]
    recovery = next((factor for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    second = security.second_factor(
        has_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=len(recovery.wrap().get_unused_codes()) if recovery else 0,
    )
    context = {
        "second_factor": second,
        "is_missing_factor": request.user.is_staff and settings.STAFF_MFA_REQUIRED and not second.is_on,
        "has_password": request.user.has_usable_password(),
        "places": security.places(len(UserSession.objects.purge_and_list(request.user))),
        "crumbs": crumbs("Sign-in and security"),
        "meta": PageMeta("Sign-in and security", noindex=True),
    }
    return render(request, "accounts/security.html", context)
