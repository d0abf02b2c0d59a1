"""Making members, adding terms, and closing a membership."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.closing import close_row, reopen_row
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email

from ..models import Membership, Plan, Term
from ..rules import next_period
from ..states import StopReason
from .automatic_stops import stop_all


def next_member_number() -> int:
    """A new member number. Numbers are never given twice; one that was given in a rolled-back change is lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('membership_number')")
        return cursor.fetchone()[0]


@transaction.atomic
def admit_member(user: User, plan: Plan, *, on: date, **profile: Any) -> Term:
    """Make the person a member from `on`, or continue a membership without losing a day; returns the new term.
    For a category without dues: where there are dues, the term begins when they are paid (`domain/dues.py`).

    Locks the person's row, so that of two who admit the same person the second adds to what the first made.
    `profile` are fields of the membership (career_stage, practice_setting, state_code) and replace older ones.
    NotAllowed for one that is closed: whoever closed it said why.
    """
    return add_term(lock_membership(user, joined_on=on, **profile), plan, on=on)


def lock_membership(user: User, *, joined_on: date, **profile: Any) -> Membership:
    """The membership of a person, locked, made with a new number where there is none; `profile` replaces fields."""
    get_user_model().objects.select_for_update(of=("self",)).get(pk=user.pk)
    membership = Membership.objects.select_for_update().filter(user=user).first()
    if membership is None:
        membership = Membership(user=user, number=next_member_number(), joined_on=joined_on)
    for name, value in profile.items():
        setattr(membership, name, value)
    membership.save()
    return membership


@transaction.atomic
def add_term(membership: Membership, plan: Plan, *, on: date, **kept: Any) -> Term:
    """Add one term as the category's rule says: after the last one if the membership runs, else from `on`.

    It keeps what the category grants today. `kept` are further fields of the term, such as where it came from. Locks
    the membership. NotAllowed for one that is closed.
    """
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.closed_at:
        raise NotAllowed(f"The membership of {membership} is closed. Open it again first.")
    if locked.next_plan_id == plan.pk:  # the change that was chosen has come
        locked.next_plan = None
        locked.save(update_fields=["next_plan"])
    period = next_period(Term.objects.filter(membership=membership), on, plan.term_rule)
    return Term.objects.create(
        membership=membership, plan=plan, starts_on=period.starts_on, ends_on=period.ends_on, **kept
    )


@transaction.atomic
def void_term(term: Term, *, reason: str) -> Term:
    """Take a term back: it counts for nothing from now on, neither for access nor for reminders, and its days are free
    for another one. The row stays, with the reason. Locks the membership.

    NotAllowed for one that is void already.
    """
    Membership.objects.select_for_update().get(pk=term.membership_id)
    taken_back = Term.objects.get(pk=term.pk)
    if taken_back.is_void:
        raise NotAllowed("Somebody has taken this term back already.")
    taken_back.void_at, taken_back.void_reason = timezone.now(), reason.strip()
    taken_back.save(update_fields=["void_at", "void_reason"])
    return taken_back


@transaction.atomic
def end_term(term: Term, *, on: date) -> Term:
    """Let a term that runs end on a day before its last one; it keeps when it was to end. Locks the membership.

    Its grace is over with it: nobody paid for those days. NotAllowed for a day that is not within the term.
    """
    Membership.objects.select_for_update().get(pk=term.membership_id)
    cut = Term.objects.get(pk=term.pk)
    if cut.is_void or not cut.starts_on <= on < cut.ends_on:
        raise NotAllowed("Choose a day on which this term runs, before its last one.")
    cut.ends_on, cut.was_to, cut.grace_days = on, cut.was_to or cut.ends_on, 0
    cut.save(update_fields=["ends_on", "was_to", "grace_days"])
    return cut


@transaction.atomic
def close_membership(membership: Membership) -> Membership:
    """Nothing is open to the person as a member from now on; terms and groups are kept, an automatic renewal
    ends. The person is told.
    """
    closed = close_row(Membership.objects.select_for_update().get(pk=membership.pk))
    stop_all(closed, StopReason.CLOSED)
    _tell(closed, "closed")
    return closed


@transaction.atomic
def reopen_membership(membership: Membership) -> Membership:
    """Its terms and groups count again, as their dates say. They are told. NotAllowed for somebody who has died."""
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.deceased_on:
        raise NotAllowed("A death is recorded here. If it was somebody else, take that back instead.")
    opened = reopen_row(locked)
    _tell(opened, "reopened")
    return opened


def _tell(membership: Membership, what: str) -> None:
    """People who cannot sign in get no mail."""
    user = membership.user
    if user.is_active:
        context = {"name": user.get_short_name(), "number": membership.number}
        queue_email(user.email, f"membership/{what}", context, user=user, kind="membership-closed")
