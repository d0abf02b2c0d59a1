"""Money that comes: recorded by staff, or confirmed by the card provider; and money that comes back unpaid."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.money import Money, round_money
from aapm_site.core.transitions import NotAllowed, actor, move

from ..models import Order, Payment, Refund
from ..rules import number_alone
from ..states import CAME_BACK, PaymentMethod, RefundMethod, RefundStatus
from . import ledger, notifications, numbering, offers, settlement
from .checkout_closing import end_sessions_later

BY_STAFF = (PaymentMethod.CHECK, PaymentMethod.TRANSFER)


@transaction.atomic
def record_payment(
    order: Order, *, by: Actor, method: str, amount: Decimal, received_on: date, reference: str, currency: str = ""
) -> Payment:
    """A check or transfer that staff have seen. Too little leaves the rest open, too much is kept for the customer.

    Raises NotAllowed for a future day, an amount that is none, another currency, or a receipt that is there already.
    """
    locked = ledger.lock_order(order)
    _check(locked, method, amount, received_on, currency)
    for same in similar_payments(locked, method, amount, received_on):
        if reference.strip() and number_alone(same.reference) == number_alone(reference):
            raise NotAllowed(f"This payment is recorded already, as {same.number}.")
    payment = add_payment(
        locked, by=by, method=method, amount=amount, received_on=received_on, reference=reference.strip()
    )
    return _settle(locked, payment, by=by)


def similar_payments(order: Order, method: str, amount: Decimal, received_on: date) -> list[Payment]:
    """Payments of the order that look the same but for the reference, and stand."""
    found = order.payments.filter(method=method, amount=amount, received_on=received_on)
    return [payment for payment in found.order_by("pk") if amount_not_returned(payment) > 0]


def _check(order: Order, method: str, amount: Decimal, received_on: date, currency: str) -> None:
    if method not in BY_STAFF:
        raise NotAllowed("Staff record checks and bank transfers; card payments record themselves.")
    if amount <= 0 or amount != round_money(amount):
        raise NotAllowed("Give an amount above zero, in dollars and whole cents.")
    if currency and currency != order.currency:
        raise NotAllowed(f"This order is in {order.currency}. Record what the bank made of it in that currency.")
    if received_on > timezone.localdate():
        raise NotAllowed("The day of a payment cannot be in the future.")


@transaction.atomic
def confirm_card_payment(order: Order, *, amount: Decimal, currency: str, provider_reference: str, on: date) -> Payment:
    """A card payment that the provider has taken: booked once for each of its references, however often it is told.

    Locks the order. What is more than owed, because somebody paid twice, is kept for the customer and shown to staff.
    """
    locked = ledger.lock_order(order)
    before = find_card_payment(provider_reference)
    if before is not None and before.order_id == locked.pk:
        return before
    return book_card_payment(locked, amount=amount, currency=currency, provider_reference=provider_reference, on=on)


def find_card_payment(provider_reference: str) -> Payment | None:
    """The card payment that the provider knows by this reference, with its order, invoice and customer."""
    paid = Payment.objects.select_related("order__invoice", "order__customer").filter(method=PaymentMethod.CARD)
    return paid.exclude(provider_reference="").filter(provider_reference=provider_reference).first()


def book_card_payment(order: Order, *, amount: Decimal, currency: str, provider_reference: str, on: date) -> Payment:
    """A card payment for a locked order that the caller knows to be new for it.

    Raises NotAllowed for what does not fit the order, and for a reference that is booked for another one.
    """
    if currency != order.currency or amount <= 0 or not provider_reference:
        raise NotAllowed(f"{Money(amount, currency)} does not fit order {order}, which is in {order.currency}.")
    order = offers.take_up_offer(order)
    card = {"method": PaymentMethod.CARD, "provider_reference": provider_reference}
    try:
        with transaction.atomic():
            payment = add_payment(order, by=None, amount=amount, received_on=on, **card)
    except IntegrityError as met:  # also when the two orders meet in the same moment
        before = find_card_payment(provider_reference)
        if before is None:
            raise
        why = f"The card payment {provider_reference} is booked for order {before.order} already."
        raise NotAllowed(why) from met
    return _settle(order, payment, by=None)


def _settle(order: Order, payment: Payment, *, by: Actor) -> Payment:
    """What follows for the order from a payment that is booked, and the mail about it."""
    was_unpaid = order.is_unpaid
    now = settlement.settle_order_if_paid(order, by=by)
    if now.is_unpaid:
        end_sessions_later(now)  # they are over another amount than what is owed now
        notifications.part_paid(now, payment, ledger.amount_owed(now))
    elif was_unpaid:
        notifications.paid_in_full(now, payment)
    else:
        notifications.paid_again(now, payment)
    return payment


def add_payment(order: Order, *, by: Actor, **fields: Any) -> Payment:
    """The row and its ledger entry alone. Under the order's lock."""
    payment = Payment.objects.create(
        order=order,
        number=numbering.next_number(numbering.RECEIPT, timezone.localdate()),
        currency=order.currency,
        recorded_by=actor(by),
        letterhead=order.invoice.letterhead,  # the receipt speaks for the same seller
        **fields,
    )
    ledger.book_payment(payment)
    return payment


def amount_left(payment: Payment) -> Decimal:
    """What of a payment has not gone back and is not on its way back."""
    gone = payment.refunds.exclude(status=RefundStatus.FAILED)
    return payment.amount - sum((refund.amount for refund in gone), Decimal(0))


def amount_not_returned(payment: Payment) -> Decimal:
    """What can still leave a payment unpaid: all of it, also what was refunded or used elsewhere meanwhile."""
    taken = payment.refunds.filter(method__in=CAME_BACK).exclude(status=RefundStatus.FAILED)
    return payment.amount - sum((refund.amount for refund in taken), Decimal(0))


@transaction.atomic
def return_payment_unpaid(
    payment: Payment,
    *,
    by: Actor,
    reason: str,
    amount: Decimal | None = None,
    method: str = RefundMethod.RETURNED,
    provider_reference: str = "",
) -> Refund:
    """The bank took a payment back (a check that bounced, a transfer recalled, a lost dispute), or none had come.

    The order waits for payment again, and what was bought and not used yet is taken back.
    """
    if not reason.strip():
        raise NotAllowed("Please say what happened; it stays with the payment, and the customer reads it.")
    locked = ledger.lock_order(payment.order)
    left = amount_not_returned(payment)
    amount = left if amount is None else min(amount, left)
    if amount <= 0:
        raise NotAllowed("All of this payment has been taken out again already.")
    refund = Refund.objects.create(
        payment=payment,
        method=method,
        amount=amount,
        currency=payment.currency,
        reason=reason.strip()[:500],
        requested_by=actor(by),
        provider_reference=provider_reference,
    )
    done = move(refund, RefundStatus.DONE, by=by, reason=reason, is_locked=True, refunded_on=timezone.localdate())
    ledger.book_refund(done)
    reopened = settlement.reopen_order(locked, by=by, reason=reason)
    notifications.payment_returned(reopened, done)
    return done
