"""Which organizations may search profiles: staff let one for some days, and end that."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..models import Employer, ProfileAccess

LONGEST = 731  # days


@transaction.atomic
def give_profile_access(employer: Employer, *, until: date, by: User, reason: str) -> ProfileAccess:
    """Let it search from today on, through the last day. What runs already goes on beside it.

    Raises NotAllowed for a last day that is over or more than two years away, without a reason, and for an organization
    that is closed.
    """
    today = timezone.localdate()
    locked = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    if locked.closed_at:
        raise NotAllowed("This organization is closed.")
    if not today <= until <= today + timedelta(days=LONGEST):
        raise NotAllowed("The last day is today or later, and at most two years from now.")
    if not reason.strip():
        raise NotAllowed("Please give a reason; your colleagues will read it.")
    return ProfileAccess.objects.create(
        employer=locked, starts_on=today, ends_on=until, given_by=by, reason=reason.strip()
    )


def end_profile_access(employer: Employer) -> int:
    """Let yesterday be the last day of what runs; what began today goes. How many those were.

    Raises NotAllowed where nothing runs.
    """
    today = timezone.localdate()
    with transaction.atomic():
        running = ProfileAccess.objects.filter(employer=employer).running(today).select_for_update()
        numbers = [one.pk for one in running]
        if not numbers:
            raise NotAllowed("Staff let this organization search no profiles at present.")
        rows = ProfileAccess.objects.filter(pk__in=numbers)
        rows.filter(starts_on=today).delete()
        rows.update(ends_on=today - timedelta(days=1))
    return len(numbers)
