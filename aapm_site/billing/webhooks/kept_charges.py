"""Payments with a kept card, as the provider tells of them: when its answer was lost, this is what is booked."""

from ..domain import kept_charges
from ..gateways import card, kept
from ..models import KeptCharge
from . import store


def charge_told(event: card.CardEvent) -> str:
    """A payment was made or refused. One that was made on the provider's page is told of by that page."""
    reference, seen = kept.charge_of(event)
    charge = KeptCharge.objects.filter(key=reference).select_related("order").first() if reference else None
    if charge is None:
        return "Not with a kept card."
    now = kept_charges.settle_charge(charge, seen)
    return f"Payment with a kept card, order {charge.order_id}: {now.get_state_display().lower()}."


HANDLERS: dict[str, store.Handler] = {
    "payment_intent.succeeded": charge_told,
    "payment_intent.payment_failed": charge_told,
}
