"""The page of the link in a reminder: what a renewal costs and gives, without a name, and the button that orders it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from aapm_site.billing.models import Order
from aapm_site.billing.presenters.order import OrderPage
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import renewals
from ..forms.renewal import RenewalForm
from ..queries.dues_orders import invoiced_dues

TITLE = "Renew your membership"


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def renew(request: HttpRequest, signed: str) -> HttpResponse:
    """GET shows, POST orders, and nothing else happens. Whoever has the link sees no name."""
    try:
        offer = renewals.read_link(signed)
    except renewals.LinkIsOver as over:
        return _page(request, {"over": str(over)}, status=404)
    invoice = invoiced_dues(offer.person)
    if invoice is not None:
        return _page(request, {"invoice": OrderPage(invoice)})
    if offer.used is not None or offer.dues is None:
        return _page(request, {"used": offer.used})
    form = RenewalForm(request.POST if request.method == "POST" else None, dues=offer.dues)
    if form.is_bound and form.is_valid():
        try:
            order = renewals.order_by_link(
                signed, years=form.count, pay_by=form.cleaned_data["pay_by"], seen_total=form.total
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            return _after(request, order)
    context = {"form": form, "term": offer.term, "dues": offer.dues}
    return _page(request, context, status=422 if form.errors else 200)


def _after(request: HttpRequest, order: Order) -> HttpResponse:
    """To the page that pays an offer; where an invoice was asked for, a word that it is on its way, and what it is."""
    if order.is_offer:
        return redirect("billing:pay", order.pay_token)
    invoice = invoiced_dues(order.customer.user)
    return _page(request, {"is_new": True, "invoice": OrderPage(invoice) if invoice else None, "used": order})


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(
        request, "membership/renew.html", {**context, "meta": PageMeta(TITLE, noindex=True)}, status=status
    )
    response["X-Robots-Tag"] = "noindex"
    return response
