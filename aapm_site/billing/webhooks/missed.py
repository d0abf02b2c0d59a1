"""Messages that did not come: the card provider is asked what became of a checkout session."""

from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..domain import checkout_sessions, notifications
from ..gateways import card
from ..models import CardSession, Order
from ..states import CardState
from . import checkout

log = structlog.get_logger(__name__)

QUIET = timedelta(minutes=10)  # so long the provider's own message is waited for
TROUBLE = "trouble"
SAYS_MOST = ("paid", TROUBLE, "unclear", "pending", "open", "ended")
MOST_PAGES = 5  # asked about at once: each may take twenty seconds


def reconcile_sessions(at: datetime, *, limit: int = 500) -> dict[str, int]:
    """Ask the provider about every session that is not finished and quiet for a while; how many came to what.

    Finds payments whose message was lost, those first that were never asked about. A row without an answer (the
    provider timed out when it was opened) that has run out is ended: its key was never shown to anybody.
    """
    found = {"asked": 0, "paid": 0, "ended": 0, "unclear": 0}
    sessions = CardSession.objects.unfinished().filter(opened_at__lt=at - QUIET).select_related("order__invoice")
    for session in sessions.order_by(F("checked_at").asc(nulls_first=True), "opened_at", "pk")[:limit]:
        found["asked"] += 1
        state = _look(session, at)
        state = "unclear" if state == TROUBLE else state
        if state in {"paid", "ended", "unclear"}:
            found[state] += 1
    return found


def _look(session: CardSession, at: datetime) -> str:
    """What became of a page. Whatever goes wrong with it is written down, and keeps nobody from the next one."""
    try:
        if session.session_id is None:
            return _run_out(session, at)
        return checkout.settle_session(session, card.look_up(session.session_id), at=at).value
    except (card.Unavailable, OperationalError) as silent:
        if isinstance(silent, card.Unavailable):
            checkout_sessions.log_silence(silent, session=session.pk)
        return "unclear"
    except checkout_sessions.DoesNotFit as wrong:
        _hand_over(session, str(wrong), is_over=True)
        return "unclear"
    except (card.CardRefused, NotAllowed) as wrong:
        _hand_over(session, str(wrong), is_over=session.expires_at < at)
        return "unclear"
    except Exception as wrong:  # noqa: BLE001 - whatever one payment does, the others are looked at
        log.exception("card.trouble", session=session.pk)
        name = type(wrong).__name__
        _hand_over(session, f"The provider's answer could not be booked ({name}). It is tried again every hour.")
        return TROUBLE


def _run_out(session: CardSession, at: datetime) -> str:
    if session.expires_at >= at:
        return "open"
    CardSession.objects.filter(pk=session.pk, session_id=None).update(state=CardState.ENDED, payer_email="")
    return "ended"


@transaction.atomic
def _hand_over(session: CardSession, why: str, *, is_over: bool = False) -> None:
    """Tell staff what is wrong with a page, once. One that `is_over` is for them now and not asked about again."""
    log.error("card.reconcile", session=session.pk, why=why)
    trouble, row = why[:300], CardSession.objects.filter(pk=session.pk).exclude(state=CardState.PAID)
    if row.exclude(trouble=trouble).update(trouble=trouble):
        notifications.staff_look(f"Card payment of order {session.order}", why, session.order)
    row.update(checked_at=timezone.now(), **({"state": CardState.ENDED} if is_over else {}))


def check_sessions_now(order: Order) -> str | None:
    """Ask about an order's card pages at once, for staff: what is unfinished, and what ended lately without a payment.

    The answer is the one that says most; None when there is nothing to ask about.
    """
    now = timezone.now()
    pages = order.card_sessions.to_ask_about(now).select_related("order__invoice")[:MOST_PAGES]
    said = {_look(session, now) for session in pages}
    return next((state for state in SAYS_MOST if state in said), None)
