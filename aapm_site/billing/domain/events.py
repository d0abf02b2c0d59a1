"""What the card provider tells: each message once, in any order, and nothing that does not fit is booked.

A message is kept in the transaction of what it does, and its number is unique: of fifty copies that come at once, one
is kept, and what the others did is rolled back.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..gateways import card
from ..models import CardSession, ProviderEvent
from ..states import CardState
from . import checkout_sessions, ledger, returns
from .returns import MISFITS, WAITS

PATIENCE = timedelta(days=3)


def receive(event: card.CardEvent) -> str:
    """Keep and handle one message whose signature was right. Returns what came of it; a repeat does nothing.

    Of many copies that come at once, one is kept; the others roll back. A message that does not fit books nothing, and
    is kept with its reason for staff to look at. Anything unexpected rolls back and is raised, so that the provider
    sends it again.
    """
    outcome = _received(event)
    if outcome == WAITS:
        returns.catch_up_if_booked(_payment_reference(event))
    return outcome


def _received(event: card.CardEvent) -> str:
    try:
        with transaction.atomic():
            outcome = _outcome(event)
            _keep(event, outcome=outcome[:300], handled_at=None if outcome == WAITS else timezone.now())
            return outcome
    except IntegrityError as refused:
        if ProviderEvent.objects.filter(event_id=event.id).exists():
            return "Known already."
        return _keep_for_a_look(event, f"The database refuses it: {refused}")
    except MISFITS as wrong:
        return _keep_for_a_look(event, str(wrong) or "The message has another form than was expected.")


def _keep(event: card.CardEvent, **more: Any) -> ProviderEvent:
    return ProviderEvent.objects.create(
        event_id=event.id,
        type=event.type[:80],
        payment_reference=_payment_reference(event),
        payload=event.raw,
        **more,
    )


def _outcome(event: card.CardEvent) -> str:
    """Handle a message, in the caller's transaction. Raises one of MISFITS for what does not fit."""
    handler = HANDLERS.get(event.type)
    if handler is None:
        return "Not for us."
    if event.livemode != settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_")):
        raise NotAllowed("A message of the wrong mode: test and live payments do not mix.")
    return handler(event)


def _keep_for_a_look(event: card.CardEvent, why: str) -> str:
    """After the first try was rolled back: the message again, with why it was not booked."""
    try:
        with transaction.atomic():
            returns.tell_staff(_keep(event, outcome=why[:300], handled_at=timezone.now(), needs_a_look=True), why)
    except IntegrityError:
        return "Known already."
    return why


def _payment_reference(event: card.CardEvent) -> str:
    """The payment that a message is about; empty when it names none, or something that is no number."""
    try:
        return card.payment_of(event)
    except ValueError:
        return ""


def _session(seen: card.Session) -> CardSession:
    """The page that a message is about, read with all others of its order after the order was locked."""
    order = ledger.lock_order_where(card_sessions__session_id=seen.id)
    if order is None:
        return _unanswered(seen)
    prefetch_related_objects([order], "card_sessions")
    return next(page for page in order.card_sessions.all() if page.session_id == seen.id)


def _unanswered(seen: card.Session) -> CardSession:
    """The provider may tell of a page before its own answer has reached us, or after that answer was lost."""
    order = ledger.lock_order_where(public_id=seen.reference)
    asked = CardSession.objects.filter(order=order, session_id=None, amount=seen.amount, currency=seen.currency)
    session = asked.first() if order else None
    if session is None:
        raise NotAllowed(f"No order here has the card page {seen.id}.")
    CardSession.objects.filter(pk=session.pk).update(session_id=seen.id, state=CardState.OPEN, payer_email="")
    session.order, session.session_id, session.state = order, seen.id, CardState.OPEN
    return session


def _session_told(event: card.CardEvent) -> str:
    seen = card.session_of(event)
    session = _session(seen)
    state = checkout_sessions.settle_locked_session(session, seen, at=event.created_at)
    return f"Order {session.order}: {state.label.lower()}."


def _session_failed(event: card.CardEvent) -> str:
    session = _session(card.session_of(event))
    checkout_sessions.session_failed(session)
    return f"Order {session.order}: the bank did not pay."


def give_up_waiting(at: datetime) -> int:
    """Messages that have waited for days for a payment nobody made here are shown to staff; how many these were.

    Before that, those whose payment has come are handled.
    """
    returns.catch_up_all()
    old = ProviderEvent.objects.filter(handled_at=None, outcome=WAITS, received_at__lt=at - PATIENCE)
    return old.update(handled_at=at, needs_a_look=True, outcome="It is about a payment that this site does not know.")


HANDLERS: dict[str, Callable[[card.CardEvent], str]] = {
    "checkout.session.completed": _session_told,
    "checkout.session.async_payment_succeeded": _session_told,
    "checkout.session.async_payment_failed": _session_failed,
    "checkout.session.expired": _session_told,
    **returns.HANDLERS,
}
