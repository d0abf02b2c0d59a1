"""The link by which somebody of a team objects to a new owner whom staff have named. The signed link is the proof."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aapm_site.accounts.models import RecoveryOutcome
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import owner_recoveries


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def object_to_owner(request: HttpRequest, signed: str) -> HttpResponse:
    """GET asks, because mail scanners follow links, POST stops it."""
    recovery = owner_recoveries.owner_recovery_of(signed)
    if recovery is None:
        raise Http404
    if request.method == "POST":
        try:
            recovery = owner_recoveries.stop_owner_recovery(recovery, why=owner_recoveries.OBJECTED, by=None)
        except NotAllowed:
            recovery.refresh_from_db()
    context = {
        "recovery": recovery,
        "is_stopped": recovery.outcome == RecoveryOutcome.STOPPED,
        "meta": PageMeta("A new owner of your team", noindex=True),
    }
    return render(request, "careers/owner_recovery.html", context)
