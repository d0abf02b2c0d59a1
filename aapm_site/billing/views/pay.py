"""The page of the mail's link: whoever has it may look at the invoice and pay it, and nothing else."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.core.association import association
from aapm_site.core.seo import PageMeta

from ..domain import checkout_sessions
from ..models import Letterhead, Order
from ..presenters.card_return import card_return_of
from ..presenters.document_links import document_links
from ..presenters.order import OrderPage
from .cardpage import SeeOther, leads_to_card_page, offer_page, order_context

View = Callable[..., HttpResponse]


def order_of(token: str) -> Order:
    return get_object_or_404(Order.objects.with_owed().select_related("invoice", "customer"), pay_token=token)


def order_or_offer_of(token: str) -> Order:
    return get_object_or_404(Order.everything.with_owed().select_related("invoice", "customer"), pay_token=token)


def _is_buyer(request: HttpRequest, order: Order) -> bool:
    """Whether who holds the link may see the order in an account too."""
    return request.user.is_authenticated and Order.everything.for_user(request.user).filter(pk=order.pk).exists()


def by_link(view: View) -> View:
    """Nobody keeps or lists the page: its address is the key. The site's own policy keeps it from other sites too.

    A stricter one (no-referrer) would make browsers send the page's own form with the origin "null".
    """

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return cache_control(private=True, no_store=True)(checked)


@require_http_methods(["GET", "HEAD", "POST"])
@leads_to_card_page
@by_link
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """The invoice's essentials, or those of an offer; the button opens the card page."""
    order = order_or_offer_of(token)
    if request.method == "POST":
        return _start(request, order)
    is_buyer = _is_buyer(request, order)
    if request.GET.get("card") == "left" and is_buyer:
        return redirect(f"{order.get_absolute_url()}?card=left")
    if order.is_offer:
        return offer_page(request, order, action=request.path)
    context = {
        **order_context(request, order, by_link=True),
        "is_buyer": is_buyer,
        "seller": (seller := association()),
        "email": Letterhead.current().email_of(seller),
        "meta": PageMeta(f"Invoice {order}", noindex=True),
    }
    return render(request, "billing/pay.html", context)


def _start(request: HttpRequest, order: Order) -> HttpResponse:
    """The holder of the link is not told the buyer's address, so the provider asks for one itself."""
    try:
        return SeeOther(checkout_sessions.start_session(order, email=""))
    except checkout_sessions.CannotPay as cannot:
        messages.warning(request, str(cannot))
        return redirect("billing:pay", order.pay_token)


@require_safe
@by_link
def pay_return(request: HttpRequest, token: str) -> HttpResponse:
    """Back from the card page: says what is known, and marks nothing. Only the provider's own message does."""
    order = order_or_offer_of(token)
    page, is_buyer = OrderPage(order), _is_buyer(request, order)
    context = {
        "page": page,
        "told": card_return_of(page, is_buyer=is_buyer, here=request.path),
        "documents": [] if page.is_open or order.is_offer else list(document_links(page, by_link=True)),
        "order": order,
        "invoice": None if order.is_offer else order.invoice,
        "is_buyer": is_buyer,
        "meta": PageMeta("Your payment", noindex=True),
    }
    return render(request, "billing/pay_return.html", context)
