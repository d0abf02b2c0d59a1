"""Resigning: from today or from the end of what is paid; taken back until it takes effect.

The terms say at once what is true: what lies after the last day is taken back, what holds it ends on it, and grace ends
with it, so that no reminder has anything to remind of. A term that is given afterwards overtakes the resignation:
whoever pays dues is a member. Locks: the customer, the person, the membership, as for a change of category.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor
from aapm_site.mail.domain.queue import queue_email

from ..leaving import Fate, Left, When, last_day, left_by
from ..models import Membership, Pause, Resignation, Term
from ..reminder_words import written
from ..states import StopReason
from . import memberships
from .automatic_stops import stop_all
from .category_changes import lock_member

TAKEN_BACK = "The member resigned."
KIND = "membership-leaving"
CHANGED = "Your membership has changed since you opened this page. Please look at the last day again."


def resignation_of(membership: Membership | None) -> Resignation | None:
    """The one that stands, if there is one. One query."""
    return Resignation.objects.standing().filter(membership=membership).first() if membership else None


@transaction.atomic
def resign(person: User, *, when: str, seen: date | None, by: Actor, reason: str = "") -> Resignation:
    """The membership ends on the day that the page showed (`seen`; None where nobody showed one). An offer for dues
    that nobody paid ends with it, a pause that waits for an answer and an automatic renewal too, and a letter confirms
    it.

    NotAllowed without a membership that runs or will, when it is done already, when that day is another one meanwhile
    because a renewal came in between, and while an invoice for dues is open.
    """
    membership = lock_member(person, by)
    if resignation_of(membership):
        raise NotAllowed("You have resigned already. The day stands on “My membership”, where you can take it back.")
    terms = list(Term.objects.valid().filter(membership=membership))
    last = last_day(terms, timezone.localdate(), when)
    if last is None:
        raise NotAllowed("There is no membership here that runs, so there is nothing to resign from.")
    if seen is not None and seen != last:
        raise NotAllowed(CHANGED)
    Pause.objects.waiting().filter(membership=membership).update(cancelled_at=timezone.now())
    changes = left_by(terms, last)
    made = Resignation.objects.create(
        membership=membership,
        when=when,
        last_day=last,
        reason=reason.strip(),
        asked_by=actor(by),
        undo=[_before(change.term) for change in changes],
    )
    for change in changes:
        _leave(change, last)
    stop_all(membership, StopReason.RESIGNED)
    _tell(membership, "resigned", last)
    return made


@transaction.atomic
def withdraw_resignation(person: User, *, by: Actor) -> Resignation:
    """Take a resignation back: the terms are what they were. NotAllowed when none stands, or its last day is over."""
    membership = lock_member(person, by)
    found = resignation_of(membership)
    if found is None:
        raise NotAllowed("There is no resignation to take back.")
    if found.last_day < timezone.localdate():
        raise NotAllowed("The membership has ended. To be a member again, pay dues or apply on “My membership”.")
    for row in found.undo:
        _restore(membership, row)
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    _tell(membership, "resignation_taken_back", max(term.ends_on for term in membership.terms.valid()))
    return found


def _before(term: Term) -> dict[str, Any]:
    return {
        "term": term.pk,
        "ends_on": term.ends_on.isoformat(),
        "was_to": term.was_to.isoformat() if term.was_to else None,
        "grace_days": term.grace_days,
    }


def _leave(change: Left, last: date) -> None:
    if change.fate == Fate.VOID:
        memberships.void_term(change.term, reason=TAKEN_BACK)
    elif change.fate == Fate.CUT:
        memberships.end_term(change.term, on=last)
    else:
        change.term.grace_days = min(change.term.grace_days, change.grace_days)
        change.term.save(update_fields=["grace_days"])


def _restore(membership: Membership, row: dict[str, Any]) -> None:
    """One term as it was, unless staff have decided otherwise meanwhile."""
    term = Term.objects.filter(membership=membership, pk=row["term"]).first()
    if term is None or (term.is_void and term.void_reason != TAKEN_BACK):
        return
    term.void_at, term.void_reason, term.grace_days = None, "", row["grace_days"]
    term.ends_on = date.fromisoformat(row["ends_on"])
    term.was_to = date.fromisoformat(row["was_to"]) if row["was_to"] else None
    term.save(update_fields=["void_at", "void_reason", "grace_days", "ends_on", "was_to"])


def _tell(membership: Membership, letter: str, day: date) -> None:
    """People who cannot sign in get no mail."""
    user = membership.user
    if user.is_active:
        is_over = day <= timezone.localdate()
        context = {"name": user.get_short_name(), "number": membership.number, "day": written(day), "is_today": is_over}
        queue_email(user.email, f"membership/{letter}", context, user=user, kind=KIND)


__all__ = ["When", "resign", "resignation_of", "withdraw_resignation"]
