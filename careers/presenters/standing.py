"""Where a job stands, in words for its team: a sentence with its tone, the line from draft to end, the history."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import dateformat, timezone

from aapm_site.core.ui.timeline import HistoryRow, Milestone, Timeline, row_of_change

from ..models import Job, JobStatusChange
from ..states import HIDDEN_BY_REPORTS, UNANSWERED, JobStatus

WAITS = "Waiting for your payment; goes to review as soon as it is recorded"
UNREAD = (JobStatus.DRAFT, JobStatus.AWAITING_PAYMENT, JobStatus.IN_REVIEW, JobStatus.RETURNED)


def _day(moment: datetime | None) -> str:
    return dateformat.format(timezone.localtime(moment), "F j, Y") if moment else ""


def words_for(job: Job, at: datetime) -> tuple[str, str]:
    """Where a job stands, in words and as a tone of the status mark."""
    if job.is_past(at):
        return f"Ended on {_day(job.over_at)}", "end"
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
    }[JobStatus(job.status)]


# How far it is --------------------------------------------------------------------------------------------------------
def timeline_of(job: Job, at: datetime) -> Timeline:
    """The line from the first word to the last day."""
    is_draft = job.status == JobStatus.DRAFT
    written = Milestone("Written", on=job.created_at, is_done=not is_draft, is_now=is_draft)
    return Timeline("Where it stands", (written, _review(job), *_time_on_the_site(job, at)))


def _review(job: Job) -> Milestone:
    if job.status == JobStatus.RETURNED:
        return Milestone("Back to you", "one change is asked for", is_now=True)
    if job.status == JobStatus.AWAITING_PAYMENT:
        return Milestone("Waiting", "for your payment", is_now=True)
    if job.status == JobStatus.IN_REVIEW:
        return Milestone("In review", "since", job.submitted_at, is_now=True)
    is_read = job.approved_at is not None and job.status not in UNREAD
    return Milestone("Read and approved", on=job.approved_at, is_done=is_read)


def _time_on_the_site(job: Job, at: datetime) -> tuple[Milestone, ...]:
    if job.status in UNREAD:
        # How long it will be live follows from the credit that it uses, so before that nobody knows.
        days = f"for {job.runs_days} days" if job.status == JobStatus.IN_REVIEW else ""
        return Milestone("Live", days), Milestone("Ends")
    if job.starts_at is None:
        return (Milestone("Withdrawn", on=job.taken_down_at, is_now=True),)
    has_begun, is_over = job.starts_at <= at, job.is_past(at)
    if job.status in {JobStatus.FILLED, JobStatus.WITHDRAWN}:
        end = Milestone(job.get_status_display(), on=job.taken_down_at, is_now=True)
        return Milestone("Live", "from", job.starts_at, is_done=has_begun), *_renewals(job, at), end
    live = Milestone(
        "Paused" if job.status == JobStatus.PAUSED else "Live",
        "since" if has_begun else "from",
        job.taken_down_at or job.starts_at,
        is_done=is_over,
        is_now=has_begun and not is_over,
    )
    return live, *_renewals(job, at), _end(job, at)


def _renewals(job: Job, at: datetime) -> Iterator[Milestone]:
    """Each further posting, with the day from which it runs."""
    today = timezone.localdate(at)
    for run in list(job.runs.all())[1:]:
        yield Milestone("Renewed", "from", run.first_day, is_done=run.first_day <= today)


def _end(job: Job, at: datetime) -> Milestone:
    """A pause moves the last day, so while it goes on nobody knows it; what it may be at most does not move."""
    if job.is_past(at):
        return Milestone("Ended", on=job.over_at, is_now=True)
    if job.status == JobStatus.PAUSED and job.resumable_until:
        return Milestone("Ends", "paused days are added")
    return Milestone("Ends", on=job.ends_at)


# What has happened ----------------------------------------------------------------------------------------------------
def history_of(job: Job, team: set[int]) -> tuple[HistoryRow, ...]:
    """Every step of a job, newest first, as its team may read it."""
    return tuple(row_of_change(change, by=_actor(change, team)) for change in job.status_changes.all())


def _actor(change: JobStatusChange, team: set[int]) -> str:
    """Who took the step: a colleague by name, staff as staff. What had waited goes on by itself."""
    if change.from_status == JobStatus.AWAITING_PAYMENT and change.to_status == JobStatus.IN_REVIEW:
        return "by itself"
    if change.reason in {HIDDEN_BY_REPORTS, UNANSWERED}:
        return "by itself"
    return change.by.display_name if change.by_id in team else "AAPM staff"
