"""Mail about the end of a job: fourteen, seven and one day before it, and on the day after; and when a pause runs out.

Each goes once for each job and last day, however often the work runs, and none that a later one has overtaken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.seo import absolute

from ..models import CreditBalance, DaysBalance, Job, JobReminder
from ..states import JobStatus
from . import notifications, runs

BEFORE = {"two-weeks-before": 14, "week-before": 7, "day-before": 1}  # days before the last moment
ENDED, PAUSE_ENDS = "ended", "pause-ends"
AFTER = timedelta(hours=8)  # the last day ends at midnight, and a letter of the morning is read
NOT_AFTER = timedelta(days=7)  # a site that stood still for longer tells nobody of old ends
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Moment:
    """One letter about a job: from `at` on, and no more at `until`."""

    step: str
    at: datetime
    until: datetime
    title: str


def moments_of(job: Job) -> Iterator[Moment]:
    """All letters about the last moment that the job has now, the first one first."""
    starts, ends = job.shown_between
    if job.status == JobStatus.PAUSED:
        if until := job.resumable_until:
            yield Moment(PAUSE_ENDS, until - A_WEEK, until, f"Tell the team that the pause of “{job.title}” runs out")
        return
    befores = [ends - timedelta(days=days) for days in BEFORE.values()]
    for step, at, until in zip(BEFORE, befores, [*befores[1:], ends], strict=True):
        # A run shorter than a week is announced when it begins; the letter of two weeks before would be no news then.
        begins = max(at, starts) if step != "two-weeks-before" else at
        if starts <= begins < until:
            yield Moment(step, begins, until, f"Tell the team that “{job.title}” ends soon")
    yield Moment(ENDED, ends + AFTER, ends + AFTER + NOT_AFTER, f"Tell the team that “{job.title}” has ended")


def due_reminders(at: datetime) -> Iterator[DueRow]:
    """Letters about jobs that end, or whose pause runs out, and whose team was not told, by `at`."""
    now = timezone.now()
    ends = Q(status=JobStatus.APPROVED, ends_at__gt=now - AFTER - NOT_AFTER, ends_at__lte=at + timedelta(days=14))
    runs_out = Q(status=JobStatus.PAUSED, resumable_until__gt=now, resumable_until__lte=at + A_WEEK)
    told = Prefetch("reminders", queryset=JobReminder.objects.only("job", "step", "ends_at"))
    jobs = Job.objects.filter(ends | runs_out).defer("search", "body").prefetch_related(told).order_by("ends_at", "pk")
    for job in jobs:
        sent = {(reminder.step, reminder.ends_at) for reminder in job.reminders.all()}
        for moment in moments_of(job):
            if moment.at <= at and now < moment.until and (moment.step, job.over_at) not in sent:
                yield DueRow(f"{job.pk}:{moment.step}", moment.title, moment.at, job.get_absolute_url())


@transaction.atomic
def send_reminder(key: str) -> None:
    """Queue the letter, unless somebody has, or the job does not end then any more. Safe to repeat and to race."""
    number, _, step = key.partition(":")
    found = Job.objects.select_for_update(of=("self",)).select_related("employer").defer("search", "body")
    job, now = found.filter(pk=int(number), status__in=(JobStatus.APPROVED, JobStatus.PAUSED)).first(), timezone.now()
    moments = list(moments_of(job)) if job else []
    if job is None or not any(one.step == step and one.at <= now < one.until for one in moments):
        return
    _, is_new = JobReminder.objects.get_or_create(job=job, step=step, ends_at=job.over_at)
    if not is_new:
        return
    if step == PAUSE_ENDS:
        notifications.tell_team(job, "job_pause_ends", until=timezone.localdate(job.over_at))
    elif step == ENDED:
        notifications.tell_team(job, "job_ended", **ways_on(job))
    else:
        days = (timezone.localdate(job.over_at) - timezone.localdate()).days
        notifications.tell_team(job, "job_ending", days=days, **ways_on(job))


def ways_on(job: Job) -> Mapping[str, object]:
    """Where the job is renewed, and with what: the postings and the days that are left for one such as it is."""
    return {"renew_url": absolute(reverse("careers:job-renew", args=[job.public_id])), **_left(job)}


def _left(job: Job) -> dict[str, int]:
    """What may renew or lengthen it: featured as it is, or not."""
    fitting = {"employer": job.employer, "featured": runs.is_featured(job)}
    return {
        "postings_left": sum(CreditBalance.objects.filter(**fitting).values_list("left", flat=True)),
        "days_left": sum(DaysBalance.objects.filter(**fitting).values_list("left", flat=True)),
    }


def let_past_moments_be(job: Job) -> None:
    """The team has just moved the end by itself, so letters whose moment is over already are not sent any more."""
    now = timezone.now()
    past = [moment.step for moment in moments_of(job) if moment.at <= now]
    JobReminder.objects.bulk_create(
        [JobReminder(job=job, step=step, ends_at=job.over_at) for step in past], ignore_conflicts=True
    )
