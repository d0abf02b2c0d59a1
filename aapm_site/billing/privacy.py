"""A person's part in the books, for the export of their data and its erasure.

Invoices, receipts and credit notes stay as they were issued, with the name and address on them: the law asks the
Academy to keep them. What goes is everything that leads from there to the person's account.
"""

from typing import Any

from django.apps import apps

from aapm_site.accounts.models import User
from aapm_site.core.money import Money
from aapm_site.core.privacy import PersonalData

from .domain import kept_cards
from .models import (
    BILL_FIELDS,
    CardSession,
    CreditNote,
    Customer,
    KeptCard,
    Order,
    OrderStatusChange,
    Payment,
    Refund,
    RefundStatusChange,
)

MOST_NAMED = 5


def export(user: User) -> dict[str, Any]:
    """The orders that the person placed or owns, with what was paid, and what they decided."""
    orders = Order.everything.filter(placed_by=user) | Order.everything.filter(customer__user=user)
    customer = Customer.objects.filter(user=user).first()
    return {
        "account": {name: getattr(customer, name) for name in ("name", *BILL_FIELDS)} if customer else None,
        "orders": [_order(order) for order in orders.distinct().select_related("invoice").order_by("pk")],
        "kept_cards": [_kept_card(row) for row in KeptCard.objects.filter(customer__user=user).order_by("pk")],
        "decisions": [
            *_steps(OrderStatusChange.objects.filter(by=user)),
            *_steps(RefundStatusChange.objects.filter(by=user)),
        ],
        "recorded": {
            "payments": list(Payment.objects.filter(recorded_by=user).values_list("number", flat=True)),
            "credit_notes": list(CreditNote.objects.filter(issued_by=user).values_list("number", flat=True)),
            "refunds": list(Refund.objects.filter(requested_by=user).values_list("public_id", flat=True)),
        },
    }


def _order(order: Order) -> dict[str, Any]:
    lines = list(order.lines.values("title", "quantity", "unit_price", "discount", "net", "tax"))
    if order.is_offer:
        status = order.get_status_display()
        return {"placed_at": order.placed_at, "status": status, "offered_until": order.offered_until, "lines": lines}
    invoice = order.invoice
    return {
        "invoice": invoice.number,
        "placed_at": order.placed_at,
        "status": order.get_status_display(),
        "total": invoice.total,
        "currency": invoice.currency,
        "purchase_order": invoice.po_number,
        "billed_to": {name: getattr(invoice, name) for name in BILL_FIELDS},
        "lines": lines,
        "payments": list(order.payments.values("number", "method", "amount", "received_on", "reference")),
        "credit_notes": list(invoice.credit_notes.values("number", "issued_on", "total", "reason")),
    }


def _kept_card(row: KeptCard) -> dict[str, Any]:
    """What is known here of a card that the provider keeps, and the payments with it."""
    return {
        "card": row.name,
        "good_until": row.expires_on,
        "state": row.get_state_display(),
        "kept_at": row.kept_at,
        "removed_at": row.gone_at,
        "payments": list(row.charges.values("amount", "currency", "state", "requested_at")),
    }


def _steps(rows: Any) -> list[dict[str, Any]]:
    return [{"from": row.from_status, "to": row.to_status, "at": row.at, "reason": row.reason} for row in rows]


def erase(user: User) -> None:
    """Forget the address for the next invoice, and who ordered, recorded and decided. The papers stay.

    Cards that the provider keeps are removed there by the worker. Changing a customer writes its history anew, so the
    history is cleaned last.
    """
    for kept in KeptCard.objects.filter(customer__user=user):
        kept_cards.remove_card(kept)
    blank = dict.fromkeys(BILL_FIELDS, "") | {"bill_country": "United States"}
    history = apps.get_model("billing.CustomerEvent").objects
    own = list(Customer.objects.filter(user=user).values_list("pk", flat=True))
    Customer.objects.filter(pk__in=own).update(user=None, name="(erased)", note="", **blank)
    if user.email:
        Customer.objects.filter(bill_email__iexact=user.email).update(bill_email="", bill_attention="")
    history.filter(pgh_obj__in=own).update(name="(erased)", note="", **blank)
    if user.email:
        history.filter(bill_email__iexact=user.email).update(bill_email="", bill_attention="")
        CardSession.objects.filter(payer_email__iexact=user.email).update(payer_email="")
        KeptCard.objects.filter(payer_email__iexact=user.email).update(payer_email="")
    Order.everything.filter(placed_by=user).update(placed_by=None)
    Payment.objects.filter(recorded_by=user).update(recorded_by=None)
    CreditNote.objects.filter(issued_by=user).update(issued_by=None)
    Refund.objects.filter(requested_by=user).update(requested_by=None)
    OrderStatusChange.objects.filter(by=user).update(by=None)
    RefundStatusChange.objects.filter(by=user).update(by=None)


def lost(user: User) -> list[str]:
    """The person's own invoices that are still open: they stay owed."""
    mine = Order.objects.filter(customer__user=user).unpaid().with_owed().select_related("invoice")
    return [
        f"Invoice {order} is open, with {Money(order.owed, order.currency)} to pay. Pay or cancel it first; afterwards "
        "only the link in its e-mail leads there."
        for order in mine.order_by("placed_at", "pk")[:MOST_NAMED]
    ]


BILLING = PersonalData(
    "billing",
    (
        "billing.Customer",
        "billing.CustomerEvent",
        "billing.Order",
        "billing.OrderEvent",
        "billing.OrderStatusChange",
        "billing.Invoice",
        "billing.InvoiceEvent",
        "billing.Payment",
        "billing.PaymentEvent",
        "billing.CardSession",
        "billing.KeptCard",
        "billing.CreditNote",
        "billing.CreditNoteEvent",
        "billing.Refund",
        "billing.RefundEvent",
        "billing.RefundStatusChange",
    ),
    export,
    erase,
    order=50,
    lost=lost,
)
