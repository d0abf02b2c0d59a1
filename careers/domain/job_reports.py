"""Reports of readers about a job, and the staff's decision on them.

Whoever writes here locks the job first, its employer before it where days may move, and its case afterwards, so
reports and decisions that meet come one by one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Least
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.background.due import DueRow
from aapm_site.core.transitions import NotAllowed, actor

from ..choices import ReportOutcome
from ..models import Job, JobReport, ReportedJob
from ..states import HIDDEN_BY_REPORTS, JobStatus
from . import credits, jobs, notifications, runs

DECIDED_WITHIN = timedelta(days=1)
MOST_KEPT = 50  # reports of one case that are stored; staff need no more to decide
DECIDED = "Somebody has decided already."


@transaction.atomic
def report_job(job: Job, *, reason: str, note: str = "", reader: str, network: str) -> ReportedJob:
    """Keep what a reader reports, tell staff of the first report, and hide the job when it comes to that.

    `reader` and `network` are digests of who reports and from where. NotAllowed for a job that is not open.
    """
    locked = runs.locked_job(job)
    if not locked.is_live():
        raise NotAllowed("This position is not open any more, so there is nothing left to report.")
    case, is_new = ReportedJob.objects.get_or_create(job=locked, outcome=ReportOutcome.OPEN)
    if case.reports.count() < MOST_KEPT:
        report = JobReport.objects.create(case=case, reason=reason, note=note, reader=reader, network=network)
        if is_new:
            _tell_staff(case, locked, "job_reported", reason=report.get_reason_display(), note=note)
    if _is_to_be_hidden(case, locked):
        _hide(case, locked)
    return case


def _tell_staff(case: ReportedJob, job: Job, event: str, **context: str) -> None:
    notifications.tell_staff(job, event, admin_url=notifications.admin_address(case), **context)


def _is_to_be_hidden(case: ReportedJob, job: Job) -> bool:
    """Only for an employer whom staff have not verified, and never again once staff have kept the job."""
    if job.employer.verified or job.report_cases.filter(outcome=ReportOutcome.KEPT).exists():
        return False
    return different_reporters(case) >= settings.JOB_REPORTS_TO_HIDE


def reporters() -> Least:
    """Of each case, how many readers have reported it.

    By their accounts and by their networks, whichever are fewer: one person may have several of either.
    """
    digests = {f"reports__{name}": "" for name in ("reader", "network")}
    return Least(*(Count(name, distinct=True, filter=~Q(**{name: none})) for name, none in digests.items()))


def different_reporters(case: ReportedJob) -> int:
    """How many different readers have reported it."""
    counted = ReportedJob.objects.filter(pk=case.pk).annotate(number=reporters())
    return counted.values_list("number", flat=True)[0]


def _hide(case: ReportedJob, job: Job) -> None:
    done = runs.set_aside(job, by=None, reason=HIDDEN_BY_REPORTS)
    case.hidden_at = timezone.now()
    case.save(update_fields=["hidden_at"])
    notifications.tell_team(done, "job_hidden")


@transaction.atomic
def keep_reported_job(case: ReportedJob, *, by: Actor, words: str = "") -> Job:
    """The job stays, or comes back with the days that it was hidden. Its team hears of it then, or if there are words.

    NotAllowed when somebody has decided already.
    """
    employer, job = runs.lock_with_employer(case.job)
    locked = _locked_case(case)
    if locked.hidden_at and job.status == JobStatus.PAUSED and not job.is_past():
        job = runs.bring_back(job, by=by)
        credits.settle_unpaid_days(employer)
        notifications.tell_team(job, "job_shown_again", words=words.strip())
    elif words.strip():
        notifications.tell_team(job, "job_kept", words=words.strip())
    _decide(locked, ReportOutcome.KEPT, by=by, words=words)
    return job


@transaction.atomic
def take_down_reported_job(case: ReportedJob, *, by: Actor, reason: str) -> Job:
    """The job ends for good; its team reads the reason. NotAllowed when somebody has decided, or it has ended."""
    done = jobs.withdraw_job(case.job, by=by, reason=reason)
    _decide(_locked_case(case), ReportOutcome.TAKEN_DOWN, by=by, words=reason)
    return done


def _locked_case(case: ReportedJob) -> ReportedJob:
    locked = ReportedJob.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not locked.is_waiting:
        raise NotAllowed(DECIDED)
    return locked


def _decide(case: ReportedJob, outcome: str, *, by: Actor, words: str) -> None:
    """Who reported need not be told apart any more, so that is forgotten."""
    case.outcome, case.words = outcome, words.strip()
    case.decided_at, case.decided_by = timezone.now(), actor(by)
    case.save(update_fields=["outcome", "words", "decided_at", "decided_by"])
    case.reports.update(reader="", network="")


# When a day is over ---------------------------------------------------------------------------------------------------
def due_decisions(at: datetime) -> Iterator[DueRow]:
    """Cases that wait for a decision, a day after the first report; of which staff were not reminded."""
    cases = ReportedJob.objects.waiting().filter(reminded_at=None, opened_at__lte=at - DECIDED_WITHIN)
    for case in cases.select_related("job").order_by("opened_at", "pk"):
        title = f"Remind staff to decide on reports about “{case.job}”"
        yield DueRow(str(case.pk), title, case.opened_at + DECIDED_WITHIN, case.get_absolute_url())


@transaction.atomic
def remind_of_decision(key: str) -> None:
    """Queue the letter to staff, once, unless somebody has decided. Safe to repeat and to race."""
    case = ReportedJob.objects.waiting().select_for_update(of=("self",)).filter(pk=int(key), reminded_at=None).first()
    if case is None:
        return
    case.reminded_at = timezone.now()
    case.save(update_fields=["reminded_at"])
    job = Job.objects.select_related("employer").get(pk=case.job_id)
    _tell_staff(case, job, "job_report_waits", count=str(case.reports.count()))
