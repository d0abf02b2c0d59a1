"""The documents as PDF, made anew from what was kept when they were issued."""

from functools import lru_cache

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import Order
from ..pdf import PdfDocument, render
from ..presenters import documents
from .orders import own_order
from .pay import order_of

# The same document is the same bytes, and drawing them takes a quarter of a second: whoever reloads it, or asks for the
# head first, waits once. Who may have it is asked each time before.
_drawn = lru_cache(maxsize=32)(render)


def as_pdf(document: PdfDocument, kind: str) -> HttpResponse:
    """The paper as a private response that opens in the browser: not cached, not sniffed, without any right to run."""
    response = HttpResponse(_drawn(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{document.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _invoice(order: Order) -> HttpResponse:
    return as_pdf(documents.invoice_document(order.invoice), "invoice")


def _receipt(order: Order, paper_id: str) -> HttpResponse:
    payment = get_object_or_404(order.payments.select_related("order__invoice"), public_id=paper_id)
    return as_pdf(documents.receipt_document(payment), "receipt")


def _credit_note(order: Order, paper_id: str) -> HttpResponse:
    note = get_object_or_404(order.invoice.credit_notes.select_related("invoice"), public_id=paper_id)
    return as_pdf(documents.credit_note_document(note), "credit-note")


@require_safe
@login_required
def order_invoice(request: HttpRequest, order_id: str) -> HttpResponse:
    return _invoice(own_order(request, order_id))


@require_safe
@login_required
def order_receipt(request: HttpRequest, order_id: str, paper_id: str) -> HttpResponse:
    return _receipt(own_order(request, order_id), paper_id)


@require_safe
@login_required
def order_credit_note(request: HttpRequest, order_id: str, paper_id: str) -> HttpResponse:
    return _credit_note(own_order(request, order_id), paper_id)


@require_safe
def pay_invoice(request: HttpRequest, token: str) -> HttpResponse:
    """The invoice for who holds the mail's link."""
    return _invoice(order_of(token))


@require_safe
def pay_receipt(request: HttpRequest, token: str, paper_id: str) -> HttpResponse:
    """A receipt of the link's own order."""
    return _receipt(order_of(token), paper_id)


@require_safe
def pay_credit_note(request: HttpRequest, token: str, paper_id: str) -> HttpResponse:
    """A credit note of the link's own order."""
    return _credit_note(order_of(token), paper_id)
