"""A person's data: what we keep, a copy of it, and its erasure."""

import json

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import privacy
from ..forms import DeleteAccountForm
from ..requests import SignedInRequest
from .crumbs import crumbs


@require_safe
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    context = {"crumbs": crumbs("My data"), "meta": PageMeta("My data", noindex=True)}
    return render(request, "accounts/data.html", context)


@require_safe
@login_required
@reauthentication_required
def export(request: SignedInRequest) -> HttpResponse:
    """Everything in one JSON file."""
    text = json.dumps(privacy.export_person(request.user), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"aapm-my-data-{timezone.localdate().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@reauthentication_required
def delete(request: SignedInRequest) -> HttpResponse:
    """Ask once more, then erase."""
    form = DeleteAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        person = request.user
        try:
            privacy.erase_person(person)
        except NotAllowed as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("accounts:data"))
        logout(request)
        messages.success(request, "Your account is deleted. Thank you for the time you spent with us.")
        return HttpResponseRedirect("/")
    here = ("My data", reverse("accounts:data"))
    context = {
        "form": form,
        "lost": privacy.what_is_lost(request.user),
        "crumbs": crumbs("Delete my account", here),
        "meta": PageMeta("Delete my account", noindex=True),
    }
    return render(request, "accounts/delete.html", context, status=422 if form.errors else 200)
