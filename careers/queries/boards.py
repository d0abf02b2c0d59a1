"""An employer's board: its jobs by group, and how often each was read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import Prefetch, Q
from django.utils import timezone

from aapm_site.core.forms import whole_number
from aapm_site.core.http import view_counts
from aapm_site.core.models import Count

from ..choices import ChangeOutcome
from ..models import Employer, Job, JobChange, JobStatusChange
from ..models.job import live_at
from ..states import JobStatus

JOB_VIEW = "job-view"
JOB_APPLY = "job-apply"  # pressed: the way to where the employer takes applications
CHART_DAYS = 30
PAGE_SIZE = 20
MOST_WORDS = 6  # of a search on the board

GROUPS = {
    "live": "Live",
    "waiting": "Waiting for payment",
    "review": "In review",
    "back": "Back to you",
    "draft": "Drafts",
    "paused": "Paused",
    "scheduled": "Scheduled",
    "ended": "Ended",
}

# The same groups as staff read them.
STAFF_GROUPS = {
    **GROUPS,
    "waiting": "Waiting for the employer to buy a posting",
    "review": "To be reviewed",
    "back": "Sent back to the employer",
    "draft": "Drafts of employers",
}


def in_group(group: str, at: datetime) -> Q:
    """The condition of one group of the board."""
    paused, too_late = Q(status=JobStatus.PAUSED), Q(resumable_until__lte=at) | Q(resumable_until=None, ends_at__lte=at)
    over = Q(status=JobStatus.APPROVED, ends_at__lte=at) | (paused & too_late)
    return {
        "live": live_at(at),
        "waiting": Q(status=JobStatus.AWAITING_PAYMENT),
        "review": Q(status=JobStatus.IN_REVIEW),
        "back": Q(status=JobStatus.RETURNED),
        "draft": Q(status=JobStatus.DRAFT),
        "paused": paused & (Q(resumable_until__gt=at) | Q(resumable_until=None, ends_at__gt=at)),
        "scheduled": Q(status=JobStatus.APPROVED, starts_at__gt=at),
        "ended": Q(status__in=(JobStatus.FILLED, JobStatus.WITHDRAWN)) | over,
    }[group]


def group_counts(jobs: Any, at: datetime) -> dict[str, int]:
    """How many jobs stand in each group, in one query."""
    return jobs.aggregate(**{group: CountRows("pk", filter=in_group(group, at)) for group in GROUPS})


def board_jobs(employer: Employer, group: str, at: datetime, words: str = "") -> Any:
    """The employer's jobs of one group (or all) with the words in title, place or number, newest first.

    Their history and runs are prefetched.
    """
    jobs = Job.objects.filter(employer=employer)
    for word in words.split()[:MOST_WORDS]:
        number = whole_number(word, 9)
        jobs = jobs.filter(Q(title__icontains=word) | Q(places_text__icontains=word) | Q(pk=number or 0))
    if group:
        jobs = jobs.filter(in_group(group, at))
    changes = JobStatusChange.objects.select_related("by")
    asked = JobChange.objects.filter(outcome__in=(ChangeOutcome.OPEN, ChangeOutcome.RETURNED))
    return jobs.defer("search", "body").prefetch_related(
        Prefetch("status_changes", queryset=changes),
        "runs",
        Prefetch("changes", queryset=asked.order_by("-pk"), to_attr="asked_changes"),
    )


@dataclass(frozen=True)
class JobViews:
    """How often a job was read in all, and on each of the last days that had a reader."""

    total: int
    days: dict[date, int]


def views_of_each(jobs: Iterable[Job], at: datetime) -> dict[int, JobViews]:
    """The counts of jobs by their keys, in two queries however many there are."""
    names = {job.pk: str(job.pk) for job in jobs}
    totals = view_counts.totals(JOB_VIEW, list(names.values()))
    daily = _daily(names.values(), timezone.localdate(at) - timedelta(days=CHART_DAYS))
    return {key: JobViews(totals.get(name, 0), daily[name]) for key, name in names.items()}


def went_on_from_each(jobs: Iterable[Job]) -> dict[int, int]:
    """How often readers went on to where the employer takes applications, in one query; nought is left out."""
    found = view_counts.totals(JOB_APPLY, [str(job.pk) for job in jobs])
    return {int(key): times for key, times in found.items()}


def _daily(names: Iterable[str], since: date) -> dict[str, dict[date, int]]:
    rows = Count.objects.filter(kind=JOB_VIEW, key__in=list(names), on__gte=since)
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for key, on, times in rows.values_list("key", "on", "times"):
        found[key][on] = times
    return found


def views_of(job: Job) -> int:
    """How often a job was read in all."""
    return view_counts.total(JOB_VIEW, str(job.pk))


def team_ids(employer: Employer) -> set[int]:
    return set(employer.members.values_list("user_id", flat=True))
