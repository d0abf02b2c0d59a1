"""Days that staff give an employer's account, or take back from it."""

from django.db import transaction

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor

from ..choices import DaysReason
from ..models import DaysEntry, Employer
from . import credit_ledger, credits, days_ledger, notifications

MOST_AT_ONCE = 365


@transaction.atomic
def give_days(employer: Employer, count: int, *, featured: bool = False, by: Actor, reason: str) -> DaysEntry:
    """Staff give days, or with a count below zero take unused ones back, always with a reason that the team reads.

    Raises NotAllowed for no count, more than 365 at once, no reason, or more than the account holds. Takes the
    employer's lock.
    """
    reason = reason.strip()
    if not reason:
        raise NotAllowed("Please give a reason; the employer's team will read it.")
    if not 1 <= abs(count) <= MOST_AT_ONCE:
        raise NotAllowed(f"Give between 1 and {MOST_AT_ONCE} days, or take as many back with a minus sign.")
    locked = credit_ledger.lock_employer(employer.pk)
    papers = {"by": actor(by), "reason": reason}
    if count < 0:
        try:
            return days_ledger.remove_days(locked, featured, -count, DaysReason.TAKEN_BACK, **papers)
        except days_ledger.TooFewDays as short:
            left = days_ledger.in_days(days_ledger.days_left(locked, featured), featured)
            raise NotAllowed(f"The account of {locked} holds {left}, so {-count} cannot be taken back.") from short
    entry = days_ledger.add_days(locked, featured, count, DaysReason.GIVEN, **papers)
    notifications.tell_of_days(locked, days_ledger.in_days(count, featured), reason)
    credits.settle_unpaid_days(locked)
    return entry
