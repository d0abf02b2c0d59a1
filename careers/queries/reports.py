"""What the reports of the career center count, each in one statement, or two, whatever there is to be counted.

Months are those of the association's zone. A position counts as it stands now: one that was renewed after its end has
not ended, and one that was reopened is not filled.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Sum, When
from django.db.models import Count as CountRows
from django.db.models.functions import Coalesce, Least, TruncMonth
from django.utils import timezone

from aapm_site.core.models import Count
from aapm_site.core.periods import ReportPeriod, month_of

from ..application_states import JobApplicationStatus
from ..models import Job, JobRun
from ..models.job import JobQuerySet
from ..states import ENDED, PERHAPS_SEEN, JobStatus
from .boards import JOB_APPLY
from .figures import SEARCH_NOTHING


def _asked(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _months(period: ReportPeriod) -> dict[str, Any]:
    """The period as statements ask for it: its moments, and the first ones of its months."""
    starts = [month.begins for month in period.months]
    return {"begins": period.begins, "until": period.until, "starts": starts}


# Reviews --------------------------------------------------------------------------------------------------------------
# A round ends with an approval. Its time is that of all spells in review: a position that was sent back and came again
# waited with its employer in between.
REVIEWS = """
    WITH steps AS (
        SELECT id, subject_id, from_status, to_status, at, lead(at) OVER life AS left_at,
            count(*) FILTER (WHERE from_status = 'in_review' AND to_status = 'approved')
                OVER (life ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS round
        FROM careers_jobstatuschange
        WHERE subject_id IN (
            SELECT subject_id FROM careers_jobstatuschange
            WHERE from_status = 'in_review' AND to_status IN ('approved', 'returned')
                AND at >= %(begins)s AND at < %(until)s
        )
        WINDOW life AS (PARTITION BY subject_id ORDER BY at, id)
    ), spent AS (
        SELECT subject_id, round, sum(left_at - at) AS time FROM steps
        WHERE to_status = 'in_review' AND left_at IS NOT NULL GROUP BY subject_id, round
    ), decided AS (
        SELECT width_bucket(at, %(starts)s::timestamptz[]) AS month, to_status, time
        FROM steps LEFT JOIN spent USING (subject_id, round)
        WHERE from_status = 'in_review' AND to_status IN ('approved', 'returned')
            AND at >= %(begins)s AND at < %(until)s
    )
    SELECT month, count(*) FILTER (WHERE to_status = 'approved'), count(*) FILTER (WHERE to_status = 'returned'),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY time) FILTER (WHERE to_status = 'approved'),
        percentile_cont(0.9) WITHIN GROUP (ORDER BY time) FILTER (WHERE to_status = 'approved')
    FROM decided GROUP BY GROUPING SETS ((month), ())
"""


@dataclass(frozen=True)
class ReviewTimes:
    """Decisions, and how long what was approved had lain with the staff; no times where nothing was approved."""

    approved: int = 0
    returned: int = 0
    median: timedelta | None = None
    ninetieth: timedelta | None = None


def review_times(period: ReportPeriod) -> tuple[list[ReviewTimes], ReviewTimes]:
    """Month by month, and of the whole period, by the day of the decision; one statement."""
    found = {month: ReviewTimes(*rest) for month, *rest in _asked(REVIEWS, _months(period))}
    months = [found.get(number, ReviewTimes()) for number in range(1, len(period.months) + 1)]
    return months, found[None]


# Ends -----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class EndedPositions:
    """Positions of one profession that ended, by how."""

    profession: str
    ended: int
    filled: int
    withdrawn: int

    @property
    def unfilled(self) -> int:
        """Their last day was over, and nobody had said more."""
        return self.ended - self.filled - self.withdrawn


def endings(period: ReportPeriod, at: datetime) -> list[EndedPositions]:
    """Positions that readers could see and that ended in the period, the largest profession first; one statement."""
    ended: QuerySet[Any] = _with_end(Job.objects.once_public(at)).filter(
        ended_at__gte=period.begins, ended_at__lt=period.until, ended_at__lte=at
    )
    rows = (
        ended.order_by()
        .values_list("profession__name")
        .annotate(
            ended=CountRows("pk"),
            filled=CountRows("pk", filter=Q(status=JobStatus.FILLED)),
            withdrawn=CountRows("pk", filter=Q(status=JobStatus.WITHDRAWN)),
        )
    )
    return [EndedPositions(*row) for row in rows.order_by("-ended", "profession__name")]


def _with_end(jobs: JobQuerySet) -> QuerySet[Any]:
    """Each with `ended_at`: when it was taken down for good, or its last moment, which for a paused one comes later."""
    return jobs.annotate(
        ended_at=Case(
            When(status__in=ENDED, then=Least("taken_down_at", "ends_at")),
            When(status=JobStatus.PAUSED, then=Coalesce("resumable_until", "ends_at")),
            default="ends_at",
            output_field=DateTimeField(),
        )
    )


# Runs -----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class EndedRuns:
    """Runs whose last day is over; those that another one followed; those whose position was filled or withdrawn."""

    ended: int = 0
    renewed: int = 0
    over: int = 0

    @property
    def not_renewed(self) -> int:
        return self.ended - self.renewed - self.over


def renewals(period: ReportPeriod, at: datetime) -> list[EndedRuns]:
    """Month by month, by the last day of the run; one statement.

    A run that gave all its days back was none. While a pause may still end, the run has not ended.
    """
    later = JobRun.objects.filter(
        Q(first_day__gt=OuterRef("first_day")) | Q(first_day=OuterRef("first_day"), pk__gt=OuterRef("pk")),
        job=OuterRef("job"),
        last_day__gte=F("first_day"),
    )
    last = min(period.last, timezone.localdate(at) - timedelta(days=1))
    runs = JobRun.objects.filter(last_day__gte=F("first_day"), last_day__range=(period.first, last))
    runs = runs.annotate(renewed=Exists(later), month=TruncMonth("last_day"))
    runs = runs.exclude(renewed=False, job__status=JobStatus.PAUSED, job__resumable_until__gt=at)
    rows = (
        runs.order_by()
        .values("month")
        .annotate(
            ended=CountRows("pk"),
            followed=CountRows("pk", filter=Q(renewed=True)),
            over=CountRows("pk", filter=Q(renewed=False, job__status__in=ENDED)),
        )
    )
    found = {row["month"]: EndedRuns(row["ended"], row["followed"], row["over"]) for row in rows}
    return [found.get(month_of(month.first)[0], EndedRuns()) for month in period.months]


# Searches -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class VainWords:
    """Words of the search for positions that found nothing: how often, on how many days, and last on which."""

    words: str
    times: int
    days: int
    last: date


def vain_searches(period: ReportPeriod, most: int) -> list[VainWords]:
    """The most frequent first; one statement. Who asked is not kept."""
    rows = Count.objects.filter(kind=SEARCH_NOTHING, on__range=(period.first, period.last)).values("key")
    rows = rows.annotate(number=Sum("times"), days=CountRows("on"), last=Max("on")).order_by("-number", "key")
    return [VainWords(*row) for row in rows.values_list("key", "number", "days", "last")[:most]]


def vain_by_month(period: ReportPeriod) -> list[int]:
    """How many searches found nothing in each month; one statement."""
    rows = Count.objects.filter(kind=SEARCH_NOTHING, on__range=(period.first, period.last)).order_by()
    found = dict(rows.annotate(month=TruncMonth("on")).values_list("month").annotate(number=Sum("times")))
    return [found.get(month_of(month.first)[0], 0) for month in period.months]


# Applications ---------------------------------------------------------------------------------------------------------
# What readers could see on some day of the period, with what came for it in the period.
APPLIED = """
    WITH shown AS (
        SELECT job.id, job.profession_id FROM careers_job AS job
        WHERE status = ANY(%(seen)s) AND starts_at < %(until)s AND starts_at <= %(at)s
            AND LEAST(ends_at, taken_down_at) > GREATEST(starts_at, %(begins)s)
    ), sent AS (
        SELECT job_id AS id, count(*) AS number FROM careers_jobapplication
        WHERE status <> %(unconfirmed)s AND sent_at >= %(begins)s AND sent_at < %(until)s GROUP BY job_id
    ), gone AS (
        SELECT key, sum(times) AS number FROM core_count
        WHERE kind = %(went_on)s AND "on" BETWEEN %(first)s AND %(last)s GROUP BY key
    )
    SELECT profession.name, count(*), COALESCE(sum(sent.number), 0)::int, COALESCE(sum(gone.number), 0)::int,
        count(*) FILTER (WHERE sent.number IS NULL), count(*) FILTER (WHERE sent.number < 5),
        count(*) FILTER (WHERE sent.number BETWEEN 5 AND 9), count(*) FILTER (WHERE sent.number >= 10)
    FROM shown JOIN accounts_profession AS profession ON profession.id = profession_id
    LEFT JOIN sent ON sent.id = shown.id LEFT JOIN gone ON gone.key = shown.id::text
    GROUP BY profession.name ORDER BY count(*) DESC, profession.name
"""


@dataclass(frozen=True)
class AppliedPositions:
    """Positions of one profession, what came for them, and how many got none, 1 to 4, 5 to 9, 10 or more."""

    profession: str
    positions: int
    sent: int
    went_on: int
    none: int
    few: int
    some: int
    many: int


def applications(period: ReportPeriod, at: datetime) -> list[AppliedPositions]:
    """Positions that readers could see in the period, the largest profession first; one statement."""
    values = _months(period) | {
        "at": at,
        "first": period.first,
        "last": period.last,
        "seen": list(PERHAPS_SEEN),
        "unconfirmed": JobApplicationStatus.UNCONFIRMED,
        "went_on": JOB_APPLY,
    }
    return [AppliedPositions(*row) for row in _asked(APPLIED, values)]


# Replies --------------------------------------------------------------------------------------------------------------
REPLIES = """
    WITH answered AS (
        SELECT width_bucket(sent_at, %(starts)s::timestamptz[]) AS month, status, answered_at - sent_at AS time
        FROM careers_jobapplication
        WHERE status <> %(unconfirmed)s AND sent_at >= %(begins)s AND sent_at < %(until)s
    )
    SELECT month, count(*), count(time), count(*) FILTER (WHERE time IS NULL AND status = %(withdrawn)s),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY time), percentile_cont(0.9) WITHIN GROUP (ORDER BY time)
    FROM answered GROUP BY GROUPING SETS ((month), ())
"""


@dataclass(frozen=True)
class ReplyTimes:
    """Applications, how many had a first answer, how many were withdrawn before, and how long the answers took."""

    sent: int = 0
    answered: int = 0
    withdrawn: int = 0
    median: timedelta | None = None
    ninetieth: timedelta | None = None

    @property
    def waiting(self) -> int:
        return self.sent - self.answered - self.withdrawn


def reply_times(period: ReportPeriod) -> tuple[list[ReplyTimes], ReplyTimes]:
    """Month by month, and of the whole period, by the day on which an application was sent; one statement."""
    values = _months(period) | {
        "unconfirmed": JobApplicationStatus.UNCONFIRMED,
        "withdrawn": JobApplicationStatus.WITHDRAWN,
    }
    found = {month: ReplyTimes(*rest) for month, *rest in _asked(REPLIES, values)}
    months = [found.get(number, ReplyTimes()) for number in range(1, len(period.months) + 1)]
    return months, found[None]
