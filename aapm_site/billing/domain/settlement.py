"""When an order counts as paid, and when it does so no more. Called under the order's lock."""

from django.db.models import Prefetch, prefetch_related_objects

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import move

from ..models import Invoice, Order, OrderLine
from ..signals import invoice_paid, invoice_reversed
from ..states import OrderStatus
from . import ledger
from .checkout_closing import end_sessions_later

LINES = Prefetch("lines", OrderLine.objects.with_gone())


def settle_order(order: Order, *, by: Actor = None) -> Order:
    """Nothing is owed any more: the order is paid, and the rooms give what was bought, in this transaction."""
    done = move(order, OrderStatus.PAID, by=by, is_locked=True)
    done.invoice.order = done  # who is told of the invoice asks it for its order
    prefetch_related_objects([done], LINES)  # the rooms and the letter ask for them
    invoice_paid.send(sender=Invoice, invoice=done.invoice)
    end_sessions_later(done)
    return done


def settle_order_if_paid(order: Order, *, by: Actor = None) -> Order:
    """Settle the order if it waits and the ledger says that nothing is owed; else the order as it is.

    One that was settled says with `owed` what the ledger said: below zero when too much came.
    """
    if order.is_unpaid and (owed := ledger.amount_owed(order)) <= 0:
        done = settle_order(order, by=by)
        done.owed = owed
        return done
    return order


def reopen_order(order: Order, *, by: Actor, reason: str) -> Order:
    """A payment was taken back by the bank: the order waits again, and the rooms take back what is left unused.

    So does an order that was cancelled or taken back, when what came for it had been sent back already.
    """
    if order.is_unpaid or ledger.amount_owed(order) <= 0:
        return order
    was_paid = order.status == OrderStatus.PAID
    done = move(order, OrderStatus.AWAITING_PAYMENT, by=by, reason=reason, is_locked=True, paid_at=None, closed_at=None)
    done.invoice.order = done
    prefetch_related_objects([done], LINES)
    going = [(line, line.kept) for line in done.lines.all() if line.kept]
    if going and was_paid:
        invoice_reversed.send(sender=Invoice, invoice=done.invoice, lines=going, forced=True)
    return done
