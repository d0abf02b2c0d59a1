"""The pages of who looks after an institution's seats: how they stand, who is on the list, and what is ordered."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from aapm_site.accounts.access import confirmed_user, limited
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..bundle_rules import MOST_SEATS, rate_for
from ..domain import seats
from ..domain.bundle_dues import FurtherOffer, SeatOffer, further_offers, seat_offers
from ..forms.seats import PeopleForm, SeatsWantedForm
from ..models import Bundle, BundleSeat
from ..presenters import seats as presenter
from ..presenters.mine import order_rows
from ..queries.dues_orders import MOST_SHOWN, institution_orders

LIST = "Seats"


def own_bundle(request: HttpRequest, bundle_id: str) -> Bundle:
    """A bundle that the person looks after; everybody else's is a 404."""
    return get_object_or_404(
        Bundle.objects.for_user(request.user).select_related("plan", "customer"), public_id=bundle_id
    )


def bundle_crumbs(bundle: Bundle, last: str = "") -> list[tuple[str, str | None]]:
    between = (LIST, reverse("membership:seat-list"))
    if not last:
        return crumbs(bundle.name, between)
    return crumbs(last, between, (bundle.name, bundle.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
@limited("seat-invitations", times=30, seconds=60 * 60)
def detail(request: SignedInRequest, bundle_id: str) -> HttpResponse:
    """How the seats stand, and the list. A POST invites people; the page then says what became of each line."""
    bundle = own_bundle(request, bundle_id)
    form = PeopleForm(request.POST if request.method == "POST" else None)
    reports: list[seats.LineReport] = []
    if form.is_bound and form.is_valid():
        try:
            reports = seats.invite_people(bundle, form.cleaned_data["people"], by=request.user)
        except NotAllowed as refused:
            form.add_error("people", str(refused))
    return _page(request, bundle, form, reports)


def _page(request: SignedInRequest, bundle: Bundle, form: PeopleForm, reports: list[seats.LineReport]) -> HttpResponse:
    count = seats.count_seats(bundle)
    left = "\n".join(one.text for one in reports if not one.is_invited)
    context: dict[str, Any] = {
        "bundle": bundle,
        "sentence": presenter.seats_sentence(bundle, count),
        "facts": presenter.seat_facts(bundle, count),
        "form": PeopleForm(initial={"people": left}) if reports else form,
        "may_invite": bool(count.bought and not bundle.held_at),
        "reports": reports,
        "invited": sum(one.is_invited for one in reports),
        "people": presenter.seat_rows(bundle),
        "offers": presenter.price_rows(seat_offers(bundle)),
        "further": presenter.further_words(further_offers(bundle), count),
        "orders": order_rows(list(institution_orders(bundle.customer)[:MOST_SHOWN])),
        "crumbs": bundle_crumbs(bundle),
        "meta": PageMeta(bundle.name, noindex=True),
    }
    return render(request, "membership/seats/bundle.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
def remove(request: SignedInRequest, bundle_id: str, seat_id: str) -> HttpResponse:
    """Take somebody off the list, after a page that says what follows."""
    bundle = own_bundle(request, bundle_id)
    seat = get_object_or_404(bundle.people.open().select_related("user", "bundle__plan"), public_id=seat_id)
    if request.method == "POST":
        return _remove(request, bundle, seat)
    context = {
        "bundle": bundle,
        "seat": seat,
        "crumbs": bundle_crumbs(bundle, "Take somebody off"),
        "meta": PageMeta(f"Take {seat.shown_name or seat.email} off the list?", noindex=True),
    }
    return render(request, "membership/seats/remove.html", context)


def _remove(request: SignedInRequest, bundle: Bundle, seat: BundleSeat) -> HttpResponse:
    who = seat.shown_name or seat.email
    try:
        seats.end_seat(seat, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"{who} is off the list.")
    return redirect(bundle)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
def order(request: SignedInRequest, bundle_id: str) -> HttpResponse:
    """How many seats, at which price; the checkout has the rest."""
    bundle = own_bundle(request, bundle_id)
    offers = seat_offers(bundle)
    if not offers:
        messages.info(request, "Nothing can be ordered at present: the next period is paid already, or seats rest.")
        return redirect(bundle)
    form = SeatsWantedForm(
        request.POST if request.method == "POST" else None,
        least=offers[0].rate.least,
        wished=_as_many(bundle),
        people=bundle.people.open().count(),
    )
    if form.is_bound and form.is_valid():
        return redirect(_checkout(offers, form.cleaned_data["seats"], bundle))
    context = {
        "bundle": bundle,
        "form": form,
        "note": offers[0].note,
        "offers": presenter.price_rows(offers),
        "crumbs": bundle_crumbs(bundle, "Order seats"),
        "meta": PageMeta("Order seats", noindex=True),
    }
    return render(request, "membership/seats/order.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
def order_more(request: SignedInRequest, bundle_id: str) -> HttpResponse:
    """How many further seats for the rest of the period that runs, and how their price comes about."""
    bundle = own_bundle(request, bundle_id)
    offers = further_offers(bundle)
    if not offers:
        messages.info(request, "No further seats can be ordered at present: none run, or they rest.")
        return redirect(bundle)
    form = SeatsWantedForm(
        request.POST if request.method == "POST" else None,
        least=offers[0].rate.least,
        most=offers[-1].rate.most,
        wished=_without_seat(bundle),
        label="Number of further seats",
    )
    if form.is_bound and form.is_valid():
        return redirect(_checkout(offers, form.cleaned_data["seats"], bundle))
    context = {
        "bundle": bundle,
        "form": form,
        "further": presenter.further_words(offers, seats.count_seats(bundle)),
        "crumbs": bundle_crumbs(bundle, "Order further seats"),
        "meta": PageMeta("Order further seats", noindex=True),
    }
    return render(request, "membership/seats/more.html", context, status=422 if form.errors else 200)


def _without_seat(bundle: Bundle) -> int:
    """As many as people on the list find no seat; one at least."""
    count = seats.count_seats(bundle)
    return max(bundle.people.open().count() - count.bought, 1)


def _as_many(bundle: Bundle) -> int:
    """As many as run, or ran last, and as many as people on the list."""
    ends = bundle.periods.valid().order_by("-ends_on").values_list("ends_on", flat=True).first()
    last = bundle.periods.valid().filter(ends_on=ends).aggregate(sum=Sum("seats", default=1))["sum"]
    return min(max(last, bundle.people.open().count()), MOST_SEATS)


def _checkout(offers: Sequence[SeatOffer | FurtherOffer], wanted: int, bundle: Bundle) -> str:
    """The checkout of so many seats, at the price for so many."""
    rate = rate_for([one.rate for one in offers], wanted)
    offer = next((one for one in offers if one.rate == rate), offers[0])
    query = {"sku": offer.sku, "quantity": wanted, "customer": bundle.customer.public_id}
    return f"{reverse('billing:checkout')}?{urlencode(query)}"
