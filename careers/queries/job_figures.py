"""How a job does: what readers did with it day by day, and how that compares with others of its profession.

Robots are left out where readers are counted. Who saved a job stays with them: of saves only numbers from three on are
said, so that nobody is found by the day on which one person looked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from aapm_site.core.http import view_counts
from aapm_site.core.models import Count

from ..models import Job, JobApplication, SavedJob
from ..states import DATED
from .boards import JOB_APPLY, JOB_VIEW

LEAST_DAYS = 7  # live, before a job is compared
LEAST_OTHERS = 5
MOST_OTHERS = 500  # the newest, of a year
MOST_DAYS = 400
LEAST_SAVES = 3


@dataclass(frozen=True)
class DayFigures:
    """One day of a job; `saves` is None below three."""

    on: date
    views: int
    saves: int | None
    went_on: int
    sent: int


def days_of(job: Job, at: datetime) -> list[DayFigures]:
    """Each day from the first on which it was live to the last or today, in three queries; none before it went live."""
    span = _span(job, at)
    if not span:
        return []
    counted = Count.objects.filter(kind__in=(JOB_VIEW, JOB_APPLY), key=str(job.pk), on__gte=span[0])
    found = {(kind, on): times for kind, on, times in counted.values_list("kind", "on", "times")}
    saves = _by_day(SavedJob.objects.filter(job=job), "saved_at")
    sent = _by_day(JobApplication.objects.sent().filter(job=job), "sent_at")
    return [
        DayFigures(
            on,
            found.get((JOB_VIEW, on), 0),
            said_saves(saves.get(on, 0)),
            found.get((JOB_APPLY, on), 0),
            sent.get(on, 0),
        )
        for on in span
    ]


def _span(job: Job, at: datetime) -> list[date]:
    if job.starts_at is None or job.starts_at > at:
        return []
    first, last = timezone.localdate(job.starts_at), timezone.localdate(_live_until(job, at))
    count = min((last - first).days + 1, MOST_DAYS)
    return [last - timedelta(days=ago) for ago in reversed(range(count))]


def _live_until(job: Job, at: datetime) -> datetime:
    return min(one for one in (at, job.ends_at, job.taken_down_at) if one)


def _by_day(rows: QuerySet[Any], field: str) -> dict[date, int]:
    zone = timezone.get_default_timezone()
    days = rows.order_by().annotate(on=TruncDate(field, tzinfo=zone))
    return dict(days.values_list("on").annotate(number=CountRows("pk")))


def said_saves(number: int) -> int | None:
    """The number of saves as it may be said."""
    return number if number >= LEAST_SAVES else None


def saves_of_each(jobs: Iterable[Job]) -> dict[int, int]:
    """How often jobs stand in somebody's list, in one query; nought is left out."""
    rows = SavedJob.objects.filter(job__in=list(jobs)).order_by()
    return dict(rows.values_list("job").annotate(number=CountRows("pk")))


# Compared with others -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class JobRates:
    """What a hundred readers did with a job, and how many readers a day had; None without readers."""

    views_a_day: float
    saves: float | None
    applications: float | None


@dataclass(frozen=True)
class Comparison:
    """A job's rates and the median of others of its profession; None where they are too few, or it is too early."""

    days: int
    own: JobRates
    usual: JobRates | None
    others: int


def compared(job: Job, at: datetime) -> Comparison | None:
    """A job beside those of its profession that were live for a week or more within the last year; five queries.

    None before it goes live. Confidential ones count too: only medians of five or more are said.
    """
    if job.starts_at is None or job.starts_at > at:
        return None
    others = _others(job, at)
    rates = _rates([job, *others], at)
    days, usual = _days_live(job, at), None
    if len(others) >= LEAST_OTHERS and days >= LEAST_DAYS:
        usual = _usual([rates[other.pk] for other in others])
    return Comparison(days, rates[job.pk], usual, len(others))


def _others(job: Job, at: datetime) -> list[Job]:
    rows = Job.objects.filter(
        profession=job.profession_id, status__in=DATED, starts_at__gt=at - timedelta(days=365), starts_at__lte=at
    ).exclude(pk=job.pk)
    found = rows.only("starts_at", "ends_at", "taken_down_at").order_by("-starts_at", "-pk")[:MOST_OTHERS]
    return [other for other in found if _days_live(other, at) >= LEAST_DAYS]


def _days_live(job: Job, at: datetime) -> int:
    starts, _ = job.shown_between
    return max((_live_until(job, at) - starts).days, 0)


def _rates(jobs: list[Job], at: datetime) -> dict[int, JobRates]:
    keys = [str(job.pk) for job in jobs]
    views, went_on = view_counts.totals(JOB_VIEW, keys), view_counts.totals(JOB_APPLY, keys)
    saves = saves_of_each(jobs)
    sent_rows = JobApplication.objects.sent().filter(job__in=jobs).order_by().values_list("job")
    sent = dict(sent_rows.annotate(number=CountRows("pk")))
    return {
        job.pk: JobRates(
            views.get(str(job.pk), 0) / max(_days_live(job, at), 1),
            _a_hundred(saves.get(job.pk, 0), views.get(str(job.pk), 0)),
            _a_hundred(sent.get(job.pk, 0) + went_on.get(str(job.pk), 0), views.get(str(job.pk), 0)),
        )
        for job in jobs
    }


def _a_hundred(number: int, views: int) -> float | None:
    return number * 100 / views if views else None


def _usual(rates: list[JobRates]) -> JobRates:
    saves = [rate.saves for rate in rates if rate.saves is not None]
    applications = [rate.applications for rate in rates if rate.applications is not None]
    return JobRates(
        median(rate.views_a_day for rate in rates),
        median(saves) if saves else None,
        median(applications) if applications else None,
    )
