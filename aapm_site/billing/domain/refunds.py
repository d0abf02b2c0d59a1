"""Money that goes back: only what a credit note took back or what came too much."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.background.queue import defer, task
from aapm_site.core.money import Money, round_money
from aapm_site.core.transitions import NotAllowed, actor, move

from ..gateways import card
from ..models import CreditNote, Order, Payment, Refund
from ..rules import ZERO
from ..states import PaymentMethod, RefundMethod, RefundStatus
from . import credit_notes, ledger, notifications, payments, settlement
from .checkout_closing import end_sessions_later, refuse_while_payment_pending

log = structlog.get_logger(__name__)

QUIET = timedelta(hours=1)
KEY_LASTS = timedelta(hours=20)
UNANSWERED = (
    "The card provider has given no answer for most of a day. Look in its pages whether the money went back before "
    "you try again."
)
BY_HAND = (RefundMethod.CHECK, RefundMethod.TRANSFER)


def returnable_amount(order: Order) -> Decimal:
    """What may go back now: what came too much, without what is on its way back already."""
    on_its_way = Refund.objects.filter(payment__order=order, status=RefundStatus.REQUESTED)
    return -ledger.amount_owed(order) - on_its_way.aggregate(sum=Sum("amount", default=ZERO))["sum"]


@transaction.atomic
def take_back_and_refund(
    order: Order,
    *,
    by: Actor,
    reason: str,
    method: str,
    pieces: Mapping[int, int] | None = None,
    allowance: Decimal = ZERO,
    reference: str = "",
    refunded_on: date | None = None,
) -> tuple[CreditNote, list[Refund]]:
    """Credit note and refund in one step: what the note leaves overpaid goes back by `method`, newest payment first."""
    locked = ledger.lock_order(order)
    if not locked.payments.exists():
        raise NotAllowed("Nothing was paid on this order yet, so nothing can go back. Cancel it instead.")
    note = credit_notes.issue_credit_note(locked, by=by, reason=reason, pieces=pieces, allowance=allowance)
    done = refund_rest_of_order(
        locked, by=by, reason=reason, method=method, credit_note=note, reference=reference, refunded_on=refunded_on
    )
    return note, done


@transaction.atomic
def refund_rest_of_order(order: Order, *, by: Actor, reason: str, method: str, **more: Any) -> list[Refund]:
    """Send back all that came too much on an order, out of its payments, the newest first.

    Card money goes back to the card it came from; anything else needs a check or a transfer.
    """
    locked = ledger.lock_order(order)
    rest, made = returnable_amount(locked), []
    for payment in locked.payments.order_by("-recorded_at", "-pk"):
        amount = min(rest, payments.amount_left(payment))
        if amount > 0 and _fits(payment, method):
            made.append(request_refund(payment, amount=amount, by=by, reason=reason, method=method, **more))
            rest -= amount
    if not made:
        raise NotAllowed(_why_not(locked, method))
    return made


def _fits(payment: Payment, method: str) -> bool:
    return method != RefundMethod.CARD or payment.method == PaymentMethod.CARD


def _why_not(order: Order, method: str) -> str:
    if returnable_amount(order) <= 0:
        return "Nothing came too much on this order. Issue a credit note first; then the money can go back."
    return "This order was not paid by card. Send the money back by check or bank transfer."


@transaction.atomic
def request_refund(
    payment: Payment,
    *,
    amount: Decimal,
    by: Actor,
    reason: str,
    method: str,
    credit_note: CreditNote | None = None,
    reference: str = "",
    refunded_on: date | None = None,
) -> Refund:
    """One refund. By card it is on its way until the provider says done; by hand staff have sent it already.

    Locks the order, so that two who refund at once cannot send back more than there is.
    """
    locked = ledger.lock_order(payment.order)
    most = min(returnable_amount(locked), payments.amount_left(payment))
    if amount <= 0 or amount != round_money(amount):
        raise NotAllowed("Give an amount above zero, in dollars and whole cents.")
    if amount > most:
        raise NotAllowed(f"At most {Money(max(most, ZERO), payment.currency)} of this payment can go back now.")
    if not _fits(payment, method):
        raise NotAllowed("This payment did not come by card. Send it back by check or bank transfer.")
    if not reason.strip():
        raise NotAllowed("Please give a reason; it stays with the refund.")
    if refunded_on and refunded_on < payment.received_on:
        came = f"{payment.received_on:%B} {payment.received_on.day}, {payment.received_on.year}"
        raise NotAllowed(f"This payment came on {came}, so it cannot have gone back before. Check the day.")
    refund = Refund.objects.create(
        payment=payment,
        credit_note=credit_note,
        method=method,
        amount=amount,
        currency=payment.currency,
        reason=reason.strip()[:500],
        reference=reference.strip(),
        requested_by=actor(by),
    )
    if method == RefundMethod.CARD:
        defer_sending(refund)
        return refund
    return finish_refund(refund, on=refunded_on or timezone.localdate(), by=by)


def defer_sending(refund: Refund) -> None:
    """Have the worker ask the provider, once this transaction is committed."""
    defer(send_refund, once=f"refund-{refund.pk}-{refund.attempt}", refund=refund.pk)


@task("billing.send_refund", attempts=12, wait=30, exponential_wait=2)
def send_refund(refund: int) -> None:
    """Ask the card provider to send money back. No answer: asked again later with the same key, so it goes once."""
    row = Refund.objects.select_related("payment__order").get(pk=refund)
    if row.status != RefundStatus.REQUESTED or row.method != RefundMethod.CARD:
        return
    if timezone.now() - _asked_at(row) > KEY_LASTS:
        give_up_refund(row, why=UNANSWERED)
        return
    try:
        seen = card.refund(
            key=row.key,
            payment_reference=row.payment.provider_reference,
            amount=row.amount,
            currency=row.currency,
            reference=row.key,
        )
    except card.CardRefused as refused:
        give_up_refund(row, why=str(refused))
    else:
        apply_provider_answer(row, seen)


def find_refund(payment: Payment, seen: card.CardRefund) -> Refund | None:
    """The refund out of a payment that the provider speaks of, whichever of its tries; None for one made elsewhere."""
    asked = seen.reference.removeprefix("refund-").rpartition("-")[0]
    own = Refund.objects.filter(payment=payment)
    return own.filter(provider_reference=seen.id).first() or own.filter(public_id=asked).first()


def is_present_attempt(refund: Refund, seen: card.CardRefund) -> bool:
    """Whether the provider speaks of the refund's present try: each has a key of its own, and one number there."""
    if refund.provider_reference:
        return refund.provider_reference == seen.id
    return refund.key == seen.reference


@transaction.atomic
def apply_provider_answer(refund: Refund, seen: card.CardRefund) -> Refund:
    """What the provider says of one of our refunds, from its answer or its message; old news changes nothing.

    A refund that the provider called failed stays so: its word that the same one was done is older.
    """
    ledger.lock_order(refund.payment.order)
    locked = Refund.objects.select_for_update(of=("self",)).select_related("payment__order").get(pk=refund.pk)
    if not is_present_attempt(locked, seen):
        return locked
    if seen.state == "done":
        is_old = locked.status == RefundStatus.FAILED and locked.provider_reference
        return locked if is_old else finish_refund(locked, on=timezone.localdate(), provider_reference=seen.id)
    if seen.state == "failed" or locked.status == RefundStatus.REQUESTED:
        _keep_reference(locked, seen.id)
    return (
        fail_refund(locked, why="The bank did not take the money back to the card.")
        if seen.state == "failed"
        else locked
    )


def _keep_reference(locked: Refund, provider_reference: str) -> None:
    locked.provider_reference = provider_reference
    locked.save(update_fields=["provider_reference"])


def chase_refunds(at: datetime) -> int:
    """Ask again about refunds that have been on their way for an hour without news; how many these are.

    One that got no answer at all is sent again with its key, and after most of a day handed to staff: the provider
    keeps a key for a day, and asked with it later would send the money a second time. One that the bank is at work on
    may take days; the provider is asked how it stands, since its message may be lost.
    """
    on_their_way = Refund.objects.filter(method=RefundMethod.CARD, status=RefundStatus.REQUESTED)
    asked = on_their_way.select_related("payment__order").prefetch_related("status_changes").order_by("pk")
    quiet = [refund for refund in asked if at - _asked_at(refund) > QUIET]
    for refund in quiet:
        try:
            _ask_again(refund, at)
        except Exception:  # noqa: BLE001 - whatever one refund does, the others are asked about
            log.exception("refund.trouble", refund=refund.pk)
    return len(quiet)


def _asked_at(refund: Refund) -> datetime:
    """When the present try began."""
    steps = list(refund.status_changes.all())
    return steps[0].at if steps else refund.requested_at


def _ask_again(refund: Refund, at: datetime) -> None:
    if not refund.provider_reference and at - _asked_at(refund) <= KEY_LASTS:
        defer_sending(refund)
    elif not refund.provider_reference:
        give_up_refund(refund, why=UNANSWERED)
    else:
        _look_up(refund)


def _look_up(refund: Refund) -> None:
    try:
        apply_provider_answer(refund, card.look_up_refund(refund.provider_reference))
    except card.Unavailable as silent:
        log.warning("refund.unavailable", refund=refund.pk, why=str(silent))
    except card.CardRefused as refused:
        give_up_refund(refund, why=str(refused))


@transaction.atomic
def give_up_refund(refund: Refund, *, why: str) -> Refund:
    """Hand a refund to staff that is still on its way. One that ended or was tried anew meanwhile stays as it is."""
    ledger.lock_order(refund.payment.order)
    locked = Refund.objects.select_for_update(of=("self",)).select_related("payment__order").get(pk=refund.pk)
    if locked.status != RefundStatus.REQUESTED or locked.attempt != refund.attempt:
        return locked
    _keep_reference(locked, "")  # the provider has not said that it failed: its word may still come
    return fail_refund(locked, why=why)


@transaction.atomic
def finish_refund(refund: Refund, *, on: date, by: Actor = None, provider_reference: str = "") -> Refund:
    """The money has left: the ledger has it, and the customer is told. A refund that is done already stays as it is."""
    ledger.lock_order(refund.payment.order)
    locked = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    if locked.status == RefundStatus.DONE:
        return locked
    if on > timezone.localdate():
        raise NotAllowed("The day of a refund cannot be in the future.")
    reference = {"provider_reference": provider_reference} if provider_reference else {}
    done = move(locked, RefundStatus.DONE, by=by, is_locked=True, refunded_on=on, failure="", **reference)
    ledger.book_refund(done)
    notifications.refunded(done)
    return done


@transaction.atomic
def fail_refund(refund: Refund, *, why: str) -> Refund:
    """The provider did not send the money. What was booked as done is taken out of the ledger; staff are told.

    An order that waited for that money again does so no more when nothing else is owed on it.
    """
    order = ledger.lock_order(refund.payment.order)
    locked = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    if locked.status == RefundStatus.FAILED:
        return locked
    was_done = locked.status == RefundStatus.DONE
    failed = move(locked, RefundStatus.FAILED, by=None, reason=why, is_locked=True, failure=why[:300])
    if was_done:
        ledger.book_refund_failed(failed)
    notifications.refund_failed(failed)
    now = settlement.settle_order_if_paid(order)
    if order.is_unpaid and not now.is_unpaid:
        notifications.paid_in_full(now, failed.payment)
    return failed


@transaction.atomic
def retry_refund(refund: Refund, *, by: Actor, reason: str = "") -> Refund:
    """Ask the provider again, under a new key: the old one would only repeat its answer."""
    locked_order = ledger.lock_order(refund.payment.order)
    if returnable_amount(locked_order) < refund.amount:
        raise NotAllowed("So much does not have to go back any more. Look at the order's ledger first.")
    again = move(
        refund, RefundStatus.REQUESTED, by=by, reason=reason, attempt=refund.attempt + 1, provider_reference=""
    )
    if again.method == RefundMethod.CARD:
        defer_sending(again)
    return again


@transaction.atomic
def move_credit(order: Order, other: Order, *, by: Actor, amount: Decimal | None = None) -> Payment:
    """Use what came too much on one order for another one of the same customer. Both are locked, the older first."""
    first, second = sorted((order, other), key=lambda one: one.pk)
    locked = {one.pk: ledger.lock_order(one) for one in (first, second)}
    source, target = locked[order.pk], locked[other.pk]
    if source.customer_id != target.customer_id or source.pk == target.pk or source.currency != target.currency:
        raise NotAllowed("Choose another order of the same customer, in the same currency.")
    refuse_while_payment_pending(target)
    most = min(returnable_amount(source), ledger.amount_owed(target))
    amount = most if amount is None else amount
    if not ZERO < amount <= most:
        raise NotAllowed(f"At most {Money(max(most, ZERO), source.currency)} can be moved to order {target}.")
    rest = amount
    for payment in source.payments.order_by("-recorded_at", "-pk"):
        part = min(rest, payments.amount_left(payment))
        if part > 0:
            _out(payment, part, by=by, to=target)
            rest -= part
    came = payments.add_payment(
        target, by=by, method=PaymentMethod.CREDIT, amount=amount - rest, received_on=timezone.localdate(),
        reference=source.invoice.number,
    )  # fmt: skip
    now = settlement.settle_order_if_paid(target, by=by)
    end_sessions_later(now)  # they are over another amount than what is owed now
    notifications.credit_used(now, came)
    return came


def _out(payment: Payment, amount: Decimal, *, by: Actor, to: Order) -> None:
    refund = Refund.objects.create(
        payment=payment,
        method=RefundMethod.CREDIT,
        amount=amount,
        currency=payment.currency,
        reason=f"Used for {to.invoice.number}",
        reference=to.invoice.number,
        requested_by=actor(by),
    )
    done = move(refund, RefundStatus.DONE, by=by, is_locked=True, refunded_on=timezone.localdate())
    ledger.book_refund(done)
