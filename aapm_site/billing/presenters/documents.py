"""The documents as they are printed, from the copies that were made when they were issued."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils import dateformat

from ..models import CreditNote, Entry, Invoice, Order, OrderLine, Payment
from ..pdf import Note, PdfDocument, PrintedLine, Sum
from ..rules import ZERO, with_number
from ..states import CAME_BACK, EntryKind, OrderStatus, RefundMethod, RefundStatus


def day(on: date) -> str:
    return dateformat.format(on, "F j, Y")


def invoice_document(invoice: Invoice) -> PdfDocument:
    """The invoice. Its mark says when it is paid or was taken back; everything else is as it was issued."""
    order = invoice.order
    lines = list(order.lines.all())
    facts = [("Date", day(invoice.issued_on)), ("Due", _due(invoice))]
    if invoice.po_number:
        facts.append(("Purchase order", invoice.po_number))
    entries = list(order.entries.all())
    return PdfDocument(
        heading="Invoice",
        number=invoice.number,
        facts=tuple(facts),
        seller=tuple(invoice.letterhead["lines"]),
        bill_to=invoice.bill_lines,
        lines=tuple(_printed(line) for line in lines),
        sums=(*_sums(invoice, lines, order), *_settled(invoice, entries)),
        currency=invoice.currency,
        notes=_how_to_pay(invoice) if order.is_unpaid else _footer(invoice.letterhead),
        mark=_mark(invoice.letterhead, order),
    )


def receipt_document(payment: Payment) -> PdfDocument:
    """What came, how and when, and for which invoice."""
    order, invoice = payment.order, payment.order.invoice
    facts = [("Received", day(payment.received_on)), ("Invoice", invoice.number), ("Paid by", _how(payment))]
    if invoice.po_number:
        facts.append(("Purchase order", invoice.po_number))
    return PdfDocument(
        heading="Receipt",
        number=payment.number,
        facts=tuple(facts),
        seller=tuple(payment.letterhead["lines"]),
        bill_to=invoice.bill_lines,
        lines=tuple(_printed(line) for line in order.lines.all()),
        sums=_received(payment),
        currency=payment.currency,
        notes=_footer(payment.letterhead),
        mark=_taken_out(payment) or _sample(payment.letterhead),
    )


def _taken_out(payment: Payment) -> str:
    """What stands across the receipt of a payment that was none in the end."""
    gone = payment.refunds.filter(method__in=CAME_BACK, status=RefundStatus.DONE).order_by("-pk").first()
    if gone is None:
        return ""
    return "Void" if gone.method == RefundMethod.MISTAKE else "Returned"


def _received(payment: Payment) -> tuple[Sum, ...]:
    """How the account stood with this payment: what was booked later does not change its receipt."""
    order = payment.order
    entries = list(order.entries.order_by("pk"))
    here = next(place for place, entry in enumerate(entries) if entry.payment_id == payment.pk)
    credited, before = _of(entries[:here], EntryKind.CREDIT_NOTE), _paid(entries[:here])
    left = order.invoice.total - credited - before - payment.amount
    rows = [Sum("Invoice total", order.invoice.total)]
    rows += [Sum("Credited", -credited)] if credited else []
    rows += [Sum("Paid before", before)] if before else []
    rows.append(Sum("Received", payment.amount, strong=True))
    return (*rows, Sum("Held for you", -left) if left < 0 else Sum("Still to pay", left))


def credit_note_document(note: CreditNote) -> PdfDocument:
    """What is taken back of an invoice, and why."""
    lines = [
        PrintedLine(
            title=row.order_line.title,
            quantity=row.quantity or 1,
            unit_price=row.net / (row.quantity or 1),
            discount=ZERO,
            tax_rate=row.order_line.tax_rate,
            total=row.net,
            note="" if row.quantity else "An allowance on the price",
        )
        for row in note.lines.select_related("order_line")
    ]
    tax = (Sum("Net", note.net), Sum("Tax", note.tax)) if note.tax else ()
    return PdfDocument(
        heading="Credit note",
        number=note.number,
        facts=(("Date", day(note.issued_on)), ("For invoice", note.invoice.number)),
        seller=tuple(note.letterhead["lines"]),
        bill_to=note.invoice.bill_lines,
        lines=tuple(lines),
        sums=(*tax, Sum("Credited", note.total, strong=True)),
        currency=note.currency,
        notes=(Note("Reason", (note.reason,)), *_footer(note.letterhead)),
        mark=_sample(note.letterhead),
    )


def _printed(line: OrderLine) -> PrintedLine:
    """The line before discount and tax, which stand below the table as on every page and in every letter."""
    return PrintedLine(
        title=line.title,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=ZERO,
        tax_rate=line.tax_rate,
        total=line.unit_price * line.quantity,
        note=line.details.get("note", ""),
    )


def _sums(invoice: Invoice, lines: Iterable[OrderLine], order: Order) -> tuple[Sum, ...]:
    found = []
    if discount := sum((line.discount for line in lines), ZERO):
        code = f", code {order.coupon.code}" if order.coupon_id else ""
        found.append(Sum(f"Discount{code}", -discount))
    if invoice.tax:
        found += [Sum("Net", invoice.net), Sum("Tax", invoice.tax)]
    return (*found, Sum("Total", invoice.total, strong=True))


def _settled(invoice: Invoice, entries: Iterable[Entry]) -> tuple[Sum, ...]:
    """What was paid and credited since, and what is left, once there is anything to say."""
    credited, paid = _of(entries, EntryKind.CREDIT_NOTE), _paid(entries)
    if not paid and not credited:
        return ()
    rows = [Sum("Credited", credited)] if credited else []
    rows += [Sum("Paid", paid)] if paid else []
    return (*rows, Sum("Still to pay", max(invoice.total - credited - paid, ZERO), strong=True))


def _of(entries: Iterable[Entry], kind: EntryKind) -> Decimal:
    return sum((entry.amount for entry in entries if entry.kind == kind), ZERO)


def _paid(entries: Iterable[Entry]) -> Decimal:
    """What came and did not go back."""
    return _of(entries, EntryKind.PAYMENT) - _of(entries, EntryKind.REFUND) + _of(entries, EntryKind.REFUND_FAILED)


def _due(invoice: Invoice) -> str:
    return "On receipt" if invoice.due_on == invoice.issued_on else day(invoice.due_on)


def _how(payment: Payment) -> str:
    return with_number(payment.get_method_display(), payment.reference)


def _how_to_pay(invoice: Invoice) -> tuple[Note, ...]:
    head = invoice.letterhead
    notes = []
    if head.get("check_to"):
        notes.append(Note("By check", (*head["check_to"], f"Please write {invoice.number} on it.")))
    if head.get("bank"):
        notes.append(Note("By bank transfer", (*head["bank"], f"Reference: {invoice.number}")))
    return (*notes, *_footer(head))


def _footer(letterhead: dict) -> tuple[Note, ...]:
    return (Note("", (letterhead["footer"],)),) if letterhead.get("footer") else ()


def _mark(letterhead: dict, order: Order) -> str:
    words: dict[str, str] = {
        OrderStatus.PAID: "Paid",
        OrderStatus.CANCELLED: "Cancelled",
        OrderStatus.REVERSED: "Taken back",
    }
    return words.get(order.status, "") or _sample(letterhead)


def _sample(letterhead: dict) -> str:
    return "Sample" if letterhead.get("is_sample") else ""
