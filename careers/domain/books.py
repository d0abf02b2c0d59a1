"""The books of the career center: postings, runs and days compared with their ledgers. Reads only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from aapm_site.billing.registry import BookCheck

from ..choices import CreditReason, DaysReason
from ..models import CreditBalance, CreditEntry, DaysBalance, DaysEntry, Job, JobRun
from ..run_dates import MOST_PAUSED, end_of
from ..states import JobStatus

GIVEN_BACK = (DaysReason.FILLED, DaysReason.WITHDRAWN, DaysReason.CLOSED, DaysReason.REOPENED)


def find_faults() -> Iterator[str]:
    """What does not fit, a sentence each; nothing when the books balance."""
    yield from _credits()
    yield from _days()
    yield from _runs()
    yield from _ends()


def _summed(entries: QuerySet[Any]) -> Coalesce:
    """The sum of the changes of some entries, in a subquery."""
    each = entries.order_by().values(_all=F("employer") * 0).annotate(sum=Sum("change")).values("sum")
    return Coalesce(Subquery(each, output_field=IntegerField()), 0)


def _credits() -> Iterator[str]:
    entries = CreditEntry.objects.filter(
        employer=OuterRef("employer"), runs_days=OuterRef("runs_days"), featured=OuterRef("featured")
    )
    for row in CreditBalance.objects.annotate(booked=_summed(entries)).exclude(left=F("booked")).select_related():
        yield f"{row.employer} has {row.left} postings of {row.credit_type}, the ledger says {row.booked}."


def _days() -> Iterator[str]:
    entries = DaysEntry.objects.filter(employer=OuterRef("employer"), featured=OuterRef("featured"))
    for row in DaysBalance.objects.annotate(booked=_summed(entries)).exclude(left=F("booked")).select_related():
        kind = "featured days" if row.featured else "days"
        yield f"{row.employer} has {row.left} {kind}, the ledger says {row.booked}."


def _runs() -> Iterator[str]:
    """Each run uses one posting of its job that did not come back, and moved as many days as the account says."""
    of_run = DaysEntry.objects.filter(run=OuterRef("pk"))
    runs = JobRun.objects.annotate(
        back=_summed(of_run.filter(kind__in=GIVEN_BACK)), used=_summed(of_run.filter(kind=DaysReason.LENGTHENED))
    )
    for run in runs.exclude(returned_days=F("back"), lengthened_days=-F("used")).select_related("job"):
        yield (
            f"Position {run.job_id} gave {run.returned_days} days back and got {run.lengthened_days}, the ledger says "
            f"{run.back} and {-run.used}."
        )
    wrong = ~Q(credit_entry__job=F("job")) | ~Q(credit_entry__kind=CreditReason.SPENT)
    wrong |= Q(days__gt=F("credit_entry__runs_days")) | ~Q(credit_entry__featured=F("featured"))
    for key in JobRun.objects.filter(credit_entry__isnull=False).filter(wrong).values_list("job", flat=True):
        yield f"A run of position {key} does not fit the posting that it used."
    for job, times in _used_without_a_run():
        yield f"Position {job} used {times} more posting{'' if times == 1 else 's'} than it has runs and waits with."
    paused = JobRun.objects.order_by().values("job").annotate(sum=Sum("paused_days")).filter(sum__gt=MOST_PAUSED)
    for row in paused:
        yield f"Position {row['job']} got {row['sum']} days for its pauses, and {MOST_PAUSED} is the most."


def _used_without_a_run() -> list[tuple[int, int]]:
    """Jobs that used more postings, less those that came back, than they run on and, unread, hold.

    One without any run that was approved is let be: it gets its run when it is touched.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job_id, used - has - holds FROM (SELECT job.id AS job_id, "
            "  (SELECT -sum(change) FROM careers_creditentry entry WHERE entry.job_id = job.id) AS used, runs.has, "
            "  CASE WHEN job.status IN ('in_review', 'returned') OR (runs.has = 0 AND job.approved_at IS NOT NULL) "
            "  THEN 1 ELSE 0 END AS holds FROM careers_job job CROSS JOIN LATERAL ("
            "    SELECT count(*) AS has FROM careers_jobrun WHERE job_id = job.id AND credit_entry_id IS NOT NULL"
            "  ) runs) counted WHERE used > has + holds ORDER BY job_id"
        )
        return cursor.fetchall()


def _ends() -> Iterator[str]:
    """What is approved or paused ends with the last day of its last run."""
    last = JobRun.objects.filter(job=OuterRef("pk")).order_by("-first_day", "-pk").values("last_day")[:1]
    jobs = Job.objects.filter(status__in=(JobStatus.APPROVED, JobStatus.PAUSED), runs__isnull=False).distinct()
    for job in jobs.annotate(last_day=Subquery(last)).only("pk", "ends_at", "status").iterator(chunk_size=1_000):
        if not _ends_on(job.ends_at, job.last_day):
            yield f"Position {job.pk} ends at {job.ends_at}, and its last run on {job.last_day}."


def _ends_on(ends_at: datetime | None, day: Any) -> bool:
    """Runs that were made from dates may end within their day, as the dates did."""
    return ends_at is not None and timezone.localdate(ends_at) == day and ends_at <= end_of(day)


POSTINGS = BookCheck("postings", find_faults, order=20)
