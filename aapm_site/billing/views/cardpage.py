"""On the way to the page of the card provider."""

import functools
from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from aapm_site.core.seo import PageMeta

from ..models import Order
from ..presenters.document_links import document_links
from ..presenters.order import OrderPage

View = Callable[..., HttpResponseBase]


class SeeOther(HttpResponseRedirect):
    """To another address by GET, whatever the method was."""

    status_code = 303


def order_context(request: HttpRequest, order: Order, *, by_link: bool = False) -> dict[str, Any]:
    """What a page shows from which an order is paid: the buyer's own, and that of the mail's link."""
    page = OrderPage(order)
    return {
        "page": page,
        "documents": list(document_links(page, by_link=by_link)),
        "order": order,
        "invoice": order.invoice,
        "card_payments": settings.CARD_PAYMENTS,
        "came_back": request.GET.get("card") == "left",
    }


def offer_page(request: HttpRequest, order: Order, *, action: str) -> HttpResponse:
    """What is offered, until when, and the button that pays it. `action` is where that one leads."""
    page = OrderPage(order)
    context = {
        "page": page,
        "order": order,
        "action": action,
        "card_payments": settings.CARD_PAYMENTS,
        "came_back": request.GET.get("card") == "left",
        "by_invoice": page.lines[0].sku if request.user.is_authenticated else "",
        "meta": PageMeta(page.lines[0].title, noindex=True),
    }
    return render(request, "billing/offer.html", context)


def leads_to_card_page(view: View) -> View:
    """Browsers follow a form only where the page's policy says: let this page's forms lead to the provider."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.STRIPE_CHECKOUT_ORIGIN:
            return view(request, *args, **kwargs)
        return csp_update({"form-action": [settings.STRIPE_CHECKOUT_ORIGIN]})(view)(request, *args, **kwargs)

    return checked
