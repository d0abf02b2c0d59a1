"""Stopping an automatic renewal, whoever does it: nothing is charged any more, and the provider forgets the card."""

from django.db import transaction
from django.utils import timezone

from aapm_site.billing.domain import kept_cards, kept_charges

from ..models import AutomaticRenewal, Membership
from ..states import StopReason


@transaction.atomic
def stop(automatic: AutomaticRenewal, why: StopReason) -> bool:
    """Nothing is charged from now on, and the card is removed at the provider. Safe to repeat: False for one that is
    over. A payment that the provider is being asked for at this moment is made all the same.
    """
    open_now = AutomaticRenewal.objects.filter(pk=automatic.pk, stopped_at=None)
    if not open_now.update(stopped_at=timezone.now(), stopped_why=why):
        return False
    for row in automatic.announced.exclude(charge=None).select_related("charge"):
        if row.charge is not None:
            kept_charges.withdraw_charge(row.charge)
    kept_cards.remove_card(automatic.card)
    return True


def stop_all(membership: Membership, why: StopReason) -> int:
    """Those of one membership that run or are about to: it was closed, somebody has died, or two records are one."""
    found = AutomaticRenewal.objects.filter(membership=membership, stopped_at=None).select_related("card")
    return sum(stop(automatic, why) for automatic in found)
