"""The orders of the customers for whom somebody may buy."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.core.seo import PageMeta

from ..models import Order


def own_order(request: HttpRequest, order_id: str) -> Order:
    """An order of a customer for whom the person may buy; everybody else's is a 404."""
    order = Order.objects.for_user(request.user).select_related("invoice", "customer").filter(public_id=order_id)
    if found := order.first():
        return found
    raise Http404


@require_safe
@login_required
def order_list(request: HttpRequest) -> HttpResponse:
    orders = Order.objects.for_user(request.user).select_related("invoice")
    return render(
        request, "billing/orders.html", {"orders": orders[:20], "meta": PageMeta("Orders and invoices", noindex=True)}
    )


@require_safe
@login_required
def order_detail(request: HttpRequest, order_id: str) -> HttpResponse:
    order = own_order(request, order_id)
    return render(request, "billing/order.html", {"order": order, "meta": PageMeta(f"Order {order}", noindex=True)})


@require_POST
@login_required
def order_pay(request: HttpRequest, order_id: str) -> HttpResponse:
    return redirect(own_order(request, order_id))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def order_cancel(request: HttpRequest, order_id: str) -> HttpResponse:
    return redirect(own_order(request, order_id))
