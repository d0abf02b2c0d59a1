"""An order that staff write down, for a customer who calls or whose purchase order came by mail."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..domain import orders
from ..domain.pricing import CouponRefused, Quote, quote_order
from ..forms.placing import PlacingForm
from ..models import Customer, Order
from ..registry import Product, all_skus, find_products
from ..states import PayBy

PERMISSION = "billing.add_order"


def page(request: HttpRequest, customer: Customer, site: AdminSite) -> HttpResponse:
    """The form; then what it comes to; then the order, once the total that was shown is agreed to."""
    form = PlacingForm(
        request.POST if request.method == "POST" else None, customer=customer, products=_on_offer(customer)
    )
    now = _quote(form, customer) if form.is_bound and form.is_valid() else None
    agreed = request.POST.get("agreed", "")
    if now and agreed == str(now.total.amount) and (order := _place(request, form, customer, now)):
        messages.success(request, _said(order))
        return HttpResponseRedirect(reverse("admin:billing_order_change", args=[order.pk], current_app=site.name))
    context = {
        **site.each_context(request),
        "title": f"Place an order: {customer}",
        "opts": Customer._meta,
        "customer": customer,
        "form": form,
        "quote": None if form.errors else now,
        "again": bool(agreed),
        "back": reverse("admin:billing_customer_change", args=[customer.pk], current_app=site.name),
    }
    return TemplateResponse(request, "billing/admin/place.html", context, status=422 if form.errors else 200)


def _on_offer(customer: Customer) -> list[Product]:
    """What is sold to the customer, in the order of the shops."""
    skus = [sku for sku, _ in all_skus()]
    found = find_products(skus, customer, _buyer(customer))
    return [found[sku] for sku in skus if sku in found]


def _buyer(customer: Customer) -> Any:
    """Whose prices they are: a person's own, else everybody's. Never those of who writes it down."""
    return customer.user or AnonymousUser()


def _quote(form: PlacingForm, customer: Customer) -> Quote | None:
    """What it comes to now; a refusal stands on the form."""
    try:
        return quote_order(
            customer, form.wanted, user=_buyer(customer), on=timezone.localdate(), code=form.cleaned_data["code"]
        )
    except CouponRefused as refused:
        form.add_error("code", str(refused))
    except NotAllowed as refused:
        form.add_error(None, str(refused))
    return None


def _place(request: HttpRequest, form: PlacingForm, customer: Customer, seen: Quote) -> Order | None:
    data = form.cleaned_data
    try:
        return orders.place_order(
            customer,
            form.wanted,
            by=_buyer(customer),
            pay_by=PayBy.INVOICE,
            bill_to=form.bill_to,
            checkout_key=data["checkout_key"],
            seen_total=seen.total.amount,
            po_number=data["po_number"],
            code=data["code"],
            note=f"Written down by {request.user.display_name}.",
        )
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return None


def _said(order: Order) -> str:
    return f"Order {order} is placed, and its invoice is on its way to {order.invoice.bill_email}."
