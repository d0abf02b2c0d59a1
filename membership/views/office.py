"""Receipts for the practice's office: the member's page with its presses, and the page of the office's reader."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import office
from ..forms.office import OfficeForm
from ..models import OfficeSending
from ..queries import members

TITLE, QUESTION = "Receipts for your office", "Receipts of a colleague’s dues"
MOST_SHOWN = 24


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest) -> HttpResponse:
    """The address, the receipts with a press each, and what has gone there. POST names an address."""
    membership = members.membership_of(request.user)
    if membership is None:
        messages.warning(request, "There is no membership here, so there are no dues to show to an office.")
        return redirect("membership:mine")
    known = office.office_of(membership)
    sent = request.POST if request.method == "POST" else None
    form = OfficeForm(sent, initial={"email": known.email if known else ""})
    if form.is_bound and form.is_valid():
        try:
            named = office.name_office(request.user, form.cleaned_data["email"])
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            said = (
                "has said yes already" if named.confirmed_at else "has a letter from us now. Once its reader says yes, "
            )
            more = "." if named.confirmed_at else "receipts go there by a press."
            messages.success(request, f"{named.email} {said}{more}")
            return redirect("membership:office")
    context = {
        "form": form,
        "office": known,
        "receipts": office.receipts_of(request.user)[:MOST_SHOWN],
        "sendings": OfficeSending.objects.filter(membership=membership).select_related("payment")[:MOST_SHOWN],
        "crumbs": crumbs(TITLE, ("My membership", reverse("membership:mine"))),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "membership/office/mine.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def forget(request: SignedInRequest) -> HttpResponse:
    return _press(request, lambda: office.forget_office(request.user), lambda done: "The address is forgotten.")


@login_required
@require_POST
def send(request: SignedInRequest, paper_id: str) -> HttpResponse:
    """One of the member's own receipts; anybody else's is not there."""
    payment = get_object_or_404(office.receipts_of(request.user).select_related("order"), public_id=paper_id)
    return _press(
        request,
        lambda: office.send_receipt(request.user, payment, by=request.user),
        lambda done: f"Receipt {payment} is on its way to {done.email}.",
    )


def _press(request: SignedInRequest, step: Callable[[], Any], done: Callable[[Any], str]) -> HttpResponse:
    try:
        made = step()
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done(made))
    return redirect("membership:office")


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """For the office's reader: GET asks, POST says yes or no. It shows the member's address and nothing else."""
    found = office.office_by_link(signed)
    context: dict[str, Any] = {"meta": PageMeta(QUESTION, noindex=True)}
    if found is None:
        return _answer(request, {**context, "is_over": True}, status=404)
    context |= {"office": found, "asked_by": found.membership.user.email}
    if request.method == "POST" and request.POST.get("say") in {"yes", "no"}:
        try:
            context["said"] = request.POST["say"]
            if context["said"] == "yes":
                office.confirm_office(found)
            else:
                office.refuse_office(found)
        except NotAllowed as refused:
            return _answer(request, {**context, "said": "", "refused": str(refused)}, status=422)
        return _answer(request, context, status=200)
    return _answer(request, context, status=422 if request.method == "POST" else 200)


def _answer(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    response = render(request, "membership/office/confirm.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
