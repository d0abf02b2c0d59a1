"""Closing an order's pages at the card provider once it was paid otherwise or cancelled, so that no old tab pays it."""

import structlog

from aapm_site.core.background.queue import defer, task
from aapm_site.core.transitions import NotAllowed

from ..gateways import card
from ..models import CardSession, KeptCharge, Order
from ..states import CardState, ChargeState

log = structlog.get_logger(__name__)


def refuse_while_payment_pending(order: Order) -> None:
    """NotAllowed while a bank is at work on a payment of the order, or a kept card is asked: it may still come."""
    if CardSession.objects.filter(order=order, state=CardState.PENDING).exists():
        raise NotAllowed("The bank is at work on a payment for this order. Please wait for its answer.")
    if KeptCharge.objects.filter(order=order, state=ChargeState.REQUESTED).exists():
        raise NotAllowed("The card that is kept for this order is being charged. Please look again in a few minutes.")


def end_sessions_later(order: Order) -> None:
    """Have the worker close the pages that are open now, if there are any, after this transaction."""
    if pages := [page.pk for page in order.card_sessions.all() if page.state == CardState.OPEN]:
        defer(end_sessions, sessions=pages)


@task("billing.end_card_pages", attempts=3, wait=60)
def end_sessions(sessions: list[int]) -> None:
    """Close them. What was paid in the same moment is a payment all the same, and comes as the provider's message."""
    for session in CardSession.objects.filter(pk__in=sessions, state=CardState.OPEN).exclude(session_id=None):
        try:
            card.expire(str(session.session_id))
        except card.CardRefused as refused:
            log.warning("card.not_closed", session=session.pk, why=str(refused))
