"""What the card provider tells: each message once, in any order, and nothing that does not fit is booked.

The message is written first: of fifty copies that come at once, one gets the row and the others find it there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..gateways import card
from ..models import CardSession, Dispute, Payment, ProviderEvent, Refund
from ..rules import ZERO
from ..states import CardState, DisputeState, PaymentMethod, RefundMethod
from . import cards, credit_notes, ledger, notices, payments, refunds

log = structlog.get_logger(__name__)

WAITS = "Waits for its payment."
MISFITS = (NotAllowed, KeyError, TypeError, ValueError)
PATIENCE = timedelta(days=3)
ELSEWHERE = "Refunded in the card provider's own pages."


def receive(event: card.Event) -> str:
    """Keep and handle one message whose signature was right. Returns what came of it; a repeat does nothing.

    The row is written first, in the same transaction: of many copies that come at once, one is handled. A message that
    does not fit books nothing, and is kept with its reason for staff to look at. Anything unexpected rolls back and is
    raised, so that the provider sends it again.
    """
    try:
        with transaction.atomic():
            row = _keep(event)
            return _mark(row, _outcome(event))
    except IntegrityError as refused:
        if ProviderEvent.objects.filter(event_id=event.id).exists():
            return "Known already."
        return _keep_for_a_look(event, f"The database refuses it: {refused}")
    except MISFITS as wrong:
        return _keep_for_a_look(event, str(wrong) or "The message has another form than was expected.")


def _keep(event: card.Event, **more: Any) -> ProviderEvent:
    return ProviderEvent.objects.create(
        event_id=event.id,
        type=event.type[:80],
        payment_reference=_payment_reference(event),
        payload=event.raw,
        **more,
    )


def _outcome(event: card.Event) -> str:
    """Handle a message, in the caller's transaction. Raises one of MISFITS for what does not fit."""
    handler = HANDLERS.get(event.type)
    if handler is None:
        return "Not for us."
    if event.livemode != settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_")):
        raise NotAllowed("A message of the wrong mode: test and live payments do not mix.")
    return handler(event)


def _mark(row: ProviderEvent, outcome: str) -> str:
    handled_at = None if outcome == WAITS else timezone.now()
    ProviderEvent.objects.filter(pk=row.pk).update(outcome=outcome[:300], handled_at=handled_at)
    return outcome


def _keep_for_a_look(event: card.Event, why: str) -> str:
    """After the first try was rolled back: the message again, with why it was not booked."""
    try:
        with transaction.atomic():
            _tell_staff(_keep(event, outcome=why[:300], handled_at=timezone.now(), needs_a_look=True), why)
    except IntegrityError:
        return "Known already."
    return why


def _tell_staff(row: ProviderEvent, why: str) -> None:
    log.error("card.event", number=row.event_id, kind=row.type, why=why)
    notices.staff_look(f"Message {row.event_id} of the card provider", why)


def _payment_reference(event: card.Event) -> str:
    return str(event.object.get("payment_intent") or "")[:100]


def _session(event: card.Event) -> CardSession:
    """The page that the message is about, with its order locked first."""
    number = str(event.object.get("id"))
    order = ledger.locked(card_sessions__session_id=number)
    session = CardSession.objects.filter(session_id=number).first() if order else None
    if order is None or session is None:
        return _unanswered(event)
    session.order = order
    return session


def _unanswered(event: card.Event) -> CardSession:
    """The provider may tell of a page before its own answer has reached us, or after that answer was lost."""
    seen = card.session_of(event)
    order = ledger.locked(public_id=seen.reference)
    asked = CardSession.objects.filter(order=order, session_id=None, amount=seen.amount, currency=seen.currency)
    session = asked.first() if order else None
    if session is None:
        raise NotAllowed(f"No order here has the card page {seen.id}.")
    CardSession.objects.filter(pk=session.pk).update(session_id=seen.id, state=CardState.OPEN)
    session.order, session.session_id, session.state = order, seen.id, CardState.OPEN
    return session


def _session_told(event: card.Event) -> str:
    session, seen = _session(event), card.session_of(event)
    state = cards.settle_within(session, seen, at=event.created_at)
    if state == CardState.PAID:
        _catch_up(seen.payment_reference)
    return f"Order {session.order}: {state.label.lower()}."


def _session_failed(event: card.Event) -> str:
    session = _session(event)
    cards.failed(session)
    return f"Order {session.order}: the bank did not pay."


def _catch_up(payment_reference: str) -> None:
    """Messages about a payment that came before it are handled now."""
    waiting = ProviderEvent.objects.select_for_update().filter(
        payment_reference=payment_reference, handled_at=None, outcome=WAITS
    )
    for row in waiting.order_by("pk"):
        try:
            with transaction.atomic():
                _mark(row, _outcome(card.event_of(row.payload)))
        except MISFITS as wrong:
            row.outcome, row.handled_at, row.needs_a_look = str(wrong)[:300], timezone.now(), True
            row.save(update_fields=["outcome", "handled_at", "needs_a_look"])
            _tell_staff(row, str(wrong))


def give_up_waiting(at: datetime) -> int:
    """Messages that have waited for days for a payment nobody made here are shown to staff; how many these were."""
    old = ProviderEvent.objects.filter(handled_at=None, outcome=WAITS, received_at__lt=at - PATIENCE)
    return old.update(handled_at=at, needs_a_look=True, outcome="It is about a payment that this site does not know.")


def _payment(event: card.Event) -> Payment | None:
    return (
        Payment.objects.select_related("order__invoice", "order__customer")
        .filter(method=PaymentMethod.CARD, provider_reference=_payment_reference(event))
        .first()
    )


def _refund_told(event: card.Event) -> str:
    """A refund of ours moved on, or somebody refunded in the provider's own pages: then it is written down here."""
    payment, seen = _payment(event), card.refund_of(event)
    if payment is None:
        return WAITS
    if (seen.currency, seen.payment_reference) != (payment.currency, payment.provider_reference):
        raise NotAllowed(f"Refund {seen.id} does not fit payment {payment}.")
    refund = Refund.objects.filter(payment=payment, provider_reference=seen.id).first()
    refund = refund or Refund.objects.filter(payment=payment, public_id=seen.reference).first()
    if refund is None:
        return _refunded_elsewhere(payment, seen)
    if seen.amount != refund.amount:
        raise NotAllowed(f"Refund {seen.id} is over {seen.amount}, not over {refund.amount}.")
    if refund.provider_reference not in {"", seen.id}:
        return "An earlier try; nothing changes."
    refunds.take_answer(refund, seen)
    return f"Refund of payment {payment}: {seen.state}."


def _refunded_elsewhere(payment: Payment, seen: card.Returned) -> str:
    if seen.state != "done":
        return f"A refund of payment {payment} outside this site: {seen.state}."
    _let_off(payment, seen)
    payments.return_unpaid(
        payment,
        by=None,
        reason=ELSEWHERE,
        amount=seen.amount,
        method=RefundMethod.CARD,
        provider_reference=seen.id,
    )
    notices.staff_look(
        f"Refund of payment {payment} outside this site",
        "Somebody sent money back in the card provider's own pages. It is in the ledger now. If things that were "
        "bought should go back too, take them back on the order's page.",
        payment.order,
    )
    return f"Refund of payment {payment} outside this site: booked."


def _let_off(payment: Payment, seen: card.Returned) -> None:
    """A part that was sent back elsewhere is let off by a credit note; all of it leaves the order waiting again."""
    order = ledger.lock(payment.order)
    missing = seen.amount - max(refunds.returnable(order), ZERO)
    sold = sum((left.total for left in credit_notes.left_of(order)), ZERO)
    if ZERO < missing < sold:
        credit_notes.take_back(order, by=None, reason=ELSEWHERE, allowance=missing)


def _dispute_told(event: card.Event) -> str:
    payment = _payment(event)
    if payment is None:
        return WAITS
    seen = card.dispute_of(event)
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
        notices.dispute_opened(dispute)
    if state == DisputeState.OPEN or dispute.state != DisputeState.OPEN:
        return f"Dispute of payment {payment}: {dispute.get_state_display().lower()}."
    dispute.state, dispute.closed_at = state, timezone.now()
    dispute.save(update_fields=["state", "closed_at"])
    if state == DisputeState.LOST:
        payments.return_unpaid(
            payment,
            by=None,
            reason="The cardholder's bank decided the dispute for the cardholder.",
            amount=dispute.amount,
            method=RefundMethod.DISPUTE,
            provider_reference=dispute.provider_reference,
        )
    return f"Dispute of payment {payment}: {dispute.get_state_display().lower()}."


HANDLERS: dict[str, Callable[[card.Event], str]] = {
    "checkout.session.completed": _session_told,
    "checkout.session.async_payment_succeeded": _session_told,
    "checkout.session.async_payment_failed": _session_failed,
    "checkout.session.expired": _session_told,
    "refund.created": _refund_told,
    "refund.updated": _refund_told,
    "refund.failed": _refund_told,
    "charge.dispute.created": _dispute_told,
    "charge.dispute.updated": _dispute_told,
    "charge.dispute.closed": _dispute_told,
}
