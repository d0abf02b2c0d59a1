"""Taking back what was invoiced: whole pieces, which the rooms take back too, or an allowance on the price."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor, move

from ..models import CreditNote, CreditNoteLine, Invoice, Letterhead, Order, OrderLine
from ..pdf import unprintable
from ..rules import ZERO, Amounts, part_of, spread, without_tax
from ..signals import invoice_reversed
from ..states import OrderStatus
from . import ledger, notifications, numbering, settlement
from .checkout_closing import end_sessions_later, refuse_while_payment_pending


@dataclass(frozen=True)
class LineRemainder:
    """What of a line is still sold: its pieces, and the amounts that no credit note has taken back."""

    line: OrderLine
    quantity: int
    net: Decimal
    tax: Decimal

    @property
    def total(self) -> Decimal:
        return self.net + self.tax


def credited_amount(order: Order) -> Decimal:
    """What credit notes took back of an order so far."""
    return CreditNote.objects.filter(invoice__order=order).aggregate(sum=Sum("total", default=ZERO))["sum"]


def remainders_of(order: Order) -> list[LineRemainder]:
    """Each line of an order with what is still sold of it."""
    lines = order.lines.annotate(  # type: ignore[no-redef]  # the plugin makes a type of the annotations
        gone=Sum("credited__quantity", default=0),
        gone_net=Sum("credited__net", default=ZERO),
        gone_tax=Sum("credited__tax", default=ZERO),
    )
    return [
        LineRemainder(line, line.quantity - line.gone, line.net - line.gone_net, line.tax - line.gone_tax)
        for line in lines.order_by("pk")
    ]


@transaction.atomic
def issue_credit_note(
    order: Order, *, by: Actor, reason: str, pieces: Mapping[int, int] | None = None, allowance: Decimal = ZERO
) -> CreditNote:
    """Issue a credit note: `pieces` says how many of each line (by its key) go back, `allowance` what is let off.

    The rooms take back the pieces of a paid order and may refuse with NotAllowed, which undoes everything. When
    nothing is sold any more, the order is cancelled, or taken back if it was paid; when nothing is owed, it is paid.
    """
    check_reason(reason)
    locked = ledger.lock_order(order)
    wanted = {number: count for number, count in (pieces or {}).items() if count}
    before = remainders_of(locked)
    parts = _parts(before, wanted, allowance)
    note = _issue(locked.invoice, parts, by=by, reason=reason.strip())
    going = [(left.line, wanted[left.line.pk]) for left in before if left.line.pk in wanted]
    if going and not locked.is_unpaid:
        invoice_reversed.send(sender=Invoice, invoice=locked.invoice, lines=going, forced=False)
    _follow(locked, before, wanted, by=by, reason=reason)
    notifications.credited(note)
    return note


def _follow(order: Order, before: list[LineRemainder], wanted: Mapping[int, int], *, by: Actor, reason: str) -> None:
    """The order's status after the credit note."""
    if all(left.quantity == wanted.get(left.line.pk, 0) for left in before):
        if order.status in {OrderStatus.AWAITING_PAYMENT, OrderStatus.PAID}:
            refuse_while_payment_pending(order)
            gone = OrderStatus.CANCELLED if order.is_unpaid else OrderStatus.REVERSED
            end_sessions_later(move(order, gone, by=by, reason=reason, is_locked=True))
    else:
        now = settlement.settle_order_if_paid(order, by=by)
        if now.is_unpaid:
            end_sessions_later(now)  # they are over another amount than what is owed now


def issue_credit_note_for_rest(order: Order, *, by: Actor, reason: str) -> CreditNote:
    """A credit note over all that is still sold. Call it under the order's lock."""
    return _issue(
        order.invoice,
        [(left.line, left.quantity, Amounts(ZERO, left.net, left.tax)) for left in remainders_of(order)],
        by=by,
        reason=reason,
    )


def check_reason(reason: str) -> None:
    """NotAllowed unless there is one that the credit note can print."""
    if not reason.strip():
        raise NotAllowed("Please give a reason; it stands on the credit note.")
    if left := unprintable(reason):
        raise NotAllowed(
            f"Credit notes print Latin, Greek and Cyrillic letters. Please do without “{left}” in the reason."
        )


Part = tuple[OrderLine, int, Amounts]


def _parts(before: list[LineRemainder], wanted: Mapping[int, int], allowance: Decimal) -> list[Part]:
    """What the credit note takes of each line. Never more than is left."""
    known = {left.line.pk for left in before}
    if set(wanted) - known:
        raise NotAllowed("One of these lines is not of this order. Please load the page again.")
    parts = [(left.line, wanted.get(left.line.pk, 0), _pieces(left, wanted.get(left.line.pk, 0))) for left in before]
    if allowance:
        parts = _with_allowance(before, parts, allowance)
    parts = [part for part in parts if part[1] or part[2].total]
    if not parts:
        raise NotAllowed("Choose what is taken back, or give an amount that is let off.")
    return parts


def _pieces(left: LineRemainder, count: int) -> Amounts:
    if not 0 <= count <= left.quantity:
        raise NotAllowed(f"Of “{left.line.title}” {left.quantity} can be taken back, not {count}.")
    if count == left.quantity and count:
        return Amounts(ZERO, left.net, left.tax)
    share = part_of(left.line.amounts, count, left.line.quantity) if count else Amounts(ZERO, ZERO, ZERO)
    return Amounts(ZERO, min(share.net, left.net), min(share.tax, left.tax))


def _with_allowance(before: list[LineRemainder], parts: list[Part], allowance: Decimal) -> list[Part]:
    """Share the allowance over what the pieces leave, each line's part split by its own tax rate."""
    room = [left.total - amounts.total for left, (_, _, amounts) in zip(before, parts, strict=True)]
    if not ZERO < allowance <= sum(room, ZERO):
        raise NotAllowed(f"At most {sum(room, ZERO)} can be let off; all that was sold comes to no more.")
    found = []
    for left, (line, count, amounts), share in zip(before, parts, spread(allowance, room), strict=True):
        let_off = without_tax(share, line.tax_rate)
        # Not more net, and not more tax, than the line has left: roundings may lean either way by a cent.
        net = max(min(amounts.net + let_off.net, left.net), amounts.total + share - left.tax)
        found.append((line, count, Amounts(ZERO, net, amounts.total + share - net)))
    return found


def _issue(invoice: Invoice, parts: list[Part], *, by: Actor, reason: str) -> CreditNote:
    on = timezone.localdate()
    net = sum((amounts.net for _, _, amounts in parts), ZERO)
    tax = sum((amounts.tax for _, _, amounts in parts), ZERO)
    note = CreditNote.objects.create(
        invoice=invoice,
        number=numbering.next_number(numbering.CREDIT_NOTE, on),
        issued_on=on,
        currency=invoice.currency,
        net=net,
        tax=tax,
        total=net + tax,
        reason=reason[:500],
        issued_by=actor(by),
        letterhead=Letterhead.current().snapshot(),
    )
    CreditNoteLine.objects.bulk_create(
        CreditNoteLine(
            credit_note=note,
            order_line=line,
            quantity=count,
            currency=invoice.currency,
            net=amounts.net,
            tax=amounts.tax,
        )
        for line, count, amounts in parts
    )
    ledger.book_credit_note(note)
    return note
