"""Messages of the card provider, each kept once: in any order, and nothing that does not fit is booked.

A message is kept in the transaction of what it does, and its number is unique: of fifty copies that come at once, one
is kept, and what the others did is rolled back.
"""

from collections.abc import Callable
from typing import Any

import structlog
from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..domain import notifications
from ..gateways import card
from ..models import ProviderEvent

log = structlog.get_logger(__name__)

Handler = Callable[[card.CardEvent], str]

# The outcome of a refund or a dispute that was told before its payment.
WAITS = "Waits for its payment."
MISFITS = (ArithmeticError, AttributeError, DataError, KeyError, NotAllowed, TypeError, ValueError)


def keep_message(event: card.CardEvent, handle: Handler) -> str:
    """Keep one message whose signature was right, with what its handler did. Returns what came of it.

    A repeat does nothing. A message that does not fit books nothing, and is kept with its reason for staff to look at.
    Anything unexpected rolls back and is raised, so that the provider sends it again.
    """
    try:
        with transaction.atomic():
            outcome = handle(event)
            _write_message(event, outcome=outcome[:300], handled_at=None if outcome == WAITS else timezone.now())
            return outcome
    except IntegrityError as refused:
        if ProviderEvent.objects.filter(event_id=event.id).exists():
            return "Known already."
        return _keep_for_a_look(event, f"The database refuses it: {refused}")
    except MISFITS as wrong:
        return _keep_for_a_look(event, str(wrong) or "The message has another form than was expected.")


def _write_message(event: card.CardEvent, **more: Any) -> ProviderEvent:
    return ProviderEvent.objects.create(
        event_id=event.id,
        type=event.type[:80],
        payment_reference=payment_reference_of(event),
        payload=event.raw,
        **more,
    )


def _keep_for_a_look(event: card.CardEvent, why: str) -> str:
    """After the first try was rolled back: the message again, with why it was not booked."""
    try:
        with transaction.atomic():
            row = _write_message(event, outcome=why[:300], handled_at=timezone.now(), needs_a_look=True)
            tell_staff_of_message(row, why)
    except IntegrityError:
        return "Known already."
    return why


def payment_reference_of(event: card.CardEvent) -> str:
    """The payment that a message is about; empty when it names none, or something that is no number."""
    try:
        return card.payment_of(event)
    except ValueError:
        return ""


def waiting_messages() -> QuerySet[ProviderEvent]:
    """The messages that were told before their payment."""
    return ProviderEvent.objects.filter(handled_at=None, outcome=WAITS)


def mark_message(row: ProviderEvent, outcome: str) -> None:
    """Write down what came of a message that had waited."""
    handled_at = None if outcome == WAITS else timezone.now()
    ProviderEvent.objects.filter(pk=row.pk).update(outcome=outcome[:300], handled_at=handled_at)


def mark_message_for_a_look(row: ProviderEvent, why: str) -> None:
    """The same where its handler failed: staff look at it."""
    row.outcome, row.handled_at, row.needs_a_look = why[:300], timezone.now(), True
    row.save(update_fields=["outcome", "handled_at", "needs_a_look"])
    tell_staff_of_message(row, why)


def mark_message_seen_to(row: ProviderEvent) -> None:
    """A person has looked at it. NotAllowed when somebody has already."""
    if not ProviderEvent.objects.filter(pk=row.pk, needs_a_look=True).update(needs_a_look=False):
        raise NotAllowed("Somebody has seen to this message already.")


def tell_staff_of_message(row: ProviderEvent, why: str) -> None:
    """A person in the office is to look at a message."""
    log.error("card.event", number=row.event_id, kind=row.type, why=why)
    notifications.staff_look(f"Message {row.event_id} of the card provider", why)
