"""The demonstration's letterhead and coupon, and orders of other days for the rooms that sell something.

Rows of the past are made directly: the domain always writes today's date.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from aapm_site.core.ids import public_id

from .domain import ledger, numbering
from .models import BILL_FIELDS, Coupon, Customer, Invoice, Letterhead, Order, OrderLine, Payment
from .signals import invoice_paid
from .states import OrderStatus, PayBy, PaymentMethod

LETTERHEAD = {
    "address": "1983 Sample Street, Suite 400\nChicago, IL 60601",
    "email": "billing@demo.example",
    "phone": "(555) 555-0183",
    "website": "painmed.example",
    "tax_id": "00-0000000",
    "check_to": "American Academy of Pain Medicine\n1983 Sample Street, Suite 400\nChicago, IL 60601",
    "bank": "First Sample Bank, Chicago\nRouting number 000000000\nAccount number 0001983001",
    "footer": "Thank you for helping pain medicine find its people.",
    "is_sample": True,
}


def load(say: Callable[[str], None]) -> None:
    """Add what is missing; what staff have changed since stays as they left it."""
    _, is_new = Letterhead.objects.get_or_create(pk=1, defaults=LETTERHEAD)
    Coupon.objects.get_or_create(
        code="WELCOME10",
        defaults={"percent": Decimal(10), "note": "Ten percent off the first order. A sample.", "is_sample": True},
    )
    say(f"Billing: {'a letterhead and a coupon' if is_new else 'nothing to add'}.")


def sample_order(
    customer: Customer,
    lines: Sequence[OrderLine],
    *,
    by: Any,
    on: date,
    po_number: str = "",
    paid_on: date | None = None,
) -> Order:
    """An order by invoice that was placed on a day of the past, and paid by check on another one or not at all."""
    at = timezone.make_aware(datetime.combine(on, time(10, 20)))
    order = Order.objects.create(
        customer=customer,
        placed_by=by,
        pay_by=PayBy.INVOICE,
        checkout_key=public_id(),
        placed_at=at,
        status=OrderStatus.PAID if paid_on else OrderStatus.AWAITING_PAYMENT,
        paid_at=timezone.make_aware(datetime.combine(paid_on, time(14, 5))) if paid_on else None,
    )
    for line in lines:
        line.order = order
        line.save()
    total = sum((line.net + line.tax for line in lines), Decimal(0))
    invoice = Invoice.objects.create(
        order=order,
        number=numbering.next_number(numbering.INVOICE, on),
        issued_on=on,
        issued_at=at,
        due_on=on + timedelta(days=customer.net_days),
        net=sum((line.net for line in lines), Decimal(0)),
        tax=sum((line.tax for line in lines), Decimal(0)),
        total=total,
        po_number=po_number,
        letterhead=Letterhead.current().snapshot(),
        **{name: getattr(customer, name) for name in BILL_FIELDS},
    )
    ledger.book_invoice(invoice)
    if paid_on:
        _pay(order, total, paid_on)
        invoice_paid.send(sender=Invoice, invoice=invoice)
    return order


def _pay(order: Order, amount: Decimal, on: date) -> None:
    payment = Payment.objects.create(
        order=order,
        number=numbering.next_number(numbering.RECEIPT, on),
        method=PaymentMethod.CHECK,
        amount=amount,
        received_on=on,
        reference="Check 20418",
        letterhead=Letterhead.current().snapshot(),
    )
    ledger.book_payment(payment)
