"""Checkout in one page: what, for whom, for how much, and one button. Looking at it writes nothing."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from aapm_site.accounts.access import confirmed_user
from aapm_site.accounts.models import User
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed
from aapm_site.core.views.errors import too_many
from aapm_site.core.views.typed_words import typed

from ..domain import orders
from ..domain.pricing import CouponRefused, Quote, quote_order
from ..forms.checkout import CartForm, CheckoutForm
from ..models import Customer, Order
from ..presenters.order import OrderPage
from ..queries import cart
from ..queries.cart import Basket
from ..registry import unpaid_before
from ..states import PayBy
from .cardpage import leads_to_card_page

NOTHING_TO_ORDER = (
    "Nothing to order yet",
    "There is nothing to order yet.",
    "Choose something on the rates page; from there the checkout opens with it.",
)
NOT_ON_OFFER = (
    "Not on offer any more",
    "This is not on offer any more",
    "Nothing was ordered. The rates page shows what can be bought at present, and at which price.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@leads_to_card_page
@confirmed_user
def checkout(request: SignedInRequest) -> HttpResponse:
    """The form; placing the order leads to its page, or to the card provider's."""
    wanted = CartForm(request.GET)
    basket = _basket(request, wanted)
    if basket is None:
        return _not_on_offer(request, is_bare="sku" not in request.GET)
    if request.method != "POST" and (open_now := unpaid_before(basket.skus, basket.customer)):
        messages.info(request, format_html("{} Nothing can be ordered beside it.", OrderPage(open_now).stands_open))
        return redirect(open_now)
    form = CheckoutForm(request.POST or None, basket=basket, quantity=wanted.first_quantity)
    if not form.is_bound or not form.is_valid() or form.looks_only:
        return _page(request, form)
    if basket.has_ordered_enough:
        return too_many(request, typed=typed(request))
    try:
        order = _place(request, form)
    except orders.PriceChanged as changed:
        form.add_error(None, str(changed) if form.is_as_shown else _comes_to(changed.quote))
        return _page(request, form)
    except CouponRefused as refused:
        form.add_error("code", str(refused))
        return _page(request, form)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    return _go_on(request, order)


def _basket(request: SignedInRequest, wanted: CartForm) -> Basket | None:
    """What the address names. None: it is not on offer. Somebody else's customer is a 404."""
    if not wanted.is_plain:
        if "customer" in wanted.errors:
            raise Http404
        return None
    try:
        return cart.find(request.user, wanted.skus, wanted.cleaned_data["customer"])
    except Customer.DoesNotExist as unknown:
        raise Http404 from unknown


def _not_on_offer(request: HttpRequest, *, is_bare: bool = False) -> HttpResponse:
    """The way to the rates; bare is an address that names nothing to order."""
    title, heading, explanation = NOTHING_TO_ORDER if is_bare else NOT_ON_OFFER
    context = {"heading": heading, "explanation": explanation, "meta": PageMeta(title, noindex=True)}
    return render(request, "billing/not_on_offer.html", context, status=404)


def _place(request: SignedInRequest, form: CheckoutForm) -> Order:
    basket, data = form.basket, form.cleaned_data
    customer = orders.personal_customer(request.user) if basket.is_for_new_customer else basket.customer
    return orders.place_order(
        customer,
        form.wanted,
        by=request.user,
        pay_by=data["pay_by"],
        bill_to=form.bill_to,
        checkout_key=data["checkout_key"],
        seen_total=data["seen_total"],
        po_number=data["po_number"],
        code=data["code"],
        products=basket.products,
    )


def _comes_to(now: Quote) -> str:
    return (
        f"With your changes it comes to {now.total}. Nothing has been ordered yet; please look at it again, and press "
        "the button if you agree."
    )


def _go_on(request: HttpRequest, order: Order) -> HttpResponse:
    """To the order, or on to the button that opens its card page: the browser sends that POST by itself."""
    if order.pay_by == PayBy.CARD and order.is_payable:
        return redirect("billing:order-pay", order.public_id, preserve_request=True)
    if order.pay_by == PayBy.FREE:
        messages.success(request, "Thank you. Your order is complete; there is nothing to pay.")
    else:
        messages.success(
            request, f"Thank you. Your order is placed, and we send invoice {order} to {order.invoice.bill_email}."
        )
    return redirect(order)


def _page(request: SignedInRequest, form: CheckoutForm) -> HttpResponse:
    """The form with what it comes to now."""
    now = _quote(request, form)
    if now is None:
        return _not_on_offer(request)
    form.show(now)
    basket, address = form.basket, _address(form.basket, form.basket.customer_key)
    context = {
        "form": form,
        "buyer": (basket.customer.name or request.user.email) if basket.is_for_new_customer else basket.customer,
        "quote": now,
        "rows": list(zip(form.rows, now.lines, strict=True)),
        "address": address,
        "look_again": f"{address}#what",
        "customers": _choice(request.user, basket),
        "lately": [] if form.is_bound else cart.ordered_lately(basket),
        "crumbs": [("Home", "/"), ("Checkout", None)],
        "meta": PageMeta("Checkout", noindex=True),
    }
    return render(request, "billing/checkout.html", context, status=422 if form.errors else 200)


def _quote(request: HttpRequest, form: CheckoutForm) -> Quote | None:
    """Today's price; a code that is refused is said at its field and left out. None: it is not on offer any more."""
    customer, user, on = form.basket.customer, request.user, timezone.localdate()
    try:
        return quote_order(customer, form.wanted, user=user, on=on, code=form.typed_code)
    except CouponRefused as refused:
        form.add_error("code", str(refused))
    except NotAllowed:
        return None
    return quote_order(customer, form.wanted, user=user, on=on)


def _choice(user: User, basket: Basket) -> list[tuple[Customer, str]]:
    """The customers to choose from, each with its address; empty when there is no choice."""
    others = cart.others(user, basket)
    return [(one, _address(basket, one.public_id)) for one in others]


def _address(basket: Basket, customer_key: str) -> str:
    return f"?{urlencode([*(('sku', sku) for sku in basket.skus), ('customer', customer_key)])}"
