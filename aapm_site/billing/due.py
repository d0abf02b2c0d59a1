"""What billing does by the clock, and what waits for the finance office on the staff's front page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.admin.home import StaffAlert, StaffQueue, StaffTask
from aapm_site.core.background.due import DueWork

from .domain import offers, orders, reminders
from .models import Order, ProviderEvent, Refund
from .queries import aging
from .states import OrderStatus, RefundStatus

INVOICE_OVERDUE = DueWork(
    "invoice-overdue",
    "Remind of an open invoice",
    reminders.due_reminders,
    reminders.send_reminder,
    permission="billing.view_order",
    order=40,
)
OFFERS_ENDED = DueWork(
    "offer-ended",
    "End an offer that nobody paid",
    offers.ended_offers,
    orders.end_due_offer,
    permission="billing.view_order",
    order=42,
)
CARD_ABANDONED = DueWork(
    "card-order-abandoned",
    "Cancel an order that nobody paid by card",
    reminders.abandoned_orders,
    reminders.cancel_abandoned_order,
    permission="billing.view_order",
    order=41,
)


def _waiting() -> str:
    return f"{reverse('admin:billing_order_changelist')}?status__exact={OrderStatus.AWAITING_PAYMENT}"


OVERDUE = StaffQueue(
    "overdue-invoices",
    "Invoices overdue",
    "See who owes",
    "billing.view_order",
    lambda user: aging.overdue(timezone.localdate()),
    "invoice__due_on",
    lambda: f"{reverse('admin:billing_order_changelist')}?age=overdue",
    order=70,
)

TASKS = (
    StaffTask(
        "open-invoices",
        "Open invoices by age",
        lambda: reverse("admin:billing_aging"),
        "billing.view_order",
        "Who owes what, and for how long.",
        counted="overdue",
        queue="overdue-invoices",
        order=70,
    ),
    StaffTask(
        "record-payment",
        "Record a payment",
        _waiting,
        "billing.record_payment",
        "Find the invoice by its number, the customer or the purchase order.",
        order=71,
    ),
    StaffTask(
        "ledger",
        "Ledger and reports",
        lambda: reverse("admin:billing_ledger"),
        "billing.see_reports",
        "What was sold, paid and sent back in a month or a year.",
        order=72,
    ),
)


def stuck_refunds() -> Any:
    """Refunds that failed while the money is still here: nobody has sent it another way since."""
    overpaid = Order.objects.overpaid().values("pk")
    return Refund.objects.filter(status=RefundStatus.FAILED, payment__order__in=overpaid)


def _look(user: Visitor) -> tuple[str, str, str] | None:
    """The card provider said something that fits nothing here."""
    if not user.has_perm("billing.view_providerevent"):
        return None
    count = ProviderEvent.objects.filter(needs_a_look=True).count()
    if not count:
        return None
    words = "One message of the card provider needs" if count == 1 else f"{count} messages of the card provider need"
    address = f"{reverse('admin:billing_providerevent_changelist')}?needs_a_look__exact=1"
    return f"{words} a look.", "Read what was told", address


def _refunds(user: Visitor) -> tuple[str, str, str] | None:
    if not user.has_perm("billing.view_refund"):
        return None
    count = stuck_refunds().count()
    if not count:
        return None
    words = "One refund" if count == 1 else f"{count} refunds"
    address = f"{reverse('admin:billing_refund_changelist')}?status__exact={RefundStatus.FAILED}"
    return f"{words} did not reach the customer.", "Try again, or send the money by check", address


NOTES = (
    StaffAlert("card-provider", _look, order=40),
    StaffAlert("failed-refunds", _refunds, order=41),
)
