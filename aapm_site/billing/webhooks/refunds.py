"""Refunds: one of ours that moved on, or one that somebody made in the provider's own pages."""

from aapm_site.core.transitions import NotAllowed

from ..domain import credit_notes, ledger, notifications, payments, refunds
from ..gateways import card
from ..models import Payment, ProviderEvent
from ..rules import ZERO
from ..states import RefundMethod
from . import store

ELSEWHERE = "Refunded in the card provider's own pages."


def refund_told(event: card.CardEvent) -> str:
    """A refund of ours moved on, or somebody refunded in the provider's own pages: then it is written down here.

    The order is locked before the refund is looked for, so two messages about a new one cannot both book it.
    """
    seen = card.refund_of(event)
    payment = payments.find_card_payment(seen.payment_reference)
    if payment is None:
        return store.WAITS
    ledger.lock_order(payment.order)
    if seen.currency != payment.currency:
        raise NotAllowed(f"Refund {seen.id} does not fit payment {payment}.")
    refund = refunds.find_refund(payment, seen)
    if refund is None:
        return _book_refund_made_elsewhere(payment, seen)
    if seen.amount != refund.amount:
        raise NotAllowed(f"Refund {seen.id} is over {seen.amount}, not over {refund.amount}.")
    if refunds.is_present_attempt(refund, seen):
        refunds.apply_provider_answer(refund, seen)
        return f"Refund of payment {payment}: {seen.state}."
    if seen.state == "done":
        raise NotAllowed(
            f"An earlier try of refund {refund} was done, as {seen.id}. See whether money went back twice."
        )
    return "An earlier try; nothing changes."


def _book_refund_made_elsewhere(payment: Payment, seen: card.CardRefund) -> str:
    if seen.state != "done":
        return f"A refund of payment {payment} outside this site: {seen.state}."
    if _has_failed(seen):
        return f"A refund of payment {payment} outside this site: it has failed since."
    _let_off_part_sent_back(payment, seen)
    payments.return_payment_unpaid(
        payment,
        by=None,
        reason=ELSEWHERE,
        amount=seen.amount,
        method=RefundMethod.CARD,
        provider_reference=seen.id,
    )
    notifications.staff_look(
        f"Refund of payment {payment} outside this site",
        "Somebody sent money back in the card provider's own pages. It is in the ledger now. If things that were "
        "bought should go back too, take them back on the order's page.",
        payment.order,
    )
    return f"Refund of payment {payment} outside this site: booked."


def _has_failed(seen: card.CardRefund) -> bool:
    """Whether an earlier message told that this refund failed: what says otherwise is older than that one."""
    told = ProviderEvent.objects.filter(payment_reference=seen.payment_reference, type__startswith="refund.")
    failed = [status for status, state in card.REFUND_STATES.items() if state == "failed"]
    return told.filter(payload__data__object__id=seen.id, payload__data__object__status__in=failed).exists()


def _let_off_part_sent_back(payment: Payment, seen: card.CardRefund) -> None:
    """A part that was sent back elsewhere is let off by a credit note; all of it leaves the order waiting again."""
    order = ledger.lock_order(payment.order)
    missing = seen.amount - max(refunds.returnable_amount(order), ZERO)
    sold = sum((left.total for left in credit_notes.remainders_of(order)), ZERO)
    if ZERO < missing < sold:
        credit_notes.issue_credit_note(order, by=None, reason=ELSEWHERE, allowance=missing)


HANDLERS: dict[str, store.Handler] = {
    "refund.created": refund_told,
    "refund.updated": refund_told,
    "refund.failed": refund_told,
}
