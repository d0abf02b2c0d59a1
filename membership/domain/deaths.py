"""Recording that a member has died, and taking that back where it was somebody else.

Mail stops at once: what waits is not sent, subscriptions rest, and rooms write to nobody who cannot sign in.
"""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.domain.sessions import end_sessions
from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.subscriptions import stop_all_mail

from ..models import Membership
from ..states import StopReason
from .automatic_stops import stop_all


@transaction.atomic
def record_death(membership: Membership, *, on: date | None) -> Membership:
    """Close the membership and the account, and stop all mail that waits or would come. Nobody is written to.

    Terms and orders stay as they are; an automatic renewal ends. `on` may be unknown: then it is today. Locks the
    person, then the membership. NotAllowed for staff, whose account others end first, for a day ahead, and when it is
    recorded already.
    """
    today = timezone.localdate()
    if on and on > today:
        raise NotAllowed("This day is yet to come. Leave it empty if you do not know it.")
    person = User.objects.select_for_update(of=("self",)).get(pk=membership.user_id)
    if person.is_staff or person.is_superuser:
        raise NotAllowed("This account belongs to staff. An administrator ends their rights first.")
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.deceased_on:
        raise NotAllowed("A colleague has recorded it already.")
    locked.deceased_on, locked.closed_at = on or today, locked.closed_at or timezone.now()
    locked.save(update_fields=["deceased_on", "closed_at"])
    stop_all(locked, StopReason.CLOSED)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    stop_all_mail(person)
    return locked


@transaction.atomic
def take_back_death(membership: Membership) -> Membership:
    """It was somebody else: they may sign in again and the membership is open, unless it was closed before.
    Subscriptions rest until they say so.

    Locks as recording does. NotAllowed when none is recorded.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=membership.user_id)
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if not locked.deceased_on:
        raise NotAllowed("A colleague has taken it back already.")
    locked.deceased_on = None
    if not _was_closed_before(locked):
        locked.closed_at = None
    locked.save(update_fields=["deceased_on", "closed_at"])
    person.is_active = True
    person.save(update_fields=["is_active"])
    return locked


def _was_closed_before(membership: Membership) -> bool:
    """Whether staff had closed it already when the death was recorded, as its history says."""
    events: Any = apps.get_model("membership", "MembershipEvent").objects
    alive = events.filter(pgh_obj_id=membership.pk, deceased_on=None).order_by("pgh_id")
    before = alive.values_list("closed_at", flat=True).last()
    return before is not None
