"""What becomes of a checkout session: paid, refused by the bank, or run out."""

from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from aapm_site.core.transitions import NotAllowed

from ..domain import checkout_sessions, kept_cards, ledger
from ..gateways import card, kept
from ..models import CardSession
from ..states import CardState
from . import store, waiting


@transaction.atomic
def settle_session(session: CardSession, seen: card.Session, *, at: datetime) -> CardState:
    """Book what the provider says of a session. Told late, twice or out of order, it comes to the same.

    Raises DoesNotFit for an amount, currency or order that is not the one that was opened.
    """
    locked = ledger.lock_order(session.order)
    session.refresh_from_db(fields=["state", "payment_reference", "amount", "currency"])
    session.order = locked
    return _settle_locked_session(session, seen, at=at)


def _settle_locked_session(session: CardSession, seen: card.Session, *, at: datetime) -> CardState:
    """Its payment first, and then what was told of that payment before it came."""
    was_paid = session.state == CardState.PAID
    state = checkout_sessions.settle_locked_session(session, seen, at=at)
    if state == CardState.PAID and not was_paid:
        waiting.handle_waiting_messages(seen.payment_reference)
    return state


# Told -----------------------------------------------------------------------------------------------------------------
def session_told(event: card.CardEvent) -> str:
    if kept.is_about_a_card(event):
        return kept_cards.page_told(event)
    seen = card.session_of(event)
    session = _lock_session(seen)
    state = _settle_locked_session(session, seen, at=event.created_at)
    return f"Order {session.order}: {state.label.lower()}."


def session_failed(event: card.CardEvent) -> str:
    session = _lock_session(card.session_of(event))
    checkout_sessions.fail_session(session)
    return f"Order {session.order}: the bank did not pay."


HANDLERS: dict[str, store.Handler] = {
    "checkout.session.completed": session_told,
    "checkout.session.async_payment_succeeded": session_told,
    "checkout.session.async_payment_failed": session_failed,
    "checkout.session.expired": session_told,
}


def _lock_session(seen: card.Session) -> CardSession:
    """The page that a message is about, read with all others of its order after the order was locked."""
    order = ledger.lock_order_where(card_sessions__session_id=seen.id)
    if order is None:
        return _lock_unanswered_session(seen)
    prefetch_related_objects([order], "card_sessions")
    return next(page for page in order.card_sessions.all() if page.session_id == seen.id)


def _lock_unanswered_session(seen: card.Session) -> CardSession:
    """The provider may tell of a page before its own answer has reached us, or after that answer was lost."""
    order = ledger.lock_order_where(public_id=seen.reference)
    asked = CardSession.objects.filter(order=order, session_id=None, amount=seen.amount, currency=seen.currency)
    session = asked.first() if order else None
    if session is None:
        raise NotAllowed(f"No order here has the card page {seen.id}.")
    CardSession.objects.filter(pk=session.pk).update(session_id=seen.id, state=CardState.OPEN, payer_email="")
    session.order, session.session_id, session.state = order, seen.id, CardState.OPEN
    return session
