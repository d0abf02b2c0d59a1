"""Disputes: a cardholder asks the bank for the money of a payment."""

from django.utils import timezone

from ..domain import ledger, notifications, payments
from ..gateways import card
from ..models import Dispute
from ..states import DisputeState, RefundMethod
from . import store


def dispute_told(event: card.CardEvent) -> str:
    """A cardholder's bank asks for its money, or has decided; a payment that is lost leaves its order waiting again."""
    seen = card.dispute_of(event)
    payment = payments.find_card_payment(seen.payment_reference)
    if payment is None:
        return store.WAITS
    ledger.lock_order(payment.order)
    state = DisputeState(seen.state)
    dispute, is_new = Dispute.objects.select_for_update().get_or_create(
        provider_reference=seen.id,
        defaults={
            "payment": payment,
            "amount": seen.amount,
            "currency": seen.currency,
            "reason": str(event.object.get("reason") or "")[:100],
            "opened_at": event.created_at,
        },
    )
    if is_new:
        notifications.dispute_opened(dispute)
    if state == DisputeState.OPEN or dispute.state != DisputeState.OPEN:
        return f"Dispute of payment {payment}: {dispute.get_state_display().lower()}."
    dispute.state, dispute.closed_at = state, timezone.now()
    dispute.save(update_fields=["state", "closed_at"])
    if state == DisputeState.LOST:
        payments.return_payment_unpaid(
            payment,
            by=None,
            reason="The cardholder's bank decided the dispute for the cardholder.",
            amount=dispute.amount,
            method=RefundMethod.DISPUTE,
            provider_reference=dispute.provider_reference,
        )
    return f"Dispute of payment {payment}: {dispute.get_state_display().lower()}."


HANDLERS: dict[str, store.Handler] = {
    "charge.dispute.created": dispute_told,
    "charge.dispute.updated": dispute_told,
    "charge.dispute.closed": dispute_told,
}
