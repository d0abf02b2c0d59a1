"""The line of time of one's own membership."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta

from ..presenters.history import history_rows
from ..queries import members

TITLE = "What has happened"


@require_safe
@login_required
def history(request: SignedInRequest) -> HttpResponse:
    membership = members.membership_of(request.user)
    if membership is None:
        raise Http404
    context = {
        "rows": history_rows(membership),
        "crumbs": crumbs(TITLE, ("My membership", reverse("membership:mine"))),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "membership/history.html", context)
