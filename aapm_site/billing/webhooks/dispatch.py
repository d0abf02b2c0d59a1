"""Which handler does what a message of the card provider says."""

from django.conf import settings

from aapm_site.core.transitions import NotAllowed

from ..gateways import card
from . import checkout, kept_charges, store, waiting

HANDLERS: dict[str, store.Handler] = {**checkout.HANDLERS, **kept_charges.HANDLERS, **waiting.HANDLERS}


def receive_message(event: card.CardEvent) -> str:
    """Keep and handle one message whose signature was right. Returns what came of it; a repeat does nothing."""
    outcome = store.keep_message(event, handle_message)
    if outcome == store.WAITS:
        waiting.handle_waiting_messages_if_booked(store.payment_reference_of(event))
    return outcome


def handle_message(event: card.CardEvent) -> str:
    """Do what a message says, in the caller's transaction. Raises one of store.MISFITS for what does not fit."""
    handler = HANDLERS.get(event.type)
    if handler is None:
        return "Not for us."
    if event.livemode != settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_")):
        raise NotAllowed("A message of the wrong mode: test and live payments do not mix.")
    return handler(event)
