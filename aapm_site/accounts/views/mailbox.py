"""Staff show that their mailbox is theirs before their first second step is set up: by a code that we mail.

Otherwise whoever has guessed the password could set up a factor of their own, and walk into the staff pages with it.
"""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from aapm_site.core.http import limits
from aapm_site.core.seo import PageMeta

from ..forms import ConfirmLoginCodeForm
from ..requests import SignedInRequest
from .crumbs import crumbs

CODE = "mailbox_code"  # in the session: the code, to whom it was sent, and when
MOST_TRIES = 3
MOST_SENT, WITHIN = 5, 600


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_mailbox(request: SignedInRequest) -> HttpResponse:
    """Send a code, take it, and go on to where the person was led from."""
    sent = _sent(request)
    if request.method != "POST":
        return _page(request, sent, ConfirmLoginCodeForm())
    if request.POST.get("action") == "send":
        return _send(request)
    if sent is None:
        return HttpResponseRedirect(_here(request))
    tries = _count_try(request, sent)
    form = ConfirmLoginCodeForm(request.POST, code=sent["code"])
    if tries > MOST_TRIES or (not form.is_valid() and tries == MOST_TRIES):
        return _code_is_spent(request)
    if not form.is_valid():
        return _page(request, sent, form, status=422)
    del request.session[CODE]
    record_authentication(request, request.user, "code", email=request.user.email)
    return HttpResponseRedirect(_next(request) or reverse("mfa_index"))


def _sent(request: SignedInRequest) -> dict[str, Any] | None:
    """The code that is on its way and still good."""
    sent: dict[str, Any] | None = request.session.get(CODE)
    lasts = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    return sent if sent and sent["to"] == request.user.email and time.time() - sent["at"] < lasts else None


def _send(request: SignedInRequest) -> HttpResponse:
    if not limits.within("mailbox-code", str(request.user.pk), times=MOST_SENT, seconds=WITHIN):
        messages.error(request, "Several codes are on their way already. Please wait ten minutes.")
        return HttpResponseRedirect(_here(request))
    adapter, person = get_adapter(), request.user
    code = adapter.generate_login_code()
    request.session[CODE] = {"code": code, "to": person.email, "at": time.time()}
    adapter.send_mail("account/email/mailbox_code", person.email, {"code": code, "user": person})
    messages.success(request, f"A code is on its way to {person.email}.")
    return HttpResponseRedirect(_here(request))


def _count_try(request: SignedInRequest, sent: dict[str, Any]) -> int:
    """Which look at this code it is; requests that come at once read the same session, but not the same count."""
    lasts = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    return limits.count("mailbox-try", f"{request.user.pk} {sent['code']}", seconds=lasts)


def _code_is_spent(request: SignedInRequest) -> HttpResponse:
    del request.session[CODE]
    messages.error(request, "That was not the code, three times. Please ask for a new one.")
    return HttpResponseRedirect(_here(request))


def _page(
    request: SignedInRequest, sent: dict[str, Any] | None, form: ConfirmLoginCodeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form if sent else None,
        "next": _next(request),
        "crumbs": crumbs("Your mailbox", ("Sign-in and security", reverse("accounts:security"))),
        "meta": PageMeta("Show that your mailbox is yours", noindex=True),
    }
    return render(request, "accounts/mailbox.html", context, status=status)


def _next(request: SignedInRequest) -> str:
    """Where the person was led from; nothing that leads off the site."""
    url = request.POST.get("next") or request.GET.get("next", "")
    return url if get_adapter().is_safe_url(url) else ""


def _here(request: SignedInRequest) -> str:
    url = _next(request)
    return f"{reverse('accounts:mailbox')}?{urlencode({'next': url})}" if url else reverse("accounts:mailbox")
