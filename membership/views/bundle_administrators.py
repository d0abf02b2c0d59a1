"""Who looks after an institution's seats: asked by each other, and never the last one gone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from aapm_site.accounts.access import confirmed_user, limited
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import bundles
from ..forms.seats import AskColleagueForm
from ..models import Bundle
from .bundles import bundle_crumbs, own_bundle

TITLE = "Who looks after the seats"


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
@limited("bundle-administrators", times=10, seconds=60 * 60)
def administrators(request: SignedInRequest, bundle_id: str) -> HttpResponse:
    """Who does, and who was asked. A POST asks a colleague by a letter."""
    bundle = own_bundle(request, bundle_id)
    form = AskColleagueForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            asked = bundles.ask_administrator(bundle, by=request.user, email=form.cleaned_data["email"])
        except NotAllowed as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"Asked: we wrote to {asked.email}.")
            return redirect("membership:bundle-administrators", bundle.public_id)
    return _page(request, bundle, form)


def _page(request: SignedInRequest, bundle: Bundle, form: AskColleagueForm) -> HttpResponse:
    people = list(bundle.administrators.select_related("user"))
    context: dict[str, Any] = {
        "bundle": bundle,
        "people": [one for one in people if one.user is not None],
        "asked": [one for one in people if one.user is None],
        "may_ask": len(people) < bundles.MOST_ADMINISTRATORS,
        "may_leave": bool(bundles.successors(bundle, request.user)),
        "last_one": bundles.LAST_ONE,
        "own": request.user,
        "form": form,
        "crumbs": bundle_crumbs(bundle, TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "membership/seats/administrators.html", context, status=422 if form.errors else 200)


@require_POST
@confirmed_user
def take_back(request: SignedInRequest, bundle_id: str, asked_id: str) -> HttpResponse:
    """Take back a request that nobody has answered."""
    bundle = own_bundle(request, bundle_id)
    asked = get_object_or_404(bundle.administrators.all(), public_id=asked_id)
    try:
        bundles.take_back_request(asked)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"{asked.email} is not asked any more.")
    return redirect("membership:bundle-administrators", bundle.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
def leave(request: SignedInRequest, bundle_id: str) -> HttpResponse:
    """Look after the seats no more, after a page that says what follows."""
    bundle = own_bundle(request, bundle_id)
    if request.method == "POST":
        try:
            bundles.leave_bundle(bundle, by=request.user)
        except NotAllowed as refused:
            messages.warning(request, str(refused))
            return redirect("membership:bundle-administrators", bundle.public_id)
        messages.success(request, f"You do not look after the seats of {bundle} any more. Thank you for doing so.")
        return redirect("membership:seat-list")
    context = {
        "bundle": bundle,
        "others": bundles.successors(bundle, request.user),
        "last_one": bundles.LAST_ONE,
        "crumbs": bundle_crumbs(bundle, "Leave"),
        "meta": PageMeta("Stop looking after these seats?", noindex=True),
    }
    return render(request, "membership/seats/administrators_leave.html", context)
