"""The billing office's background work; the worker finds its tasks here."""

from django.conf import settings
from django.utils import timezone

from aapm_site.core.queue import periodic, task

from .domain import cards, events, refunds
from .domain.card_pages import end_card_pages
from .domain.refunds import send_refund

__all__ = ["end_card_pages", "reconcile_cards", "send_refund"]


@periodic("7 * * * *")
@task("billing.reconcile_cards", attempts=3, wait=60)
def reconcile_cards(timestamp: int = 0) -> None:
    """Every hour: card payments whose message did not come are asked for."""
    if settings.CARD_PAYMENTS:
        cards.reconcile(timezone.now())
        refunds.chase(timezone.now())
        events.give_up_waiting(timezone.now())
