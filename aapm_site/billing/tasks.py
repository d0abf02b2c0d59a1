"""The billing office's background work; the worker finds its tasks here."""

from django.conf import settings
from django.utils import timezone

from aapm_site.core.background.queue import periodic, task

from .domain import refunds
from .domain.checkout_closing import end_sessions
from .domain.refunds import send_refund
from .webhooks import missed, waiting

__all__ = ["end_sessions", "reconcile_cards", "send_refund"]


@periodic("7 * * * *")
@task("billing.reconcile_cards", attempts=3, wait=60)
def reconcile_cards(timestamp: int = 0) -> None:
    """Every hour: card payments whose message did not come are asked for."""
    if settings.CARD_PAYMENTS:
        missed.reconcile_sessions(timezone.now())
        refunds.chase_refunds(timezone.now())
        waiting.give_up_waiting(timezone.now())
