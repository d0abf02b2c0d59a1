"""Mail before a job ends: once for each job and last day, however often the work runs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from aapm_site.core.background.due import DueRow

from ..models import Job, JobReminder
from ..states import JobStatus
from . import notifications

BEFORE = timedelta(days=7)
STEP = "week-before"


def due_reminders(at: datetime) -> Iterator[DueRow]:
    """Approved jobs that end within a week of `at`, are not over yet, and whose team was not told."""
    told = JobReminder.objects.filter(job=OuterRef("pk"), step=STEP, ends_at=OuterRef("ends_at"))
    jobs = Job.objects.filter(
        ~Exists(told), status=JobStatus.APPROVED, ends_at__gt=timezone.now(), ends_at__lte=at + BEFORE
    ).order_by("ends_at", "pk")
    for job in jobs:
        # A run shorter than a week is announced when it begins.
        starts, ends = job.shown_between
        when = max(ends - BEFORE, starts)
        if when <= at:
            yield DueRow(str(job.pk), f"Tell the team that “{job.title}” ends soon", when, job.get_absolute_url())


@transaction.atomic
def send_reminder(key: str) -> None:
    """Queue the mail, unless somebody has, or the job is no longer live. Safe to repeat and to race."""
    job = Job.objects.select_for_update(of=("self",)).select_related("employer").filter(pk=int(key)).first()
    if job is None or not job.is_live():
        return
    _, ends = job.shown_between
    _, is_new = JobReminder.objects.get_or_create(job=job, step=STEP, ends_at=ends)
    if is_new:
        notifications.tell_team(job, "job_ending", days=(timezone.localdate(ends) - timezone.localdate()).days)
