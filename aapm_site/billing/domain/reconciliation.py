"""Checking the books: the ledger against the documents, order by order, to the cent."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Model, Sum

from ..models import Counter, CreditNote, Entry, Invoice, Order, Payment, Refund
from ..rules import ZERO
from ..states import OFFERS, EntryKind, OrderStatus, RefundStatus


def find_faults() -> Iterator[str]:
    """What does not fit, a sentence each; nothing when the books balance."""
    yield from _sums()
    yield from _orders()
    yield from _offers()
    yield from _numbers()


def _sums() -> Iterator[str]:
    """What was issued, paid and sent back stands in the ledger, and nothing else does."""
    booked: dict[str, Decimal] = dict(Entry.objects.order_by().values_list("kind").annotate(booked=Sum("amount")))
    done = Refund.objects.filter(status=RefundStatus.DONE).aggregate(sum=Sum("amount", default=ZERO))["sum"]
    gone = booked.get(EntryKind.REFUND, ZERO) - booked.get(EntryKind.REFUND_FAILED, ZERO)
    pairs = (
        ("invoices", _total(Invoice), booked.get(EntryKind.INVOICE, ZERO)),
        ("credit notes", _total(CreditNote), booked.get(EntryKind.CREDIT_NOTE, ZERO)),
        ("payments", _total(Payment, "amount"), booked.get(EntryKind.PAYMENT, ZERO)),
        ("refunds", done, gone),
    )
    for name, papers, ledger in pairs:
        if papers != ledger:
            yield f"The {name} come to {papers}, the ledger says {ledger}."


def _total(model: type[Model], field: str = "total") -> Decimal:
    return model._default_manager.aggregate(sum=Sum(field, default=ZERO))["sum"]


def _orders() -> Iterator[str]:
    """A waiting order owes something, one that is over owes nothing; an invoice is the sum of its lines."""
    for order in Order.objects.with_owed().select_related("invoice").iterator(chunk_size=1_000):
        if order.status == OrderStatus.AWAITING_PAYMENT and order.owed <= 0:
            yield f"Order {order} waits for payment, and nothing is owed on it."
        if order.status != OrderStatus.AWAITING_PAYMENT and order.owed > 0:
            yield f"Order {order} is {order.get_status_display().lower()}, and {order.owed} are owed on it."
    lines = Order.objects.annotate(net=Sum("lines__net", default=ZERO), tax=Sum("lines__tax", default=ZERO))
    for order in lines.select_related("invoice").iterator(chunk_size=1_000):
        if (order.net, order.tax) != (order.invoice.net, order.invoice.tax):
            yield f"Invoice {order.invoice} is not the sum of its lines."


def _offers() -> Iterator[str]:
    """Nothing is booked on an offer."""
    booked = Order.everything.filter(status__in=OFFERS, entries__isnull=False) | Order.everything.filter(
        status__in=OFFERS, invoice__isnull=False
    )
    for order in booked.distinct():
        yield f"The {order} has no invoice, and something is booked on it."


def _numbers() -> Iterator[str]:
    """Each series counts as many papers as its last number says."""
    for model in (Invoice, CreditNote, Payment):
        found: dict[str, int] = {}
        for number in model.objects.values_list("number", flat=True).iterator(chunk_size=5_000):
            series = number.rpartition("-")[0]
            found[series] = found.get(series, 0) + 1
        for series, last in Counter.objects.filter(series__in=found).values_list("series", "last"):
            if found[series] != last:
                yield f"Series {series} has {found[series]} numbers and counts to {last}."


def count_entries() -> int:
    """How many entries the ledger has."""
    return Entry.objects.count()
