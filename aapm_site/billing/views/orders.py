"""The orders of the customers for whom somebody may buy; everybody else's are a 404."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import checkout_sessions, orders
from ..forms.cancel import CancelForm
from ..forms.statement import AfterForm
from ..models import Customer, Order
from ..presenters.order import OrderPage
from .cardpage import SeeOther, leads_to_card_page, offer_page, order_context

ON_A_PAGE = 20
TITLE = "Orders and invoices"


def own_order(request: HttpRequest, order_id: str) -> Order:
    """An order of a customer for whom the person may buy."""
    mine = Order.objects.for_user(request.user).with_owed().select_related("invoice", "customer")
    return get_object_or_404(mine, public_id=order_id)


def own_order_or_offer(request: HttpRequest, order_id: str) -> Order:
    """The same, and offers, which have no invoice."""
    mine = Order.everything.for_user(request.user).with_owed().select_related("invoice", "customer")
    return get_object_or_404(mine, public_id=order_id)


@require_safe
@login_required
def order_list(request: SignedInRequest) -> HttpResponse:
    """The newest first, twenty a page; each next page begins after the last order of the one before."""
    mine = Order.objects.for_user(request.user)
    asked = AfterForm(request.GET)
    if not asked.is_valid():
        raise Http404
    shown = mine
    if after := asked.cleaned_data["after"]:
        last = get_object_or_404(mine, public_id=after)
        shown = mine.filter(Q(placed_at__lt=last.placed_at) | Q(placed_at=last.placed_at, pk__lt=last.pk))
    found = list(shown.with_owed().select_related("invoice", "customer")[: ON_A_PAGE + 1])
    context = {
        "pages": [OrderPage(order) for order in found[:ON_A_PAGE]],
        "after": after,
        "next": found[ON_A_PAGE - 1].public_id if len(found) > ON_A_PAGE else "",
        "customers": list(Customer.objects.for_user(request.user)),
        "crumbs": crumbs(TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "billing/orders.html", context)


@require_safe
@leads_to_card_page
@login_required
def order_detail(request: SignedInRequest, order_id: str) -> HttpResponse:
    """Where the order stands, how to pay it, and its papers; an offer has a page of few words."""
    order = own_order_or_offer(request, order_id)
    if order.is_offer:
        return offer_page(request, order, action=reverse("billing:order-pay", args=[order.public_id]))
    context = {
        **order_context(request, order),
        "crumbs": crumbs(f"Order {order}", (TITLE, reverse("billing:order-list"))),
        "meta": PageMeta(f"Order {order}", noindex=True),
    }
    return render(request, "billing/order.html", context)


@require_POST
@login_required
def order_pay(request: SignedInRequest, order_id: str) -> HttpResponse:
    """Open the card page for what is to be paid."""
    order = own_order_or_offer(request, order_id)
    try:
        return SeeOther(checkout_sessions.start_session(order, email=request.user.email))
    except checkout_sessions.CannotPay as cannot:
        messages.warning(request, f"Your order stands. {cannot}")
        return redirect(order)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def order_cancel(request: SignedInRequest, order_id: str) -> HttpResponse:
    """Ask once more, then take back an order on which nothing was paid."""
    order = own_order(request, order_id)
    if not OrderPage(order).may_be_cancelled:
        messages.warning(
            request, "This order cannot be cancelled here any more. Please write to us if it is a mistake."
        )
        return redirect(order)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _cancel(request, order, form.words)
    context = {
        "form": form,
        "order": order,
        "crumbs": crumbs(
            "Cancel", (TITLE, reverse("billing:order-list")), (f"Order {order}", order.get_absolute_url())
        ),
        "meta": PageMeta(f"Cancel order {order}", noindex=True),
    }
    return render(request, "billing/cancel.html", context, status=422 if form.errors else 200)


def _cancel(request: HttpRequest, order: Order, reason: str) -> HttpResponse:
    try:
        orders.cancel_order(order, by=request.user, reason=reason)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(
            request, f"Order {order} is cancelled. Nothing is owed on it, and you get a credit note by e-mail."
        )
    return redirect(order)
