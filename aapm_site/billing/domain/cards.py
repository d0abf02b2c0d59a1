"""Paying by card: a page at the provider is opened for an order, and what became of it is found out.

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
from ..models import CardSession, Order
from ..states import CardState
from . import card_pages, ledger, notices, payments

log = structlog.get_logger(__name__)

LIFETIME = timedelta(hours=23)  # Stripe allows up to 24 hours
LEAST_LEFT = timedelta(minutes=40)  # the provider refuses a page of less than thirty minutes
QUIET = timedelta(minutes=10)  # so long the provider's own message is waited for


class CannotPay(NotAllowed):
    """The card page cannot be opened now; nothing was charged. The text says what to do."""


def start(order: Order, *, email: str) -> str:
    """The address of the provider's page for what is owed on an order.

    A page that is open already is used again, so two tabs cannot pay twice. The row is committed before the provider
    is asked, and its key makes a repeated question harmless. Raises CannotPay.
    """
    if not settings.CARD_PAYMENTS:
        raise CannotPay("Card payment is not open at the moment. You can pay by check or bank transfer.")
    session = _session_for(order)
    if session.state == CardState.OPEN:
        return session.url
    try:
        seen = _ask(session, email)
    except card.Unavailable as silent:
        log.warning("card.unavailable", order=order.pk)
        raise CannotPay(
            "The card page does not answer at the moment. Nothing was charged. Please try again in a few minutes, "
            "or pay by check or bank transfer."
        ) from silent
    except card.Refused as refused:
        log.error("card.refused", order=order.pk, why=str(refused))
        CardSession.objects.filter(pk=session.pk).update(state=CardState.ENDED)
        raise CannotPay(
            "The card page could not be opened. Nothing was charged. Please pay by check or bank transfer, or ask us."
        ) from refused
    _keep(session, seen)
    return seen.url


@transaction.atomic
def _session_for(order: Order) -> CardSession:
    """The open page of the order, or a new row for one. Of two who meet, both get the same."""
    locked = ledger.lock(order)
    owed = ledger.owed(locked)
    if owed <= 0 or not locked.is_unpaid:
        raise CannotPay("Nothing is open on this order any more, so there is nothing to pay.")
    now = timezone.now()
    latest = locked.card_sessions.unfinished().first()
    if latest and latest.state == CardState.PENDING:
        raise CannotPay("Your bank is still at work on this payment. We write to you as soon as it is done.")
    if latest and latest.amount == owed and latest.expires_at > now + LEAST_LEFT:
        return latest
    card_pages.end_later(locked)
    return CardSession.objects.create(
        order=locked, key=public_id(), amount=owed, currency=locked.currency, expires_at=now + LIFETIME
    )


def _ask(session: CardSession, email: str) -> card.Session:
    order = session.order
    back = absolute(reverse("billing:pay", args=[order.pay_token]))
    return card.open_session(
        key=session.key,
        reference=order.public_id,
        amount=session.amount,
        currency=session.currency,
        title=f"Invoice {order.invoice.number}",
        email=email,
        success_url=f"{absolute(reverse('billing:pay-return', args=[order.pay_token]))}",
        cancel_url=f"{back}?card=left",
        expires_at=session.expires_at,
    )


def _keep(session: CardSession, seen: card.Session) -> None:
    CardSession.objects.filter(pk=session.pk, state=CardState.OPENING).update(
        session_id=seen.id, url=seen.url, state=CardState.OPEN, payment_reference=seen.payment_reference
    )


class DoesNotFit(NotAllowed):
    """The provider's word does not fit what was opened: amount, currency or order differ. Nothing is booked."""


@transaction.atomic
def settle(session: CardSession, seen: card.Session, *, at: datetime) -> CardState:
    """Book what the provider says of a session. Told late, twice or out of order, it comes to the same.

    Raises DoesNotFit for an amount, currency or order that is not the one that was opened.
    """
    locked = ledger.lock(session.order)
    session.refresh_from_db(fields=["state", "payment_reference", "amount", "currency"])
    session.order = locked
    return settle_within(session, seen, at=at)


def settle_within(session: CardSession, seen: card.Session, *, at: datetime) -> CardState:
    """The same for a session read after its order was locked, in the caller's transaction: what raises rolls back."""
    _compare(session, seen)
    if seen.payment_reference:
        session.payment_reference = seen.payment_reference
    if seen.is_paid:
        session.state = CardState.PAID
    elif session.state != CardState.PAID:
        session.state = {"complete": CardState.PENDING, "expired": CardState.ENDED}.get(seen.state, session.state)
    session.checked_at = timezone.now()
    # Before the payment is booked, which closes the order's other pages.
    session.save(update_fields=["state", "payment_reference", "checked_at"])
    if seen.is_paid:
        payments.confirm_locked(
            session.order,
            amount=seen.amount,
            currency=seen.currency,
            provider_reference=seen.payment_reference or seen.id,
            on=timezone.localdate(at),
        )
    return CardState(session.state)


def _compare(session: CardSession, seen: card.Session) -> None:
    if seen.reference != session.order.public_id:
        raise DoesNotFit(f"The card payment {seen.id} names another order than {session.order}.")
    if (seen.amount, seen.currency) != (session.amount, session.currency):
        raise DoesNotFit(
            f"The card payment {seen.id} is over {Money(seen.amount, seen.currency)}, "
            f"not over {Money(session.amount, session.currency)} as was asked for order {session.order}."
        )


@transaction.atomic
def failed(session: CardSession) -> None:
    """The bank did not pay after all: the order still waits, and the buyer is told kindly."""
    ledger.lock(session.order)
    session.refresh_from_db()
    if session.state in {CardState.PAID, CardState.ENDED}:
        return
    session.state = CardState.ENDED
    session.checked_at = timezone.now()
    session.save(update_fields=["state", "checked_at"])
    notices.card_failed(session.order)


def reconcile(at: datetime, *, limit: int = 500) -> dict[str, int]:
    """Ask the provider about every session that is not finished and quiet for a while; how many came to what.

    Finds payments whose message was lost. A row without an answer (the provider timed out when it was opened) that
    has run out is ended: its key was never shown to anybody.
    """
    found = {"asked": 0, "paid": 0, "ended": 0, "unclear": 0}
    sessions = CardSession.objects.unfinished().filter(opened_at__lt=at - QUIET).select_related("order__invoice")
    for session in sessions.order_by("checked_at", "opened_at", "pk")[:limit]:
        found["asked"] += 1
        state = _look(session, at)
        if state in {"paid", "ended", "unclear"}:
            found[state] += 1
    return found


def _look(session: CardSession, at: datetime) -> str:
    if session.session_id is None:
        if session.expires_at < at:
            CardSession.objects.filter(pk=session.pk, session_id=None).update(state=CardState.ENDED)
            return "ended"
        return "open"
    try:
        seen = card.look_up(session.session_id)
        return settle(session, seen, at=at).value
    except card.Unavailable:
        return "unclear"
    except (card.Refused, NotAllowed) as wrong:
        log.error("card.reconcile", session=session.pk, why=str(wrong))
        with transaction.atomic():
            notices.staff_look(f"Card payment of order {session.order}", str(wrong), session.order)
            # Told once: it is for a person now, and is not asked about again.
            CardSession.objects.filter(pk=session.pk).update(state=CardState.ENDED, checked_at=timezone.now())
        return "unclear"


def look_now(order: Order) -> Any:
    """Ask about an order's unfinished page at once, for staff and for a buyer whose message is late."""
    session = order.card_sessions.unfinished().exclude(session_id=None).first()
    return _look(session, timezone.now()) if session else None
