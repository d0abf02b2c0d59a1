"""Money that goes back, as the card provider tells it: refunds and disputes, which may be told before their payment."""

from collections.abc import Callable

import structlog
from django.db import DataError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..gateways import card
from ..models import Dispute, Payment, ProviderEvent
from ..rules import ZERO
from ..states import DisputeState, PaymentMethod, RefundMethod
from . import credit_notes, ledger, notifications, payments, refunds

log = structlog.get_logger(__name__)

WAITS = "Waits for its payment."
MISFITS = (ArithmeticError, AttributeError, DataError, KeyError, NotAllowed, TypeError, ValueError)
ELSEWHERE = "Refunded in the card provider's own pages."


def mark(row: ProviderEvent, outcome: str) -> str:
    """Write down what came of a message."""
    handled_at = None if outcome == WAITS else timezone.now()
    ProviderEvent.objects.filter(pk=row.pk).update(outcome=outcome[:300], handled_at=handled_at)
    return outcome


def tell_staff(row: ProviderEvent, why: str) -> None:
    """A person in the office is to look at a message."""
    log.error("card.event", number=row.event_id, kind=row.type, why=why)
    notifications.staff_look(f"Message {row.event_id} of the card provider", why)


# Told before the payment ----------------------------------------------------------------------------------------------
def _waiting() -> QuerySet[ProviderEvent]:
    return ProviderEvent.objects.filter(handled_at=None, outcome=WAITS)


def catch_up(payment_reference: str) -> None:
    """Handle the messages that came before this payment. Under its order's lock.

    Whatever is wrong with one of them is shown to staff: the payment is booked all the same.
    """
    if not payment_reference:
        return
    for row in _waiting().select_for_update().filter(payment_reference=payment_reference).order_by("pk"):
        try:
            with transaction.atomic():
                mark(row, HANDLERS[row.type](card.event_of(row.payload)))
        except OperationalError:
            raise  # the database was busy: all of it is tried again
        except Exception as wrong:  # noqa: BLE001 - whatever one message does, the payment and the others are booked
            why = str(wrong) or type(wrong).__name__
            row.outcome, row.handled_at, row.needs_a_look = why[:300], timezone.now(), True
            row.save(update_fields=["outcome", "handled_at", "needs_a_look"])
            tell_staff(row, why)


@transaction.atomic
def catch_up_if_booked(payment_reference: str) -> None:
    """The same where the payment may have been booked in the very moment in which a message began to wait for it."""
    if payment := _booked(payment_reference):
        ledger.lock_order(payment.order)
        catch_up(payment_reference)


def catch_up_all() -> None:
    """The same for every message that waits for a payment that is here by now."""
    known = Payment.objects.filter(method=PaymentMethod.CARD).values("provider_reference")
    found = _waiting().filter(payment_reference__in=known).order_by()
    for reference in list(found.values_list("payment_reference", flat=True).distinct()):
        catch_up_if_booked(reference)


def _booked(payment_reference: str) -> Payment | None:
    paid = Payment.objects.select_related("order__invoice", "order__customer").filter(method=PaymentMethod.CARD)
    return paid.exclude(provider_reference="").filter(provider_reference=payment_reference).first()


# Refunds --------------------------------------------------------------------------------------------------------------
def _refund_told(event: card.CardEvent) -> str:
    """A refund of ours moved on, or somebody refunded in the provider's own pages: then it is written down here.

    The order is locked before the refund is looked for, so two messages about a new one cannot both book it.
    """
    seen = card.refund_of(event)
    payment = _booked(seen.payment_reference)
    if payment is None:
        return WAITS
    ledger.lock_order(payment.order)
    if seen.currency != payment.currency:
        raise NotAllowed(f"Refund {seen.id} does not fit payment {payment}.")
    refund = refunds.find_refund(payment, seen)
    if refund is None:
        return _refunded_elsewhere(payment, seen)
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


def _refunded_elsewhere(payment: Payment, seen: card.CardRefund) -> str:
    if seen.state != "done":
        return f"A refund of payment {payment} outside this site: {seen.state}."
    if _has_failed(seen):
        return f"A refund of payment {payment} outside this site: it has failed since."
    _let_off(payment, seen)
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


def _let_off(payment: Payment, seen: card.CardRefund) -> None:
    """A part that was sent back elsewhere is let off by a credit note; all of it leaves the order waiting again."""
    order = ledger.lock_order(payment.order)
    missing = seen.amount - max(refunds.returnable_amount(order), ZERO)
    sold = sum((left.total for left in credit_notes.remainders_of(order)), ZERO)
    if ZERO < missing < sold:
        credit_notes.issue_credit_note(order, by=None, reason=ELSEWHERE, allowance=missing)


# Disputes -------------------------------------------------------------------------------------------------------------
def _dispute_told(event: card.CardEvent) -> str:
    seen = card.dispute_of(event)
    payment = _booked(seen.payment_reference)
    if payment is None:
        return WAITS
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


HANDLERS: dict[str, Callable[[card.CardEvent], str]] = {
    "refund.created": _refund_told,
    "refund.updated": _refund_told,
    "refund.failed": _refund_told,
    "charge.dispute.created": _dispute_told,
    "charge.dispute.updated": _dispute_told,
    "charge.dispute.closed": _dispute_told,
}
