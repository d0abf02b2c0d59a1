"""Timed work: reminders of what is overdue, and card orders that nobody came back to.

Asked of dates and of the reminders already written, so that a run which was missed is caught up and one that is
repeated sends nothing twice. After a standstill only the latest step is sent.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment, open_steps
from aapm_site.core.money import Money
from aapm_site.core.transitions import NotAllowed

from ..models import InvoiceReminder, Order
from ..states import CardState, PayBy
from . import ledger, notifications, orders

STEPS = (7, 14, 30)  # days overdue
ABANDONED_AFTER = timedelta(days=14)
AT = time(9, 0)  # in the association's zone
GONE = "Not paid by card within fourteen days."


def due_reminders(at: datetime) -> Iterator[DueRow]:
    """The next step of each invoice that is unpaid, as far as it is due by `at` and no later step is."""
    reached = min(at, timezone.now())
    for order in _unpaid(at):
        sent = {reminder.days for reminder in order.invoice.reminders.all()}
        steps = [(days, moment(order.invoice.due_on + timedelta(days=days), AT)) for days in STEPS]
        for days, when in open_steps(steps, sent=sent, at=at, reached=reached):
            yield DueRow(
                key=f"{order.pk}:{days}",
                title=f"Remind {order.customer} of invoice {order.invoice.number}, {days} days overdue: "
                f"{Money(order.owed, order.currency)}",
                at=when,
                url=reverse("admin:billing_order_change", args=[order.pk]),
            )


def _unpaid(at: datetime) -> Iterator[Order]:
    day = timezone.localdate(at) - timedelta(days=STEPS[0])
    waiting = Order.objects.unpaid().filter(offered_until=None, invoice__due_on__lte=day).owing()
    return iter(
        waiting.select_related("invoice", "customer")
        .prefetch_related("invoice__reminders")
        .order_by("invoice__due_on", "pk")
    )


@transaction.atomic
def send_reminder(key: str) -> None:
    """Queue one reminder, unless it was sent or nothing is owed any more. Safe to repeat and to race."""
    number, _, days = key.partition(":")
    if not (number.isascii() and number.isdigit() and days in {str(step) for step in STEPS}):
        return
    if not Order.objects.filter(pk=number).exists():
        return
    locked = ledger.lock_order(Order(pk=int(number)))
    owed = ledger.amount_owed(locked)
    if not locked.is_unpaid or locked.offered_until or owed <= 0:
        return
    _, is_new = InvoiceReminder.objects.get_or_create(invoice=locked.invoice, days=int(days))
    if is_new:
        notifications.reminder(locked.invoice, int(days), owed)


def abandoned_orders(at: datetime) -> Iterator[DueRow]:
    """Orders to be paid by card on which nothing came for two weeks and no bank is at work."""
    left = (
        Order.objects.unpaid()
        .filter(pay_by=PayBy.CARD, placed_at__lte=at - ABANDONED_AFTER, payments=None, offered_until=None)
        .filter(invoice__due_on__lt=timezone.localdate(at))
        .exclude(card_sessions__state=CardState.PENDING)
        .select_related("invoice", "customer")
    )
    for order in left.order_by("placed_at", "pk"):
        yield DueRow(
            key=str(order.pk),
            title=f"Cancel order {order} of {order.customer}: {GONE[0].lower()}{GONE[1:]}",
            at=max(order.placed_at + ABANDONED_AFTER, moment(order.invoice.due_on + timedelta(days=1), AT)),
            url=reverse("admin:billing_order_change", args=[order.pk]),
        )


def cancel_abandoned_order(key: str) -> None:
    """Cancel one of them with a credit note, if it is still so. Safe to repeat and to race."""
    order = Order.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if order is None or str(order.pk) not in {row.key for row in abandoned_orders(timezone.now())}:
        return
    try:
        orders.cancel_order(order, by=None, reason=GONE)
    except NotAllowed:
        return  # somebody has paid or cancelled it meanwhile
