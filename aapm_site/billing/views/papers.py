"""The documents as PDF."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .orders import own_order


@require_safe
@login_required
def order_invoice(request: HttpRequest, order_id: str) -> HttpResponse:
    own_order(request, order_id)
    raise Http404


@require_safe
@login_required
def order_receipt(request: HttpRequest, order_id: str, paper_id: str) -> HttpResponse:
    own_order(request, order_id)
    raise Http404


@require_safe
@login_required
def order_credit_note(request: HttpRequest, order_id: str, paper_id: str) -> HttpResponse:
    own_order(request, order_id)
    raise Http404


@require_safe
def pay_invoice(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404
