"""What institutions offer to a person: a seat, or to look after the seats; the answer, and giving a seat back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.access import confirmed_user
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import bundles, seats
from ..forms.seats import AcceptForm
from ..models import Bundle, BundleAdministrator, BundleSeat, Term

TITLE = "Seats from institutions"


@require_safe
@confirmed_user
def seat_list(request: SignedInRequest) -> HttpResponse:
    """Where the letters lead: what is offered to the address with which somebody has signed in."""
    user = request.user
    context = {
        "offered": list(BundleSeat.objects.offered_to(user)),
        "asked": list(BundleAdministrator.objects.asked_of(user)),
        "bundles": list(Bundle.objects.for_user(user)),
        "had": list(BundleSeat.objects.of_user(user)),
        "address": user.email,
        "crumbs": crumbs(TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "membership/seats/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
def answer(request: SignedInRequest, seat_id: str) -> HttpResponse:
    """What a seat is and what the institution sees; yes, with consent, or no. The confirmed address is the proof."""
    seat = get_object_or_404(BundleSeat.objects.offered_to(request.user), public_id=seat_id)
    if request.method == "POST" and request.POST.get("answer") == "no":
        seats.decline_seat(seat)
        messages.success(request, f"You have said no to the seat of {seat.bundle}. Nothing else changes.")
        return redirect("membership:seat-list")
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            terms = seats.accept_seat(seat, by=request.user)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _welcome(seat, terms))
            return redirect("membership:mine")
    context = {
        "seat": seat,
        "bundle": seat.bundle,
        "count": seats.count_seats(seat.bundle),
        "form": form,
        "crumbs": crumbs(seat.bundle.name, (TITLE, reverse("membership:seat-list"))),
        "meta": PageMeta(f"A seat from {seat.bundle}", noindex=True),
    }
    return render(request, "membership/seats/answer.html", context, status=422 if form.errors else 200)


def _welcome(seat: BundleSeat, terms: list[Term]) -> str:
    if not terms:
        return (
            f"Thank you. Your own membership runs as long as the seats of {seat.bundle} do, so you use none at present."
        )
    days = f"{date_format(terms[0].starts_on)} to {date_format(terms[-1].ends_on)}"
    return f"Welcome. {seat.bundle} pays for your membership from {days}."


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
def leave(request: SignedInRequest, seat_id: str) -> HttpResponse:
    """The person gives the seat back, after a page that says what follows."""
    seat = get_object_or_404(BundleSeat.objects.of_user(request.user), public_id=seat_id)
    if request.method == "POST":
        try:
            seats.end_seat(seat, by=request.user)
        except NotAllowed as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"You have given the seat of {seat.bundle} back.")
        return redirect("membership:mine")
    context = {
        "seat": seat,
        "crumbs": crumbs("Give the seat back", ("My membership", reverse("membership:mine"))),
        "meta": PageMeta(f"Give the seat of {seat.bundle} back?", noindex=True),
    }
    return render(request, "membership/seats/leave.html", context)


@require_POST
@confirmed_user
def administer(request: SignedInRequest, asked_id: str) -> HttpResponse:
    """Yes or no to looking after an institution's seats."""
    asked = get_object_or_404(BundleAdministrator.objects.asked_of(request.user), public_id=asked_id)
    said = request.POST.get("answer")
    if said == "no":
        bundles.refuse_to_administer(asked)
        messages.success(request, f"You do not look after the seats of {asked.bundle}.")
        return redirect("membership:seat-list")
    if said != "yes":
        messages.warning(request, "Please press one of the two buttons.")
        return redirect("membership:seat-list")
    return _agree(request, asked)


def _agree(request: SignedInRequest, asked: BundleAdministrator) -> HttpResponse:
    try:
        bundles.agree_to_administer(asked, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("membership:seat-list")
    messages.success(request, f"You look after the seats of {asked.bundle} now.")
    return redirect(asked.bundle)
