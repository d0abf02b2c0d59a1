"""Mail about a term's end: 30 days before it, on its last day, and on the last day of grace.

What is due is asked of the dates and of the notices already written, so that a run which was missed is caught up and
one that is repeated sends nothing twice. After a standstill only the latest step is sent: the earlier ones would no
longer be true.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment, open_steps
from aapm_site.mail.domain.queue import queue_email

from ..models import Term, TermNotice
from ..rules import last_day_of_grace

DAYS_BEFORE = 30
AT = time(8, 0)  # in the association's zone: mail that is read with the day's first coffee
TOO_LATE = timedelta(days=30)  # after a longer standstill the news is no news
LONGEST_GRACE = timedelta(days=730)

Step = TermNotice.Step


def reminder_steps(term: Term) -> list[tuple[str, date]]:
    """The steps of a term with their days, in order. A term without grace has no step at its end."""
    before = term.ends_on - timedelta(days=DAYS_BEFORE)
    steps = [(Step.BEFORE, before), (Step.END, term.ends_on)]
    if term.grace_days:
        steps.append((Step.GRACE_END, last_day_of_grace(term)))
    return [(step, day) for step, day in steps if day > term.starts_on]


def due_reminders(at: datetime) -> Iterator[DueRow]:
    """Every step that is due by `at`, not sent yet and not overtaken by a later step or a further term."""
    reached = min(at, timezone.now())
    for term in _last_terms(at):
        sent = {notice.step for notice in term.notices.all()}
        steps = [(step, moment(day, AT)) for step, day in reminder_steps(term)]
        for step, when in open_steps(steps, sent=sent, at=at, reached=reached):
            known_in_time = when >= term.created_at
            if not known_in_time or when < reached - TOO_LATE:
                continue
            yield DueRow(
                key=f"{term.pk}:{step}",
                title=f"{Step(step).label}: mail to {term.membership}",
                at=when,
                url=reverse("admin:membership_membership_change", args=[term.membership_id]),
            )


def _last_terms(at: datetime) -> Iterator[Term]:
    """The last term of each membership that may have a step around `at`; people who cannot sign in get no mail."""
    day = timezone.localdate(at)
    terms = (
        Term.objects.filter(
            ends_on__range=(day - LONGEST_GRACE - TOO_LATE, day + timedelta(days=DAYS_BEFORE)),
            membership__user__is_active=True,
            membership__closed_at=None,
        )
        .exclude(Exists(Term.objects.filter(membership=OuterRef("membership"), starts_on__gt=OuterRef("starts_on"))))
        .select_related("plan", "membership__user")
        .prefetch_related("notices")
        .order_by("ends_on", "pk")
    )
    return iter(terms)


def send_reminder(key: str) -> None:
    """Write the notice and queue its mail, once. A row that is no longer due, or unknown, is left alone."""
    number, _, step = key.partition(":")
    if not (number.isascii() and number.isdigit()):
        return
    term = Term.objects.select_related("plan", "membership__user").filter(pk=number).first()
    if term is None or term.membership.closed_at is not None or _is_followed(term):
        return
    day = dict(reminder_steps(term)).get(step)
    if day is None:
        return
    try:
        with transaction.atomic():
            TermNotice.objects.create(term=term, step=step)
            user = term.membership.user
            queue_email(
                user.email, f"membership/ending_{step}", _context(term, day), user=user, kind="membership-ending"
            )
    except IntegrityError:
        return  # somebody else has sent it


def _is_followed(term: Term) -> bool:
    return Term.objects.filter(membership=term.membership, starts_on__gt=term.starts_on).exists()


def _context(term: Term, day: date) -> dict[str, object]:
    return {
        "name": term.membership.user.get_short_name(),
        "category": term.plan.name,
        "number": term.membership.number,
        "ends_on": term.ends_on,
        "grace_days": term.grace_days,
        "grace_ends_on": last_day_of_grace(term),
        "today": day == timezone.localdate(),
    }
