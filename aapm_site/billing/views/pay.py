"""The page of the mail's link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.core.seo import PageMeta

from ..models import Order


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, token: str) -> HttpResponse:
    order = get_object_or_404(Order.objects.select_related("invoice"), pay_token=token)
    return render(request, "billing/pay.html", {"order": order, "meta": PageMeta(f"Invoice {order}", noindex=True)})


@require_safe
def pay_return(request: HttpRequest, token: str) -> HttpResponse:
    return pay(request, token)
