"""The runs of a job: one for each posting that it used. The job's last moment is the end of its last run's last day.

Everything here is called under the job's lock, and under the employer's, taken before it, where days move.
"""

from datetime import date, datetime

from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor, move

from .. import run_dates
from ..choices import DaysReason
from ..models import CreditEntry, Employer, Job, JobRun
from ..states import JobStatus
from . import credit_ledger, days_ledger


def locked_job(job: Job) -> Job:
    """The job's row, locked until the transaction ends, with its employer."""
    return Job.objects.select_for_update(of=("self",)).select_related("employer").defer("search").get(pk=job.pk)


def runs_of(job: Job) -> list[JobRun]:
    """The runs, the first one first. A job with dates and without a run gets one from them."""
    runs = seen_runs(job)
    for run in runs:
        if run.pk is None:
            run.save()
    return runs


def seen_runs(job: Job) -> list[JobRun]:
    """The same for a page, which writes nothing."""
    return list(job.runs.all()) or ([_from_dates(job)] if job.starts_at else [])


def is_featured(job: Job) -> bool:
    """As the posting was that it ran on last; what staff give an approved job does not count."""
    last = JobRun.objects.filter(job=job).order_by("first_day", "pk").last()
    return last.featured if last else job.featured


def _from_dates(job: Job) -> JobRun:
    """What was approved without one: its posting's days first; what goes beyond them pauses have added."""
    starts_at, ends_at = job.shown_between
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    entry = credit_ledger.held_entry(job)
    length = (last - first).days + 1
    beyond = max(0, length - entry.runs_days) if entry else 0
    paused = min(beyond, run_dates.MOST_PAUSED)
    return JobRun(
        job=job,
        credit_entry=entry,
        featured=entry.featured if entry else job.featured,
        first_day=first,
        last_day=last,
        days=length - beyond,
        paused_days=paused,
        closed_days=beyond - paused,
    )


def begin_run(job: Job, first: date, days: int, entry: CreditEntry | None) -> JobRun:
    """A posting begins to count on `first`."""
    return JobRun.objects.create(
        job=job,
        credit_entry=entry,
        featured=entry.featured if entry else job.featured,
        first_day=first,
        last_day=run_dates.last_of(first, days),
        days=days,
    )


def change_run(run: JobRun, **more: int) -> None:
    """Add days of the named kinds; the last day follows."""
    for name, count in more.items():
        setattr(run, name, getattr(run, name) + count)
        run.last_day = run_dates.plus(run.last_day, -count if name == "returned_days" else count)
    run.save(update_fields=["last_day", *more])


def move_run(run: JobRun, days: int) -> None:
    """The run begins, and ends, so many days later."""
    run.first_day, run.last_day = run_dates.plus(run.first_day, days), run_dates.plus(run.last_day, days)
    run.save(update_fields=["first_day", "last_day"])


def give_back(run: JobRun, count: int, why: DaysReason, *, by: Actor = None) -> int:
    """Days of a run go to the employer's account; says how many. The caller collects what is not paid."""
    if count > 0:
        change_run(run, returned_days=count)
        days_ledger.add_days(run.job.employer, run.featured, count, why, run=run, by=actor(by))
    return max(count, 0)


def cut_at_closing_day(job: Job, run: JobRun, *, by: Actor = None) -> int:
    """No day comes after the last day to apply: what lies behind it comes back; says how many days."""
    if job.closes_on is None or run.last_day <= job.closes_on:
        return 0
    behind = (run.last_day - max(job.closes_on, run_dates.plus(run.first_day, -1))).days
    return give_back(run, behind, DaysReason.CLOSED, by=by)


def mark_of(runs: list[JobRun]) -> str:
    """What a page showed of a job's days: another after every posting and every day that came or went."""
    return f"{len(runs)}:{runs[-1].last_day:%Y%m%d}" if runs else ""


# Pauses ---------------------------------------------------------------------------------------------------------------
def days_paused(runs: list[JobRun]) -> int:
    """How many days pauses have added to a position in all."""
    return sum(run.paused_days for run in runs)


def resumable_until(job: Job, runs: list[JobRun]) -> datetime:
    """The moment up to which a pause that stands now can end."""
    last = run_dates.plus(runs[-1].last_day, run_dates.MOST_PAUSED - days_paused(runs))
    return run_dates.end_of(min(last, job.closes_on) if job.closes_on else last)


def added_by_pause(job: Job, runs: list[JobRun], today: date) -> int:
    """What the pause that stands now has added by today."""
    if job.status != JobStatus.PAUSED or job.taken_down_at is None:
        return 0
    since = timezone.localdate(job.taken_down_at)
    return run_dates.paused_between(since, today, runs[0].first_day, days_paused(runs))


def set_aside(job: Job, *, by: Actor, reason: str) -> Job:
    """Pause a job whose row is locked; its days wait."""
    until = resumable_until(job, runs_of(job)) if job.starts_at else None
    return move(job, JobStatus.PAUSED, by=by, reason=reason, is_locked=True, resumable_until=until)


def bring_back(job: Job, *, by: Actor, reason: str = "") -> Job:
    """End the pause of a job whose row is locked: its last run gets the paused days. NotAllowed when it is too late.

    What then lies behind a last day to apply comes back to the account.
    """
    if job.is_past():
        raise NotAllowed("The last day of this position is over, so it cannot come back. Renew it to show it again.")
    runs, dates = runs_of(job), {}
    if added := added_by_pause(job, runs, timezone.localdate()):
        change_run(runs[-1], paused_days=added)
        cut_at_closing_day(job, runs[-1], by=by)
        dates = {"ends_at": run_dates.end_of(runs[-1].last_day)}
    return move(
        job,
        JobStatus.APPROVED,
        verb="resume",
        by=by,
        reason=reason,
        is_locked=True,
        taken_down_at=None,
        resumable_until=None,
        **dates,
    )


# Ends -----------------------------------------------------------------------------------------------------------------
def days_to_return(job: Job, runs: list[JobRun], today: date) -> int:
    """How many days come back when the job ends today; its own day counts as used. Writes nothing."""
    added = added_by_pause(job, runs, today)
    lasts = [run.last_day for run in runs[:-1]] + [run_dates.plus(run.last_day, added) for run in runs[-1:]]
    return sum(run_dates.unused(run.first_day, last, today) for run, last in zip(runs, lasts, strict=True))


def return_unused(job: Job, why: DaysReason, *, by: Actor) -> int:
    """What a job that ends today has left goes to the account, run by run; says how many days.

    `job` is the locked row as it stood before the step.
    """
    runs, today = runs_of(job), timezone.localdate()
    if runs and (added := added_by_pause(job, runs, today)):
        change_run(runs[-1], paused_days=added)
    came = 0
    for run in runs:
        came += give_back(run, run_dates.unused(run.first_day, run.last_day, today), why, by=by)
    return came


def lock_with_employer(job: Job) -> tuple[Employer, Job]:
    """Both rows locked, the employer's first, as everybody does."""
    employer = credit_ledger.lock_employer(job.employer_id)
    locked = locked_job(job)
    locked.employer = employer
    return employer, locked
