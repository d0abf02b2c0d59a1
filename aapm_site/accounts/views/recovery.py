"""The links in the letters about a recovery. None asks for a sign-in, which has been lost; the link is the proof."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import recoveries
from ..models import RecoveryOutcome


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Stop it: GET asks, because mail scanners follow links, POST does."""
    recovery = recoveries.recovery_of(signed, recoveries.STOP)
    if recovery is None:
        return _gone(request)
    if request.method == "POST":
        try:
            recovery = recoveries.stop_recovery(recovery, why=recoveries.BY_THE_PERSON, by=None)
        except NotAllowed:
            recovery.refresh_from_db()
    context = {
        "recovery": recovery,
        "is_stopped": recovery.outcome == RecoveryOutcome.STOPPED,
        "meta": PageMeta("Stop the recovery of your account", noindex=True),
    }
    return render(request, "accounts/recovery_stop.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """Confirm the new address: GET shows the button, POST confirms."""
    recovery = recoveries.recovery_of(signed, recoveries.CONFIRM)
    if recovery is None or not recovery.is_open:
        return _gone(request)
    if request.method == "POST":
        try:
            recovery = recoveries.confirm_recovery(recovery)
        except NotAllowed:
            return _gone(request)
    context = {"recovery": recovery, "meta": PageMeta("Confirm your new address", noindex=True)}
    return render(request, "accounts/recovery_confirm.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    meta = PageMeta("This link leads nowhere any more", noindex=True)
    return render(request, "accounts/recovery_gone.html", {"meta": meta}, status=404)
