"""Honorary membership: granted by staff for life, without dues and reminders, and taken back with a record.

Locks: the customer, the person, the membership, as a change of category does: an offer for dues ends with it.
"""

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.domain.orders import personal_customer
from aapm_site.billing.models import Customer
from aapm_site.core.transitions import NotAllowed

from ..models import Honor, Membership, Plan, Term
from ..queries.dues_orders import invoiced_dues
from ..rules import FOR_LIFE, ONE_DAY
from . import memberships
from .dues import make_way


@transaction.atomic
def grant_honor(membership: Membership, plan: Plan, *, by: User, decided_by: str, reason: str) -> Honor:
    """An honorary member for life: from the day after the last day that is paid, or from today. No money moves, and
    an offer for dues that is not paid ends. Nobody is written to.

    NotAllowed for a membership that is closed or honorary already, and while an invoice for dues is open.
    """
    person = membership.user
    if (invoice := invoiced_dues(person)) is not None:
        raise NotAllowed(f"Invoice {invoice} for dues is open. Cancel it, or book its payment, and come back.")
    make_way(Customer.objects.select_for_update().get(pk=personal_customer(person).pk), by)
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.closed_at:
        raise NotAllowed("This membership is closed. Open it again first.")
    if honor_of(locked) is not None:
        raise NotAllowed("A colleague has recorded it already.")
    today = timezone.localdate()
    last_day = max((term.ends_on for term in Term.objects.valid().filter(membership=locked)), default=today - ONE_DAY)
    locked.next_plan = None
    locked.save(update_fields=["next_plan"])
    term = Term.objects.create(
        membership=locked,
        plan=plan,
        starts_on=max(last_day + ONE_DAY, today),
        ends_on=FOR_LIFE,
        grace_days=0,
        source=Term.Source.HONORARY,
        note=f"Decided by {decided_by}. {reason}"[:300],
    )
    return Honor.objects.create(term=term, decided_by=decided_by, reason=reason, granted_by=by)


@transaction.atomic
def take_back_honor(membership: Membership, *, by: User, reason: str) -> Honor:
    """The honor ends with today, or never begins if it has not; the record stays, with the reason. Nobody is told.

    NotAllowed when there is none.
    """
    Membership.objects.select_for_update().get(pk=membership.pk)
    honor = honor_of(membership)
    if honor is None:
        raise NotAllowed("There is no honorary membership here, or a colleague has taken it back already.")
    today = timezone.localdate()
    if honor.term.starts_on > today:
        memberships.void_term(honor.term, reason=reason)
    else:
        memberships.end_term(honor.term, on=today)
    honor.taken_back_by, honor.taken_back_at, honor.why_taken_back = by, timezone.now(), reason
    honor.save(update_fields=["taken_back_by", "taken_back_at", "why_taken_back"])
    return honor


def honor_of(membership: Membership) -> Honor | None:
    """The honor that counts, granted and not taken back."""
    found = Honor.objects.filter(term__membership=membership, term__void_at=None, taken_back_at=None)
    return found.select_related("term").first()
