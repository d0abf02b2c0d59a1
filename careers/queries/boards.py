"""An employer's board: every posting with where it stands, what happened to it, and how often it was read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import Prefetch, Q
from django.utils import dateformat, timezone

from aapm_site.core.http import view_counts
from aapm_site.core.models import Count
from aapm_site.core.transitions import Move, moves_from

from ..models import Employer, Job, JobStatusChange
from ..states import JobStatus

JOB_VIEW = "job-view"
CHART_DAYS = 30
# A chart says something from a week of days on.
LEAST_DAYS = 7
PAGE_SIZE = 20
WAITS = "Waiting for your payment; goes to review as soon as it is recorded"
UNREAD = (JobStatus.DRAFT, JobStatus.AWAITING_PAYMENT, JobStatus.IN_REVIEW, JobStatus.RETURNED)

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


@dataclass(frozen=True)
class JobMilestone:
    """One mark of a posting's line: done, here, or still to come."""

    label: str
    when: str = ""
    done: bool = False
    here: bool = False


@dataclass(frozen=True)
class JobHistoryRow:
    """One row of the history, as the team may read it."""

    what: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Posting:
    """A posting as it stands on the board."""

    job: Job
    words: str
    tone: str
    views: int
    steps: tuple[JobMilestone, ...]
    history: tuple[JobHistoryRow, ...]
    reason: str = ""
    moves: tuple[Move, ...] = ()
    chart_labels: tuple[str, ...] = ()
    chart_values: tuple[int, ...] = ()

    @property
    def series(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        return (("views", self.chart_values),)

    @property
    def chart_caption(self) -> str:
        return f"{self.views:,} view{'' if self.views == 1 else 's'} so far, day by day"


def in_group(group: str, at: datetime) -> Q:
    """The condition of one group of the board."""
    over = Q(status__in=(JobStatus.APPROVED, JobStatus.PAUSED), ends_at__lte=at)
    return {
        "live": Q(status=JobStatus.APPROVED, starts_at__lte=at, ends_at__gt=at),
        "waiting": Q(status=JobStatus.AWAITING_PAYMENT),
        "review": Q(status=JobStatus.IN_REVIEW),
        "back": Q(status=JobStatus.RETURNED),
        "draft": Q(status=JobStatus.DRAFT),
        "paused": Q(status=JobStatus.PAUSED, ends_at__gt=at),
        "scheduled": Q(status=JobStatus.APPROVED, starts_at__gt=at),
        "ended": Q(status__in=(JobStatus.FILLED, JobStatus.WITHDRAWN)) | over,
    }[group]


def group_counts(jobs: Any, at: datetime) -> dict[str, int]:
    """How many postings stand in each group, in one query."""
    return jobs.aggregate(**{group: CountRows("pk", filter=in_group(group, at)) for group in GROUPS})


def _day(moment: datetime | None) -> str:
    return dateformat.format(timezone.localtime(moment), "F j, Y") if moment else ""


def words_for(job: Job, at: datetime) -> tuple[str, str]:
    """Where a posting stands, in words and as a tone of the status mark."""
    if job.is_past(at):
        return f"Ended on {_day(job.ends_at)}", "end"
    if job.is_scheduled(at):
        return f"Approved, goes live on {_day(job.starts_at)}", "wait"
    if job.status == JobStatus.APPROVED:
        days = (job.ends_at - at).days
        return ("Live, ends today" if days == 0 else f"Live, {days} day{'s' if days > 1 else ''} left"), "live"
    return {
        JobStatus.DRAFT: ("Draft", ""),
        JobStatus.AWAITING_PAYMENT: (WAITS, "wait"),
        JobStatus.IN_REVIEW: (f"In review since {_day(job.submitted_at)}", "wait"),
        JobStatus.RETURNED: ("Back to you", "back"),
        JobStatus.PAUSED: (f"Paused since {_day(job.taken_down_at)}", "pause"),
        JobStatus.FILLED: (f"Filled on {_day(job.taken_down_at)}", "end"),
        JobStatus.WITHDRAWN: (f"Withdrawn on {_day(job.taken_down_at)}", "end"),
    }[job.status]


def steps_for(job: Job, at: datetime) -> tuple[JobMilestone, ...]:
    """The line from the first word to the last day."""
    unread = job.status in UNREAD
    is_draft = job.status == JobStatus.DRAFT
    written = JobMilestone("Written", _day(job.created_at), done=not is_draft, here=is_draft)
    if job.status == JobStatus.RETURNED:
        read = JobMilestone("Back to you", "one change is asked for", here=True)
    elif job.status == JobStatus.AWAITING_PAYMENT:
        read = JobMilestone("Waiting", "for your payment", here=True)
    elif job.status == JobStatus.IN_REVIEW:
        read = JobMilestone("In review", f"since {_day(job.submitted_at)}", here=True)
    else:
        read = JobMilestone("Read and approved", _day(job.approved_at), done=job.approved_at is not None and not unread)
    if unread:
        # How long it will be live follows from the posting that it uses, so before that nobody knows.
        days = f"for {job.runs_days} days" if job.status == JobStatus.IN_REVIEW else ""
        return written, read, JobMilestone("Live", days), JobMilestone("Ends")
    if job.starts_at is None:
        return written, JobMilestone("Withdrawn", _day(job.taken_down_at), here=True)
    begun = job.starts_at <= at
    if job.status in {JobStatus.FILLED, JobStatus.WITHDRAWN}:
        end = JobMilestone(job.get_status_display(), _day(job.taken_down_at), here=True)
        return written, read, JobMilestone("Live", f"from {_day(job.starts_at)}", done=begun), end
    over = job.is_past(at)
    live = JobMilestone(
        "Paused" if job.status == JobStatus.PAUSED else "Live",
        f"{'since' if begun else 'from'} {_day(job.taken_down_at or job.starts_at)}",
        done=over,
        here=begun and not over,
    )
    return written, read, live, JobMilestone("Ended" if over else "Ends", _day(job.ends_at), here=over)


def _history(job: Job, team: set[int]) -> tuple[JobHistoryRow, ...]:
    names = dict(JobStatus.choices)
    return tuple(
        JobHistoryRow(
            what=names[change.to_status],
            at=change.at,
            by=_actor(change, team),
            reason=change.reason,
        )
        for change in job.status_changes.all()
    )


def _actor(change: JobStatusChange, team: set[int]) -> str:
    """Who took the step: a colleague by name, staff as staff. What had waited goes on by itself."""
    if change.from_status == JobStatus.AWAITING_PAYMENT and change.to_status == JobStatus.IN_REVIEW:
        return "by itself"
    return change.by.display_name if change.by_id in team else "AAPM staff"


def _daily(jobs: Iterable[Job], since: date) -> dict[str, dict[date, int]]:
    rows = Count.objects.filter(kind=JOB_VIEW, key__in=[str(job.pk) for job in jobs], on__gte=since)
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for key, on, times in rows.values_list("key", "on", "times"):
        found[key][on] = times
    return found


def _chart(job: Job, days: dict[date, int], at: datetime) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The days that the posting was live, at most the last thirty, with the days without a reader."""
    if not job.is_live(at) or not days:
        return (), ()
    today = timezone.localdate(at)
    first = max(timezone.localdate(job.starts_at), today - timedelta(days=CHART_DAYS - 1))
    span = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    if len(span) < LEAST_DAYS:
        return (), ()
    return tuple(dateformat.format(on, "M j") for on in span), tuple(days.get(on, 0) for on in span)


def postings(jobs: Sequence[Job], team: set[int], at: datetime) -> list[Posting]:
    """The given jobs, with their counts read in two queries however many there are."""
    keys = [str(job.pk) for job in jobs]
    totals = view_counts.totals(JOB_VIEW, keys)
    daily = _daily(jobs, timezone.localdate(at) - timedelta(days=CHART_DAYS))
    found = []
    for job in jobs:
        words, tone = words_for(job, at)
        history = _history(job, team)
        labels, values = _chart(job, daily[str(job.pk)], at)
        reason = history[0].reason if history and job.status in {JobStatus.RETURNED, JobStatus.WITHDRAWN} else ""
        found.append(
            Posting(
                job=job,
                words=words,
                tone=tone,
                views=totals.get(str(job.pk), 0),
                steps=steps_for(job, at),
                history=history,
                reason=reason,
                moves=tuple(step for step in moves_from(job) if _offered(job, step, at)),
                chart_labels=labels,
                chart_values=values,
            )
        )
    return found


# What the team decides itself; approving and sending back are the staff's.
OWN_VERBS = ("submit", "take-back", "pause", "resume", "fill", "withdraw")


def _offered(job: Job, step: Move, at: datetime) -> bool:
    if step.verb not in OWN_VERBS:
        return False
    return step.verb == "fill" if job.is_past(at) else True


def board_jobs(employer: Employer, group: str, at: datetime) -> Any:
    """The employer's postings of one group (or all), newest first, with their history prefetched."""
    jobs = Job.objects.filter(employer=employer)
    if group:
        jobs = jobs.filter(in_group(group, at))
    changes = JobStatusChange.objects.select_related("by")
    return jobs.defer("search", "body").prefetch_related(Prefetch("status_changes", queryset=changes))


def views_of(job: Job) -> int:
    """How often a posting was read in all."""
    return view_counts.total(JOB_VIEW, str(job.pk))


def team_ids(employer: Employer) -> set[int]:
    return set(employer.members.values_list("user_id", flat=True))
