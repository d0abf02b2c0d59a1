"""More days for a job: another posting, days of the account, or those that came back when it was filled.

None of them moves a job in the list: its first moment stays. All take the employer's lock, then the job's.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import dateformat, timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, move

from .. import run_dates
from ..choices import DaysReason
from ..credit_types import CreditType
from ..models import Employer, Job, JobRun, ReportedJob
from ..states import JobStatus
from . import credit_ledger, credits, days_ledger, employers, reminders, review_queue, reviews, runs, still_open
from .bans import refuse_banned

ENDED_FOR_GOOD = "This position has ended for good. Write it anew; it uses a posting of its own."
OVER = "The last day of this position is over and its words have changed since, or that was long ago. Renew it instead."
AHEAD = "It runs for more than a year already, so there is time. Renew it again when fewer than 365 days are left."
DATES = ["ends_at", "closes_on", "resumable_until"]


class DaysOvertaken(NotAllowed):
    """The days of the position have changed since the person opened the page."""


def is_read_again(job: Job, at: datetime) -> bool:
    """Whether staff read a renewed job before it is live again: it has ended, and its employer has changed it since
    they last did, or it ended more than ninety days ago."""
    if not job.is_past(at):
        return False
    return job.has_unread_words or at - job.over_at > timedelta(days=run_dates.UNREAD_FOR)


def usable_kinds(job: Job, owned: dict[CreditType, int]) -> list[CreditType]:
    """The kinds of posting that may renew it: featured as it is, or not."""
    featured = runs.is_featured(job)
    return [kind for kind in owned if kind.featured == featured]


@transaction.atomic
def renew_job(job: Job, *, by: Actor, kind: CreditType | None = None, seen: str = "") -> Job:
    """Another posting of the same featuredness: its days begin after the last one, or today once that is over.

    What staff have to read again goes to review with the posting, and its days begin when it is approved; a change that
    was asked for before ends then, and a last day to apply that is over goes. NotAllowed for what is not approved,
    ended for good or is hidden by reports, when no such posting is left, and when its new days would begin more than
    365 days from today. DaysOvertaken when `seen`, the `runs.mark_of` of the page, is not what stands now.
    """
    employer, locked = runs.lock_with_employer(job)
    employers.refuse_closed(employer)
    refuse_banned(by, employer)
    _refuse_what_does_not_run(locked)
    if locked.status == JobStatus.PAUSED and not locked.is_past():
        raise NotAllowed("This position is paused, and its days wait. Resume it first; then it can be renewed.")
    earlier, at = runs.runs_of(locked), timezone.now()
    _refuse_overtaken(earlier, seen)
    kind = kind or _only_kind(employer, locked)
    if kind.featured != earlier[-1].featured:
        raise NotAllowed("A position is renewed with a posting like its own, featured or not. Choose another, please.")
    if is_far_ahead(earlier[-1].last_day, timezone.localdate(at)):
        raise NotAllowed(AHEAD)
    entry = credit_ledger.spend_credit(locked, kind, by=by)
    if is_read_again(locked, at):
        reviews.end_change(locked)
        _let_past_closing_day_go(locked, timezone.localdate(at))
        return review_queue.send_to_review(locked, kind, by=by, verb="read-again")
    first = run_dates.first_of_renewal(earlier[-1].last_day, timezone.localdate(at))
    run = runs.begin_run(locked, first, kind.runs_days, entry)
    _follow(locked, run)
    still_open.answered_by_itself(locked)
    if locked.status == JobStatus.PAUSED:
        return move(
            locked,
            JobStatus.APPROVED,
            verb="resume",
            by=by,
            is_locked=True,
            taken_down_at=None,
            resumable_until=None,
            ends_at=locked.ends_at,
            closes_on=locked.closes_on,
        )
    locked.save(update_fields=DATES)
    reminders.let_past_moments_be(locked)
    return locked


def _refuse_overtaken(found: list[JobRun], seen: str) -> None:
    """A press that is repeated, and one on a page that a colleague has overtaken, uses nothing."""
    if seen and seen != runs.mark_of(found):
        last = dateformat.format(found[-1].last_day, "F j, Y")
        raise DaysOvertaken(
            f"Its days have changed since you opened that page, perhaps by your own first press: they last through "
            f"{last} now. Nothing more was used."
        )


def is_far_ahead(last: date, today: date) -> bool:
    """Whether a position runs so long already that its renewal has time."""
    return last > run_dates.plus(today, run_dates.MOST_AHEAD)


def _refuse_what_does_not_run(job: Job) -> None:
    if job.status in {JobStatus.FILLED, JobStatus.WITHDRAWN}:
        raise NotAllowed(ENDED_FOR_GOOD)
    if job.status not in {JobStatus.APPROVED, JobStatus.PAUSED}:
        raise NotAllowed("This position has no days yet. Send it to review first.")
    if ReportedJob.objects.hiding(job).exists():
        raise NotAllowed("Readers have reported this position. Our staff look at it first, within a day.")


def _only_kind(employer: Employer, job: Job) -> CreditType:
    kinds = usable_kinds(job, credit_ledger.owned_credits(employer))
    if not kinds:
        word = "featured posting" if runs.is_featured(job) else "posting that is not featured"
        raise NotAllowed(f"You have no {word} left. Buy one at the posting rates, then renew the position.")
    if len(kinds) > 1:
        raise NotAllowed("You own postings of more than one length. Please choose which one this position uses.")
    return kinds[0]


def _follow(job: Job, run: JobRun) -> None:
    """The job's last moment follows its last run, and takes the place of an earlier last day to apply. Not saved."""
    job.ends_at = run_dates.end_of(run.last_day)
    if job.closes_on and job.closes_on < run.last_day:
        job.closes_on = None


def _let_past_closing_day_go(job: Job, today: date) -> None:
    """A last day to apply that is over would keep staff from approving what was renewed."""
    if job.closes_on and job.closes_on < today:
        job.closes_on = None
        job.save(update_fields=["closes_on"])


@transaction.atomic
def lengthen_job(job: Job, days: int, *, by: Actor, seen: str = "") -> Job:
    """Days of the account go on the end of a job, live, paused or ended a short time ago.

    NotAllowed for fewer than seven, more than the account holds, a last day more than 365 days ahead, and for what
    staff would have to read again. DaysOvertaken as in `renew_job`.
    """
    employer, locked = runs.lock_with_employer(job)
    employers.refuse_closed(employer)
    _refuse_what_does_not_run(locked)
    found, at = runs.runs_of(locked), timezone.now()
    _refuse_overtaken(found, seen)
    run = found[-1]
    if not may_lengthen(locked, at):
        raise NotAllowed(OVER)
    _refuse_days(run, days, timezone.localdate(at))
    _take(employer, run, days, DaysReason.LENGTHENED, by=by)
    gap = run_dates.gap_before(timezone.localdate(at), run.last_day) if locked.is_past(at) else 0
    runs.change_run(run, lengthened_days=days, closed_days=gap)
    _follow(locked, run)
    if locked.status == JobStatus.PAUSED:
        locked.resumable_until = runs.resumable_until(locked, runs.runs_of(locked))
    locked.save(update_fields=DATES)
    still_open.answered_by_itself(locked)
    reminders.let_past_moments_be(locked)
    return locked


def may_lengthen(job: Job, at: datetime) -> bool:
    """Live, to come, paused, or ended a short time ago and unchanged since it was approved."""
    return not job.is_past(at) or (job.status == JobStatus.APPROVED and not is_read_again(job, at))


def lengthened_until(last: date, days: int, today: date) -> date:
    """The last day after so many days more; those of what is over begin today."""
    return run_dates.plus(last, days + run_dates.gap_before(today, last))


def _refuse_days(run: JobRun, days: int, today: date) -> None:
    if days < run_dates.LEAST_DAYS:
        raise NotAllowed(f"Days of the account are used {run_dates.LEAST_DAYS} or more at a time.")
    too_many = days > 2 * run_dates.MOST_AHEAD  # whatever it is, it reaches too far, and perhaps beyond all calendars
    if too_many or lengthened_until(run.last_day, days, today) > run_dates.plus(today, run_dates.MOST_AHEAD):
        raise NotAllowed("A position may end at most 365 days from today. Use fewer days now, and more of them later.")


def _take(employer: Employer, run: JobRun, days: int, why: DaysReason, *, by: Actor) -> None:
    days_ledger.remove_days(employer, run.featured, days, why, run=run, by=by)


# Reopen ---------------------------------------------------------------------------------------------------------------
def reopens_until(job: Job) -> date | None:
    """The last day on which a filled job can be reopened; None for any other."""
    if job.status != JobStatus.FILLED or job.taken_down_at is None or job.starts_at is None:
        return None
    return run_dates.plus(timezone.localdate(job.taken_down_at), run_dates.REOPENS_FOR)


def reopened_until(job: Job) -> date:
    """The last day of a filled job that is reopened today. Writes nothing."""
    assert job.taken_down_at is not None  # noqa: S101 - a constraint fills it
    found = runs.seen_runs(job)
    back = sum(days_ledger.given_back_by_filling(run) for run in found[-1:] if run.pk)
    begins = max(timezone.localdate(job.taken_down_at), run_dates.plus(found[0].first_day, -1))
    last = run_dates.plus(found[-1].last_day, back + run_dates.gap_before(timezone.localdate(), begins))
    return min(last, job.closes_on) if job.closes_on else last


@transaction.atomic
def reopen_job(job: Job, *, by: Actor) -> Job:
    """Take back that it was filled: the days that came back then are taken from the account, and it is live from today.

    NotAllowed later than fourteen days after, when no day was left, and, with how many are missing, when days that
    came back have been used meanwhile.
    """
    employer, locked = runs.lock_with_employer(job)
    employers.refuse_closed(employer)
    today, until = timezone.localdate(), reopens_until(locked)
    if until is None:
        raise NotAllowed("Only a position that was marked as filled can be reopened.")
    if today > until:
        raise NotAllowed("It was filled more than 14 days ago, so it cannot be reopened. Write it anew, please.")
    _refuse_what_came_back_and_went(employer, came := _came_back(locked))
    for run, days in came:
        if days:
            _take(employer, run, days, DaysReason.REOPENED, by=by)
            runs.change_run(run, returned_days=-days)
    _close_the_gap(locked, [run for run, _ in came], today)
    last = came[-1][0]
    done = move(
        locked,
        JobStatus.APPROVED,
        verb="reopen",
        by=by,
        is_locked=True,
        taken_down_at=None,
        ends_at=run_dates.end_of(last.last_day),
    )
    if runs.cut_at_closing_day(done, last, by=by):
        credits.settle_unpaid_days(employer)
        done.ends_at = run_dates.end_of(last.last_day)
        done.save(update_fields=["ends_at"])
    return done


def _came_back(job: Job) -> list[tuple[JobRun, int]]:
    """Each run with the days that filling gave back of it."""
    found = [(run, days_ledger.given_back_by_filling(run)) for run in runs.runs_of(job)]
    for run, _ in found:
        run.job = job
    return found


def days_missing(employer: Employer, came: list[tuple[JobRun, int]]) -> int:
    """How many of the days that came back the account does not hold any more."""
    wanted: dict[bool, int] = {}
    for run, days in came:
        wanted[run.featured] = wanted.get(run.featured, 0) + days
    return sum(max(0, days - days_ledger.days_left(employer, kind)) for kind, days in wanted.items())


def _refuse_what_came_back_and_went(employer: Employer, came: list[tuple[JobRun, int]]) -> None:
    if missing := days_missing(employer, came):
        days = sum(days for _, days in came)
        raise NotAllowed(
            f"{days_ledger.in_days(days)} came back when it was filled, and {missing} of them "
            f"{'is' if missing == 1 else 'are'} not in your account any more, so it cannot be reopened."
        )


def _close_the_gap(job: Job, all_runs: list[JobRun], today: date) -> None:
    """The days on which it was filled count for nobody: what was left then begins today. NotAllowed if none was."""
    assert job.taken_down_at is not None  # noqa: S101 - a constraint fills it
    filled = timezone.localdate(job.taken_down_at)
    left = [run for run in all_runs if run.last_day > filled]
    if not left:
        raise NotAllowed("Its last day was over when it was filled, so there is nothing to reopen.")
    gap = run_dates.gap_before(today, max(filled, run_dates.plus(all_runs[0].first_day, -1)))
    if gap:
        runs.change_run(left[0], closed_days=gap)
        for run in left[1:]:
            runs.move_run(run, gap)
    if job.closes_on and job.closes_on < today:
        raise NotAllowed(
            "The last day to apply that you gave is over, so it cannot be reopened. Write it anew, please."
        )
