"""What staff decide about a category besides editing it."""

from django.db import transaction

from aapm_site.core.transitions import NotAllowed

from ..models import Plan


def confirm_dues(plan: Plan, *, joinable: bool) -> Plan:
    """The dues are the association's own; people apply for the category from now on, or are invited to it."""
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        if not locked.sample:
            raise NotAllowed("Its dues have been confirmed already.")
        locked.sample, locked.joinable = False, joinable
        locked.save(update_fields=["sample", "joinable"])
        return locked
