"""Paying an order with a card that the provider keeps, while its owner is not there. Never twice, whatever breaks.

The row with its key is committed first. A question whose answer was lost is not asked again before the provider was
asked whether it has that payment: its keys last a day, a standstill may be longer. An order has one such payment.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from aapm_site.core.background.queue import defer, task
from aapm_site.core.transitions import NotAllowed

from ..gateways import card as provider
from ..gateways import kept
from ..models import KeptCard, KeptCharge, Order
from ..states import ChargeState, KeptCardState
from . import ledger, payments
from .checkout_sessions import title_of

log = structlog.get_logger(__name__)

QUIET = timedelta(minutes=20)
GIVE_UP = timedelta(days=3)  # without any answer
UNANSWERED = "unanswered"


def request_charge(order: Order, row: KeptCard) -> KeptCharge:
    """Have the worker pay an order with a card, in the caller's transaction. Locks the order.

    NotAllowed when the card is not kept any more, nothing is to be paid, or it is being paid in another way.
    """
    locked = ledger.lock_order(order)
    amount = ledger.amount_to_pay(locked)
    if row.state != KeptCardState.KEPT or not locked.is_payable or amount <= 0:
        raise NotAllowed("This order cannot be paid with the card that was kept.")
    made = KeptCharge.objects.create(card=row, order=locked, amount=amount, currency=locked.currency)
    defer(charge_kept_card, once=f"charge-{made.pk}", charge=made.pk)
    return made


@task("billing.charge_kept_card", attempts=8, wait=30, exponential_wait=2)
def charge_kept_card(charge: int) -> None:
    """Ask the provider for the payment, and book its answer. No answer: asked again, so that it is made once."""
    begun = _begin(charge)
    if begun is None:
        return
    row, was_asked = begun
    try:
        seen = (_asked_before(row) if was_asked else None) or _ask(row)
    except provider.CardRefused as refused:
        log.warning("kept_charge.refused", charge=charge, why=str(refused))
        seen = kept.CardCharge(kept.FAILED, why=kept.DECLINED)
    settle_charge(row, seen)


@transaction.atomic
def _begin(charge: int) -> tuple[KeptCharge, bool] | None:
    """The payment, from now on under way, and whether it was before; None when there is nothing to do any more."""
    row = KeptCharge.objects.select_related("order", "card").get(pk=charge)
    order = ledger.lock_order(row.order)
    locked = KeptCharge.objects.select_for_update(of=("self",)).select_related("card").get(pk=charge)
    if locked.state != ChargeState.REQUESTED:
        return None
    locked.order, was_asked = order, locked.asked_at is not None
    if was_asked:
        return locked, True
    if locked.card.state != KeptCardState.KEPT or not order.is_payable or ledger.amount_to_pay(order) != locked.amount:
        _end(locked, ChargeState.WITHDRAWN)
        return None
    locked.asked_at = timezone.now()
    locked.save(update_fields=["asked_at"])
    return locked, False


def _asked_before(row: KeptCharge) -> kept.CardCharge | None:
    """What the provider has of a question whose answer is not known here. A removed card is asked for no more."""
    if not row.card.provider_customer:
        return kept.CardCharge(kept.FAILED, why=kept.DECLINED)
    return kept.find_charge(row.card.provider_customer, row.key)


def _ask(row: KeptCharge) -> kept.CardCharge:
    return kept.charge(
        key=row.key,
        customer=row.card.provider_customer,
        method=row.card.provider_method,
        amount=row.amount,
        currency=row.currency,
        reference=row.key,
        title=title_of(row.order),
    )


def _end(row: KeptCharge, state: ChargeState, why: str = "") -> None:
    row.state, row.why, row.settled_at = state, why, timezone.now()
    row.save(update_fields=["state", "why", "settled_at"])


@transaction.atomic
def settle_charge(charge: KeptCharge, seen: kept.CardCharge) -> KeptCharge:
    """Book what the provider says of a payment, by its answer or its message; old news changes nothing.

    Money that came is booked even where the payment had been given up. Locks the order.
    """
    order = ledger.lock_order(charge.order)
    locked = KeptCharge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    if locked.state == ChargeState.PAID or seen.state == kept.PENDING:
        return locked
    if seen.state == kept.PAID:
        _end(locked, ChargeState.PAID)
        payments.book_card_payment(
            order,
            amount=locked.amount,
            currency=locked.currency,
            provider_reference=seen.payment_reference,
            on=timezone.localdate(),
        )
    elif locked.state == ChargeState.REQUESTED:
        _end(locked, ChargeState.FAILED, seen.why)
    return locked


def withdraw_charge(charge: KeptCharge) -> bool:
    """Take a payment back that the provider was not asked for yet. False: it is being made or over."""
    waiting = KeptCharge.objects.filter(pk=charge.pk, state=ChargeState.REQUESTED, asked_at=None)
    return bool(waiting.update(state=ChargeState.WITHDRAWN, settled_at=timezone.now()))


def chase_charges(at: datetime) -> int:
    """Have the worker look again at payments without an answer for a while; how many these are.

    One without an answer for three days has failed: the person is told, and may pay otherwise.
    """
    found = list(KeptCharge.objects.filter(state=ChargeState.REQUESTED, requested_at__lt=at - QUIET).order_by("pk"))
    for row in found:
        if row.requested_at < at - GIVE_UP:
            log.error("kept_charge.unanswered", charge=row.pk)
            settle_charge(row, kept.CardCharge(kept.FAILED, why=UNANSWERED))
        else:
            defer(charge_kept_card, once=f"charge-{row.pk}", charge=row.pk)
    return len(found)
