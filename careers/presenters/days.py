"""What a step does to the days of a position, said before it is taken, with exact dates."""

from collections.abc import Iterable
from datetime import date

from django.utils import dateformat, timezone

from .. import run_dates
from ..credit_types import CreditType
from ..domain import credits, days_ledger, renewals, runs
from ..domain.days_ledger import in_days
from ..models import Job, JobRun

ACCOUNT = "your account"


def on_day(day: date) -> str:
    """June 9, 2031."""
    return dateformat.format(day, "F j, Y")


def comes_back(job: Job) -> str:
    """A sentence about the days that come back when it ends now; empty when none do."""
    found = runs.seen_runs(job)
    days = runs.days_to_return(job, found, timezone.localdate())
    if not days:
        return ""
    held = credits.days_held_of(job.employer, found[-1].featured, days)
    if not held:
        return f"{in_days(days)} {'comes' if days == 1 else 'come'} back to {ACCOUNT}."
    kept = "it is" if days == 1 else "all of them are" if held == days else f"{held} of them {_is(held)}"
    return f"{in_days(days)} {'is' if days == 1 else 'are'} left; {kept} held until your open order is paid."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def filling(job: Job) -> str:
    """What marking it as filled means."""
    page = "The page says from now on that the position is filled, and shows similar ones."
    if back := comes_back(job):
        return f"{page} {back} Should it fall through, you can reopen it with them for {run_dates.REOPENS_FOR} days."
    return page


def pausing(job: Job) -> str:
    """What a pause means, and how long it may last."""
    left = run_dates.MOST_PAUSED - runs.days_paused(runs.seen_runs(job))
    if not left:
        return (
            f"Nobody can read it until you resume it. It was paused for {run_dates.MOST_PAUSED} days before, so no day "
            "is kept any more: its last day stays the same."
        )
    return (
        "Nobody can read it until you resume it. Its days wait for you, and resuming adds the days that it was paused, "
        f"up to {in_days(left)}{'' if left == run_dates.MOST_PAUSED else ' more'} for this position."
    )


def resuming(job: Job) -> str:
    """Until when it runs once it is resumed."""
    found = runs.seen_runs(job)
    added = runs.added_by_pause(job, found, timezone.localdate())
    last = run_dates.plus(found[-1].last_day, added) if found else timezone.localdate(job.ends_at)
    last = min(last, job.closes_on) if job.closes_on else last
    kept = f" {in_days(added)} that it was paused {'is' if added == 1 else 'are'} added." if added else ""
    return f"Everybody can read it again, through {on_day(last)}.{kept}"


def reopening(job: Job) -> str:
    """Until when a filled position runs once it is reopened, and what that takes."""
    came = [(run, days_ledger.given_back_by_filling(run)) for run in runs.seen_runs(job) if run.pk]
    days = sum(count for _, count in came)
    taken = f" {in_days(days)} that came back when it was filled {'is' if days == 1 else 'are'} taken from {ACCOUNT}."
    return f"Everybody can read it again, through {on_day(renewals.reopened_until(job))}.{taken if days else ''}"


def renewing(job: Job, kinds: Iterable[CreditType]) -> list[str]:
    """For each kind of posting, from when to when it would run."""
    found = runs.seen_runs(job)
    first = run_dates.first_of_renewal(found[-1].last_day, timezone.localdate())
    return [
        f"{kind.of(1)[2:].capitalize()}: from {on_day(first)} through "
        f"{on_day(run_dates.last_of(first, kind.runs_days))}"
        for kind in kinds
    ]


def run_in_words(run: JobRun) -> str:
    """From when to when, and what made it longer or shorter."""
    parts = [
        f"a posting of {in_days(run.days)}",
        f"{in_days(run.lengthened_days)} from the account" if run.lengthened_days else "",
        f"{in_days(run.paused_days)} for pauses" if run.paused_days else "",
        f"{in_days(run.closed_days)} in which it was closed" if run.closed_days else "",
    ]
    back = f", less {in_days(run.returned_days)} given back" if run.returned_days else ""
    if run.last_day < run.first_day:
        return f"Never began: all of {parts[0]} was given back"
    return f"{on_day(run.first_day)} to {on_day(run.last_day)}: {' and '.join(part for part in parts if part)}{back}"
