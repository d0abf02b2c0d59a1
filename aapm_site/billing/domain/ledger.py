"""Writing the ledger. Only this module adds entries, always in the transaction of what they book."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone

from ..models import CreditNote, Entry, Invoice, Order, Payment, Refund
from ..states import EntryKind


def lock_order(order: Order) -> Order:
    """The order, locked until the transaction ends: everything that changes what is owed on it begins here."""
    return _locking().get(pk=order.pk)


def lock_order_where(**known: Any) -> Order | None:
    """The one order of which this is known, locked; None when there is none."""
    return _locking().filter(**known).first()


def _locking() -> QuerySet[Order]:
    return Order.everything.select_related("invoice", "customer", "placed_by").select_for_update(of=("self",))


def amount_owed(order: Order) -> Decimal:
    """What is still to be paid on an order; below zero when too much came."""
    return Entry.objects.filter(order=order).owed()


def amount_to_pay(order: Order) -> Decimal:
    """What a payment would be over: what is owed, or what an offer comes to."""
    if order.is_offer:
        return sum((line.total for line in order.lines.all()), Decimal(0))
    return amount_owed(order)


def book_invoice(invoice: Invoice) -> Entry:
    return _book(
        EntryKind.INVOICE, invoice.order, invoice.pk, invoice.total, invoice.issued_on, invoice.tax, invoice=invoice
    )


def book_credit_note(note: CreditNote) -> Entry:
    order = note.invoice.order
    return _book(EntryKind.CREDIT_NOTE, order, note.pk, note.total, note.issued_on, note.tax, credit_note=note)


def book_payment(payment: Payment) -> Entry:
    return _book(
        EntryKind.PAYMENT, payment.order, payment.pk, payment.amount, payment.received_on, payment=payment,
        method=payment.method,
    )  # fmt: skip


def book_many(invoices: Sequence[Invoice], payments: Sequence[Payment]) -> None:
    """Book papers that were made by one statement, by one statement. Their orders are read already."""
    billed = [
        _entry(EntryKind.INVOICE, one.order, one.pk, one.total, one.issued_on, one.tax, invoice=one) for one in invoices
    ]
    paid = [
        _entry(EntryKind.PAYMENT, one.order, one.pk, one.amount, one.received_on, payment=one, method=one.method)
        for one in payments
    ]
    Entry.objects.bulk_create([*billed, *paid])


def book_refund(refund: Refund) -> Entry:
    """A refund is booked when it is done; a later try of one that had failed is booked again."""
    day = cast(date, refund.refunded_on)  # what is done has its day
    return _book(
        EntryKind.REFUND, refund.payment.order, f"{refund.pk}-{refund.attempt}", refund.amount, day, refund=refund,
        method=refund.method,
    )  # fmt: skip


def book_refund_failed(refund: Refund) -> Entry:
    """The bank sent back what had been booked as done."""
    return _book(
        EntryKind.REFUND_FAILED, refund.payment.order, f"{refund.pk}-{refund.attempt}", refund.amount,
        timezone.localdate(), refund=refund, method=refund.method,
    )  # fmt: skip


def _book(
    kind: EntryKind,
    order: Order,
    paper: int | str,
    amount: Decimal,
    on: date,
    tax: Decimal = Decimal(0),
    **papers: Any,
) -> Entry:
    entry = _entry(kind, order, paper, amount, on, tax, **papers)
    entry.save(force_insert=True)
    return entry


def _entry(
    kind: EntryKind,
    order: Order,
    paper: int | str,
    amount: Decimal,
    on: date,
    tax: Decimal = Decimal(0),
    **papers: Any,
) -> Entry:
    return Entry(
        key=f"{kind.value}-{paper}",
        kind=kind,
        customer_id=order.customer_id,
        order=order,
        amount=amount,
        tax=tax,
        currency=order.currency,
        booked_on=on,
        **papers,
    )
