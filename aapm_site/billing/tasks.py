"""The billing office's background work; the worker finds its tasks here."""

from django.conf import settings
from django.utils import timezone

from aapm_site.core.background.queue import periodic, task

from .domain import kept_cards, kept_charges, refunds
from .domain.checkout_closing import end_sessions
from .domain.kept_cards import look_at_kept_card, remove_kept_card
from .domain.kept_charges import charge_kept_card
from .domain.refunds import send_refund
from .webhooks import missed, waiting

__all__ = [
    "charge_kept_card",
    "end_sessions",
    "look_at_kept_card",
    "reconcile_cards",
    "remove_kept_card",
    "send_refund",
]


@periodic("7 * * * *")
@task("billing.reconcile_cards", attempts=3, wait=60)
def reconcile_cards(timestamp: int = 0) -> None:
    """Every hour: card payments whose message did not come are asked for."""
    if settings.CARD_PAYMENTS:
        missed.reconcile_sessions(timezone.now())
        refunds.chase_refunds(timezone.now())
        kept_cards.chase_kept_cards(timezone.now())
        kept_charges.chase_charges(timezone.now())
        waiting.give_up_waiting(timezone.now())
