"""Paying by card: a page at the provider is opened for an order, and what became of it is booked.

The provider is never asked inside a transaction that holds a lock: its answer may take ten seconds or never come.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.ids import public_id
from aapm_site.core.money import Money
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed

from ..gateways import card
from ..models import CardSession, KeptCharge, Order
from ..states import CardState, ChargeState
from . import ledger, notifications, payments
from .checkout_closing import end_sessions_later

log = structlog.get_logger(__name__)

LIFETIME = timedelta(hours=23)  # Stripe allows up to 24 hours
LEAST_LEFT = timedelta(minutes=40)  # the provider refuses a page of less than thirty minutes


class CannotPay(NotAllowed):
    """The card page cannot be opened now; nothing was charged. The text says what to do."""


def start_session(order: Order, *, email: str) -> str:
    """The address of the provider's page for what is owed on an order.

    A page that is open already is used again, so two tabs cannot pay twice. The row is committed before the provider
    is asked, and its key makes a repeated question harmless. Raises CannotPay.
    """
    if not settings.CARD_PAYMENTS:
        raise CannotPay("Card payment is not open at the moment. You can pay by check or bank transfer.")
    session = _session_for(order, email)
    if session.state == CardState.OPEN:
        return session.url
    try:
        seen = _ask(session)
    except card.Unavailable as silent:
        log_silence(silent, order=order.pk)
        raise CannotPay(
            "The card page does not answer at the moment. Nothing was charged. Please try again in a few minutes, "
            "or pay by check or bank transfer."
        ) from silent
    except card.CardRefused as refused:
        log.error("card.refused", order=order.pk, why=str(refused))
        # The same question in another tab may have had an answer.
        CardSession.objects.filter(pk=session.pk, state=CardState.OPENING).update(state=CardState.ENDED, payer_email="")
        raise CannotPay(
            "The card page could not be opened. Nothing was charged. Please pay by check or bank transfer, or ask us."
        ) from refused
    if not _keep(session, seen):
        raise CannotPay(
            "Something was booked on this order in the same moment, so its card page was closed again. Nothing was "
            "charged. Please look at what is still open, and begin again if you need to."
        )
    return seen.url


def log_silence(silent: card.Unavailable, **about: Any) -> None:
    """The provider gave no answer; where that is the fault of our keys, as an error."""
    if isinstance(silent, card.Misconfigured):
        log.error("card.misconfigured", why=str(silent), **about)
    else:
        log.warning("card.unavailable", **about)


@transaction.atomic
def _session_for(order: Order, email: str) -> CardSession:
    """The open page of the order, or a new row for one. Of two who meet, both get the same."""
    locked = ledger.lock_order(order)
    owed = ledger.amount_to_pay(locked)
    if owed <= 0 or not locked.is_payable:
        raise CannotPay("Nothing is open on this order any more, so there is nothing to pay.")
    if KeptCharge.objects.filter(order=locked, state=ChargeState.REQUESTED).exists():
        raise CannotPay("The card that you let us keep is being charged for this order. Please look again in a minute.")
    now = timezone.now()
    latest = locked.card_sessions.unfinished().first()
    if latest and latest.state == CardState.PENDING:
        raise CannotPay("Your bank is still at work on this payment. We write to you as soon as it is done.")
    if latest and latest.amount == owed and latest.expires_at > now + LEAST_LEFT:
        return latest
    end_sessions_later(locked)
    return CardSession.objects.create(
        order=locked, key=public_id(), amount=owed, currency=locked.currency, expires_at=now + LIFETIME,
        payer_email=email,
    )  # fmt: skip


def _ask(session: CardSession) -> card.Session:
    """Open the page. All that is asked for comes from the row: with the same key it must be the same."""
    order = session.order
    back = absolute(reverse("billing:pay", args=[order.pay_token]))
    return card.open_session(
        key=session.key,
        reference=order.public_id,
        amount=session.amount,
        currency=session.currency,
        title=title_of(order),
        email=session.payer_email,
        success_url=f"{absolute(reverse('billing:pay-return', args=[order.pay_token]))}",
        cancel_url=f"{back}?card=left",
        expires_at=session.expires_at,
    )


def title_of(order: Order) -> str:
    """What the payer reads on the provider's page. An offer has no invoice whose number it could be."""
    return order.lines.all()[0].title if order.is_offer else f"Invoice {order.invoice.number}"


@transaction.atomic
def _keep(session: CardSession, seen: card.Session) -> bool:
    """Write the answer down. False when the page must not be paid any more: the order changed meanwhile."""
    order = ledger.lock_order(session.order)
    CardSession.objects.filter(pk=session.pk, state=CardState.OPENING).update(
        session_id=seen.id, url=seen.url, state=CardState.OPEN, payment_reference=seen.payment_reference, payer_email=""
    )
    if order.is_payable and ledger.amount_to_pay(order) == session.amount:
        return True
    end_sessions_later(order)
    return False


class DoesNotFit(NotAllowed):
    """The provider's word does not fit what was opened: amount, currency or order differ. Nothing is booked."""


def settle_locked_session(session: CardSession, seen: card.Session, *, at: datetime) -> CardState:
    """Book what the provider says of a session that was read after its order was locked, in the caller's transaction.

    Raises DoesNotFit for an amount, currency or order that is not the one that was opened.
    """
    _compare(session, seen)
    if seen.is_failed:
        return _fail(session)
    if seen.payment_reference:
        session.payment_reference = seen.payment_reference
    was_paid = session.state == CardState.PAID
    session.state = _state_after(session, seen)
    session.checked_at, session.trouble = timezone.now(), ""
    # Before the payment is booked, which closes the order's other pages.
    session.save(update_fields=["state", "payment_reference", "checked_at", "trouble"])
    if seen.is_paid and not was_paid:
        payments.book_card_payment(
            session.order,
            amount=seen.amount,
            currency=seen.currency,
            provider_reference=seen.payment_reference or seen.id,
            on=timezone.localdate(at),
        )
    return CardState(session.state)


def _state_after(session: CardSession, seen: card.Session) -> CardState:
    """A page that has ended may turn out to be paid, but never waits for a bank again: that news is older."""
    if seen.is_paid:
        return CardState.PAID
    if session.state in {CardState.PAID, CardState.ENDED}:
        return CardState(session.state)
    return {"complete": CardState.PENDING, "expired": CardState.ENDED}.get(seen.state, CardState(session.state))


def _compare(session: CardSession, seen: card.Session) -> None:
    if seen.reference != session.order.public_id:
        raise DoesNotFit(f"The card payment {seen.id} names another order than {session.order}.")
    if (seen.amount, seen.currency) != (session.amount, session.currency):
        raise DoesNotFit(
            f"The card payment {seen.id} is over {Money(seen.amount, seen.currency)}, "
            f"not over {Money(session.amount, session.currency)} as was asked for order {session.order}."
        )


@transaction.atomic
def fail_session(session: CardSession) -> None:
    """The bank did not pay after all: the order still waits, and the buyer is told kindly."""
    ledger.lock_order(session.order)
    session.refresh_from_db()
    _fail(session)


def _fail(session: CardSession) -> CardState:
    if session.state not in {CardState.PAID, CardState.ENDED}:
        session.state = CardState.ENDED
        session.checked_at, session.trouble = timezone.now(), ""
        session.save(update_fields=["state", "checked_at", "trouble"])
        notifications.card_failed(session.order)
    return CardState(session.state)
