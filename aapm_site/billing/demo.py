"""The demonstration's letterhead and coupon, and orders of other days for the rooms that sell something.

Rows of the past are made directly: the domain always writes today's date.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from aapm_site.core.ids import public_id

from .domain import ledger, numbering
from .models import BILL_FIELDS, Coupon, Customer, Invoice, KeptCard, Letterhead, Order, OrderLine, Payment
from .signals import invoice_paid
from .standin.protocol import GOOD_CARD
from .standin.store import CacheStore
from .states import KeptCardState, OrderStatus, PayBy, PaymentMethod

LETTERHEAD = {
    "email": "billing@demo.example",
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


@dataclass(frozen=True)
class SampleSale:
    """One line that a customer ordered and paid on a day of the past; the line is not stored yet."""

    customer: Customer
    line: OrderLine
    on: date
    method: PaymentMethod = PaymentMethod.CHECK


def sample_sales(sales: Sequence[SampleSale]) -> None:
    """Many such orders, each paid by invoice on its day, with invoice, receipt and ledger.

    Two statements a year for the numbers, one a table for the rest. No room is told; call it in `core.bulk.in_bulk`.
    """
    ordered = sorted(sales, key=lambda sale: sale.on)
    letterhead = Letterhead.current().snapshot()
    orders = Order.objects.bulk_create(_sold(sale) for sale in ordered)
    for sale, order in zip(ordered, orders, strict=True):
        sale.line.order = order
    OrderLine.objects.bulk_create(sale.line for sale in ordered)
    invoices = Invoice.objects.bulk_create(
        Invoice(
            order=order,
            number=number,
            issued_on=sale.on,
            issued_at=order.placed_at,
            due_on=sale.on,
            net=sale.line.net,
            tax=sale.line.tax,
            total=sale.line.total,
            letterhead=letterhead,
            **{name: getattr(sale.customer, name) for name in BILL_FIELDS},
        )
        for sale, order, number in zip(ordered, orders, _numbers(numbering.INVOICE, ordered), strict=True)
    )
    payments = Payment.objects.bulk_create(
        Payment(
            order=order,
            number=number,
            method=sale.method,
            amount=sale.line.total,
            received_on=sale.on,
            recorded_at=order.paid_at,
            letterhead=letterhead,
        )
        for sale, order, number in zip(ordered, orders, _numbers(numbering.RECEIPT, ordered), strict=True)
    )
    ledger.book_many(invoices, payments)


def _sold(sale: SampleSale) -> Order:
    at = timezone.make_aware(datetime.combine(sale.on, time(10, 20)))
    return Order(
        customer=sale.customer,
        placed_by=sale.customer.user,
        pay_by=PayBy.INVOICE,
        checkout_key=public_id(),
        placed_at=at,
        status=OrderStatus.PAID,
        paid_at=at + timedelta(hours=3),
    )


def _numbers(prefix: str, ordered: Sequence[SampleSale]) -> list[str]:
    """The numbers of papers in the order of their days, each in the series of its year."""
    years = Counter(sale.on.year for sale in ordered)
    found: list[str] = []
    for year, count in sorted(years.items()):
        found += numbering.next_numbers(prefix, date(year, 1, 1), count)
    return found


def sample_card(customer: Customer, at: datetime) -> KeptCard:
    """A card that the stand-in of the card provider keeps since a moment of the past, and with which it can be paid."""
    name, last4, until = public_id(), GOOD_CARD, timezone.localdate() + timedelta(days=900)
    card = {"brand": "visa", "last4": last4, "exp_month": until.month, "exp_year": until.year}
    method = {"id": f"pm_{name}", "object": "payment_method", "customer": f"cus_{name}", "card": card}
    store = CacheStore()
    with store.locked():
        store.put(f"payment_method:{method['id']}", method)
        store.put(f"customer:cus_{name}", {"id": f"cus_{name}", "methods": [method["id"]], "charges": []})
    return KeptCard.objects.create(
        customer=customer,
        state=KeptCardState.KEPT,
        success_path="/membership/mine/",
        cancel_path="/membership/mine/",
        expires_at=at + timedelta(hours=1),
        provider_customer=f"cus_{name}",
        provider_method=f"pm_{name}",
        brand="visa",
        last4=last4,
        expires_on=until,
        opened_at=at,
        kept_at=at,
    )


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
