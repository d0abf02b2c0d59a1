"""Mail about a term's end: 30 days before it, on its last day, and on the last day of grace.

What is due is asked of the dates and of the notices already written, so that a run which was missed is caught up and
one that is repeated sends nothing twice. After a standstill only the latest step is sent: the earlier ones would no
longer be true.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment, open_steps
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email

from ..models import Term, TermNotice
from ..rules import TermLike, last_day_of_grace
from .dues import renewal_plan
from .renewals import renewal_address

DAYS_BEFORE = 30
AT = time(8, 0)  # in the association's zone: mail that is read with the day's first coffee
TOO_LATE = timedelta(days=30)  # after a longer standstill the news is no news

Step = TermNotice.Step


def reminder_steps(term: TermLike) -> list[tuple[str, date]]:
    """The steps of a term with their days, in order. A term without grace has no step at its end."""
    before = term.ends_on - timedelta(days=DAYS_BEFORE)
    steps = [(Step.BEFORE, before), (Step.END, term.ends_on)]
    if term.grace_days:
        steps.append((Step.GRACE_END, last_day_of_grace(term)))
    return [(step, day) for step, day in steps if day > term.starts_on]


def due_reminders(at: datetime) -> Iterator[DueRow]:
    """Every step that is due by `at`, not sent yet and not overtaken by a later step or a further term."""
    reached = min(at, timezone.now())
    for term, sent in _terms_around(at, reached):
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


def _terms_around(at: datetime, reached: datetime) -> Iterator[tuple[Term, list[str]]]:
    """The last term of each membership that has a step between the oldest that is still news and `at`, with the steps
    that were sent. One query; whose step was sent is not read, and asked only of the terms of those days: the dates
    stand first. People who cannot sign in get no mail.
    """
    days = timezone.localdate(reached - TOO_LATE), timezone.localdate(at)
    ahead = timedelta(days=DAYS_BEFORE)
    said = TermNotice.objects.filter(term=OuterRef("pk")).order_by()
    before, ended, grace_ended = (~Exists(said.filter(step=step)) for step in (Step.BEFORE, Step.END, Step.GRACE_END))
    terms = (
        Term.objects.valid()
        .annotate(
            last_of_grace=ExpressionWrapper(F("ends_on") + F("grace_days"), DateField()),
            sent=ArraySubquery(said.values("step")),
        )
        .filter(
            (Q(ends_on__range=(days[0] + ahead, days[1] + ahead)) & Q(before))
            | (Q(ends_on__range=days) & Q(ended))
            | (Q(grace_days__gt=0, last_of_grace__range=days) & Q(grace_ended)),
            membership__user__is_active=True,
            membership__closed_at=None,
        )
        .exclude(Exists(_following(OuterRef("membership"), OuterRef("starts_on"))))
        .select_related("membership__user")
        .order_by("ends_on", "pk")
    )
    for term in terms.iterator(chunk_size=1_000):
        yield term, term.sent


def send_reminder(key: str) -> None:
    """Write the notice and queue its mail, once. A row that is no longer due, or unknown, is left alone."""
    number, _, step = key.partition(":")
    if not (number.isascii() and number.isdigit()):
        return
    term = Term.objects.valid().select_related("plan", "membership__user").filter(pk=number).first()
    if term is None or term.membership.closed_at is not None or _is_followed(term):
        return
    day = dict(reminder_steps(term)).get(step)
    if day is None:
        return
    try:
        with transaction.atomic():
            TermNotice.objects.create(term=term, step=step)
            user = term.membership.user
            # Secret: the link in it orders in the member's name.
            template, context = f"membership/ending_{step}", _context(term, day)
            queue_email(user.email, template, context, user=user, kind="membership-ending", secret=True)
    except IntegrityError:
        return  # somebody else has sent it


def _is_followed(term: Term) -> bool:
    return _following(term.membership, term.starts_on).exists()


def _following(membership: Any, starts_on: Any) -> QuerySet[Term]:
    """The terms that come after one, by which the membership goes on."""
    return Term.objects.valid().filter(membership=membership, starts_on__gt=starts_on)


def _way_to_stay(term: Term) -> dict[str, str]:
    """Where a member stays one: by the letter's link where there are dues, by a press where there are none."""
    plan = renewal_plan([term])
    if plan is None:
        return {"stay": "word"}
    if not plan.dues:
        return {"stay": "press", "stay_url": absolute(reverse("membership:mine"))}
    return {"stay": "dues", "stay_url": renewal_address(term), "dues": plan.price_words, "per": plan.per_term}


def _context(term: Term, day: date) -> dict[str, object]:
    return {
        "name": term.membership.user.get_short_name(),
        "category": term.plan.name,
        "number": term.membership.number,
        "ends_on": term.ends_on,
        "grace_days": term.grace_days,
        "grace_ends_on": last_day_of_grace(term),
        "today": day == timezone.localdate(),
        **_way_to_stay(term),
    }
