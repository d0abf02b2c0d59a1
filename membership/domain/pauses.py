"""Pausing: the days that are paid are kept for afterwards; benefits and reminders rest in between.

A pause is a gap between terms: the term is cut on its first day and goes on when the member is back, and whatever
follows moves by its length, so that the dates which everybody reads are the true ones. Rules grant most of them; staff
decide on the others (`leaving.answer_to`). Locks: the customer, the person, the membership.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor
from aapm_site.mail.domain.queue import queue_email

from ..leaving import Answered, Moved, PauseAnswer, PauseAsked, answer_to, back_early, paused
from ..models import Membership, Pause, Term
from ..reminder_words import written
from ..rules import ONE_DAY
from .category_changes import lock_member
from .resignations import KIND, resignation_of

AFTER = "The rest of a term, after a pause."


def pause_of(membership: Membership | None, on: date | None = None) -> Pause | None:
    """The pause that runs, is to come, or waits for an answer. One query."""
    if membership is None:
        return None
    on = on or timezone.localdate()
    mine = Pause.objects.filter(membership=membership)
    return (mine.waiting() | mine.ahead_or_running(on)).first()


def answer_for(membership: Membership, reason: str, starts_on: date, back_on: date) -> Answered:
    """What would become of a pause that is asked for now. Four queries at most; writes nothing."""
    term = _term_on(membership, starts_on)
    last = Pause.objects.granted().filter(membership=membership).order_by("-back_on").first()
    asked = PauseAsked(
        reason,
        starts_on,
        back_on,
        term,
        source=term.source if term else "",
        has_fixed_year=term is not None and term.plan.year_begins is not None,
        last_pause_ended=last.back_on if last else None,
        is_paused=pause_of(membership) is not None,
        has_resigned=resignation_of(membership) is not None,
    )
    return answer_to(asked, timezone.localdate())


@transaction.atomic
def ask_for_pause(
    person: User,
    *,
    reason: str,
    starts_on: date,
    back_on: date,
    by: Actor,
    note: str = "",
    is_granted: bool = False,
) -> Pause:
    """A pause, granted by rule or waiting for staff, who grant their own at once (`is_granted`); the letter says which.
    An unpaid offer for dues ends with it.

    NotAllowed for what the rules refuse, without a membership, and while an invoice for dues is open.
    """
    membership = lock_member(person, by)
    found = answer_for(membership, reason, starts_on, back_on)
    if found.answer == PauseAnswer.NO:
        raise NotAllowed(found.why)
    pause = Pause.objects.create(
        membership=membership,
        reason=reason,
        note=note.strip(),
        starts_on=starts_on,
        back_on=back_on,
        asked_by=actor(by),
    )
    if is_granted or found.answer == PauseAnswer.BY_RULE:
        return _grant(membership, pause, by=by if is_granted else None)
    _tell(pause, "pause_asked")
    return pause


@transaction.atomic
def grant_pause(pause: Pause, *, by: Actor) -> Pause:
    """Staff agree. One whose first day is over begins today, as long. NotAllowed when it does not wait any more, and
    when no term runs on its first day.
    """
    membership, waiting = _lock_waiting(pause, by)
    today = timezone.localdate()
    if waiting.starts_on < today:
        waiting.back_on += today - waiting.starts_on
        waiting.starts_on = today
    if not _term_on(membership, waiting.starts_on):
        raise NotAllowed("No term runs on its first day, so that there are no days to keep. Decline it, and say so.")
    return _grant(membership, waiting, by=by)


@transaction.atomic
def decline_pause(pause: Pause, *, reason: str, by: Actor) -> Pause:
    """Staff do not agree, and say why; the member reads it. NotAllowed when it does not wait any more."""
    _, waiting = _lock_waiting(pause, by)
    waiting.declined_at, waiting.answer, waiting.decided_by = timezone.now(), reason.strip(), actor(by)
    waiting.save(update_fields=["declined_at", "answer", "decided_by"])
    _tell(waiting, "pause_declined")
    return waiting


@transaction.atomic
def end_pause(person: User, *, by: Actor) -> Pause:
    """The member is back today: what is left of the term begins now. A pause that has not begun, or waits for an
    answer, is taken back, and the terms are what they were. NotAllowed when there is none.
    """
    membership = lock_member(person, by)
    pause = pause_of(membership)
    if pause is None:
        raise NotAllowed("There is no pause to end.")
    today = timezone.localdate()
    if pause.is_waiting:
        return _cancel(pause)
    on = max(today, pause.starts_on)
    _move(back_early(_valid(membership), pause.back_on, on))
    if on == pause.starts_on:
        _join(pause)
        return _cancel(pause)
    pause.was_back_on, pause.back_on = pause.was_back_on or pause.back_on, on
    pause.save(update_fields=["was_back_on", "back_on"])
    _tell(pause, "pause_ended")
    return pause


def _lock_waiting(pause: Pause, by: Actor) -> tuple[Membership, Pause]:
    membership = lock_member(pause.membership.user, by)
    waiting = Pause.objects.waiting().select_for_update().filter(pk=pause.pk).first()
    if waiting is None:
        raise NotAllowed("Somebody has decided on this pause already, or the member has taken it back.")
    return membership, waiting


def _term_on(membership: Membership, on: date) -> Term | None:
    """The term that holds a day."""
    return next((term for term in _valid(membership) if term.starts_on <= on <= term.ends_on), None)


def _valid(membership: Membership) -> list[Term]:
    return list(Term.objects.valid().filter(membership=membership))


def _grant(membership: Membership, pause: Pause, *, by: Actor) -> Pause:
    moved = paused(_valid(membership), pause.starts_on, pause.back_on)
    pause.cut_term, pause.rest_term = _move(moved)
    pause.granted_at, pause.decided_by = timezone.now(), actor(by)
    pause.save()
    _tell(pause, "pause_granted")
    return pause


def _move(moved: Iterable[Moved]) -> tuple[Term | None, Term | None]:
    """Write the new days; the term that was cut, and its rest, if there is one."""
    cut = rest = None
    for one in moved:
        term = one.term
        term.starts_on, term.ends_on = one.starts_on, one.ends_on
        if one.rest:
            cut, rest = term, _rest_of(term, *one.rest)
            term.grace_days = 0
        term.save(update_fields=["starts_on", "ends_on", "grace_days"])
        if rest is not None and rest.pk is None:
            rest.save()
    return cut, rest


def _rest_of(term: Term, starts_on: date, ends_on: date) -> Term:
    """What follows a pause: of the same category and order, with the grace that the whole term had."""
    return Term(
        membership_id=term.membership_id,
        plan=term.plan,
        starts_on=starts_on,
        ends_on=ends_on,
        grace_days=term.grace_days,
        source=term.source,
        order_line_id=term.order_line_id,
        note=term.note or AFTER,
    )


def _join(pause: Pause) -> None:
    """Put a term that was cut together again. Under the membership's lock."""
    cut, rest = pause.cut_term, pause.rest_term
    if cut is None or rest is None or cut.is_void or rest.is_void:
        return
    rest.refresh_from_db()
    last, grace = rest.ends_on, rest.grace_days
    pause.rest_term = None
    rest.delete()
    cut.ends_on, cut.grace_days = last, grace
    cut.save(update_fields=["ends_on", "grace_days"])


def _cancel(pause: Pause) -> Pause:
    pause.cancelled_at = timezone.now()
    pause.save()
    return pause


def _tell(pause: Pause, letter: str) -> None:
    """People who cannot sign in get no mail."""
    user = pause.membership.user
    if not user.is_active:
        return
    ends = max((term.ends_on for term in _valid(pause.membership)), default=pause.back_on)
    context = {
        "name": user.get_short_name(),
        "starts": written(pause.starts_on),
        "last": written(pause.back_on - ONE_DAY),
        "back": written(pause.back_on),
        "ends": written(ends),
        "reason": pause.answer,
    }
    queue_email(user.email, f"membership/{letter}", context, user=user, kind=KIND)
