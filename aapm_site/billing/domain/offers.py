"""Offers: orders that are no debt yet. Their invoice is issued when the money comes; else they end by themselves."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.transitions import move

from ..models import BILL_FIELDS, Invoice, Letterhead, Order
from ..states import CardState, ChargeState, OrderStatus
from . import ledger, numbering
from .checkout_closing import end_sessions_later, refuse_while_payment_pending

AT = time(3, 0)  # in the association's zone, in the night after its last day


def issue_invoice(order: Order, bill_to: Mapping[str, str], po_number: str = "") -> Invoice:
    """The invoice over the lines of an order, booked. Under the order's lock, or in the transaction that makes it."""
    on, lines = timezone.localdate(), list(order.lines.all())
    net, tax = (sum((getattr(line, part) for line in lines), Decimal(0)) for part in ("net", "tax"))
    invoice = Invoice.objects.create(
        order=order,
        number=numbering.next_number(numbering.INVOICE, on),
        issued_on=on,
        due_on=_due_on(order),
        currency=order.currency,
        net=net,
        tax=tax,
        total=net + tax,
        po_number=po_number,
        letterhead=Letterhead.current().snapshot(),
        **{name: bill_to.get(name, "") for name in BILL_FIELDS},
    )
    ledger.book_invoice(invoice)
    return invoice


def _due_on(order: Order) -> date:
    """An offer is due on its last day, so that it is never overdue."""
    on = timezone.localdate()
    return max(order.offered_until, on) if order.offered_until else on + timedelta(days=order.customer.net_days)


def take_up_offer(order: Order) -> Order:
    """Money came for it: the offer becomes an order with an invoice, also one that had ended. Under the order's lock.

    An order that has its invoice is handed back as it is.
    """
    if not order.is_offer:
        return order
    done = move(order, OrderStatus.AWAITING_PAYMENT, by=None, is_locked=True, closed_at=None)
    issue_invoice(done, {name: getattr(done.customer, name) for name in BILL_FIELDS})
    return done


@transaction.atomic
def end_offer(order: Order, *, by: Actor, reason: str = "") -> Order:
    """End an offer before its day. NotAllowed while a bank is at work on a payment, and when it is none any more."""
    locked = ledger.lock_order(order)
    refuse_while_payment_pending(locked)
    done = move(locked, OrderStatus.ENDED, by=by, reason=reason, is_locked=True)
    end_sessions_later(done)
    return done


def ended_offers(at: datetime) -> Iterator[DueRow]:
    """Offers whose last day is over, with an invoice or without, on which nothing came and no bank is at work."""
    over = (
        Order.everything.filter(offered_until__lt=timezone.localdate(at), payments=None)
        .filter(status__in=(OrderStatus.OFFERED, OrderStatus.AWAITING_PAYMENT))
        .exclude(card_sessions__state=CardState.PENDING)
        .exclude(kept_charge__state=ChargeState.REQUESTED)
        .select_related("invoice", "customer")
    )
    for order in over.order_by("offered_until", "pk"):
        last = cast(date, order.offered_until)  # by the filter
        yield DueRow(
            key=str(order.pk),
            title=f"End {order} of {order.customer}: nobody paid it",
            at=moment(last + timedelta(days=1), AT),
            url=reverse("admin:billing_customer_change", args=[order.customer_id]),
        )
