"""What readers see of the jobs: the list by its criteria, the newest, the similar ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Count, Exists, F, Func, OuterRef, Q
from django.db.models.expressions import RawSQL

from aapm_site.accounts.distance import miles
from aapm_site.accounts.us_states import STATES
from aapm_site.core.cache import lifetime
from aapm_site.core.cache.lifetime import LIFE
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.search import query
from aapm_site.core.statements import NOW, Late, Prepared

from ..choices import EmploymentType, JobSort, PayPeriod, Remote
from ..criteria import JobCriteria, NearPlace
from ..models import Job, JobLocation
from ..models.job import JobQuerySet
from ..states import JobStatus
from .finding import JobSearch, PageKey, counts_of_tags, counts_without, key_of, sort_of
from .near import WITHIN, cells, point

PAGE_SIZE = 20
# Counting a million matches takes seconds, and nobody reads on to the thousandth.
COUNT_CAP = 1_000


@dataclass(frozen=True)
class ListedJob:
    """A job as lists show it."""

    pk: int
    title: str
    slug: str
    url: str
    public_employer_name: str
    places_text: str
    remote: str
    summary: str
    pay_min: Decimal | None
    pay_max: Decimal | None
    pay_currency: str
    pay_period: str
    employment_type: str
    featured: bool
    starts_at: datetime
    miles_away: int | None = None

    @classmethod
    def of(cls, row: Job, miles_away: int | None = None) -> "ListedJob":
        assert row.starts_at is not None  # noqa: S101 - what is live has its dates
        return cls(
            row.pk, row.title, row.slug, row.get_absolute_url(), row.public_employer_name, row.places_text, row.remote,
            row.summary, row.pay_min, row.pay_max, row.pay_currency, row.pay_period, row.employment_type, row.featured,
            row.starts_at, miles_away,
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def shows_pay(self) -> bool:
        return self.pay_min is not None

    def get_pay_period_display(self) -> str:
        return PayPeriod(self.pay_period).label

    def get_employment_type_display(self) -> str:
        return EmploymentType(self.employment_type).label

    def get_remote_display(self) -> str:
        return Remote(self.remote).label


def _listed(rows: Iterable[Job]) -> tuple[ListedJob, ...]:
    return tuple(map(ListedJob.of, rows))


@dataclass(frozen=True)
class Slice:
    """One page of the list, found by key: going on costs the same on the last page as on the first."""

    jobs: tuple[ListedJob, ...] = ()
    count: int = 0
    more_than_counted: bool = False
    next: int | None = None
    previous: int | None = None
    sort: str = JobSort.NEWEST
    is_partly_sorted: bool = False
    tags: tuple[tuple[str, int], ...] = ()  # how many of what fits have each tag
    counted: tuple[str, ...] = ()  # the keys of the filters whose values were counted


def matching(criteria: JobCriteria, at: datetime) -> JobQuerySet:
    """The live jobs that fit, in no order."""
    jobs = Job.objects.live(at).defer("search", "body")
    if query.tidy(criteria.words):
        jobs = jobs.filter(entry__search=query.to_query(criteria.words))
    for tags in criteria.groups.values():
        jobs = jobs.filter(entry__tags__overlap=list(tags))
    if criteria.since_days:
        jobs = jobs.filter(starts_at__gte=at - timedelta(days=criteria.since_days))
    return _within(jobs, criteria.near) if criteria.near else jobs


def _within(jobs: JobQuerySet, near: NearPlace) -> JobQuerySet:
    parameters = [*point(near), near.miles]
    return jobs.filter(entry__cells__overlap=cells(near)).filter(
        RawSQL(WITHIN, parameters, output_field=BooleanField())  # noqa: S611 - a statement of our own
    )


def find(
    criteria: JobCriteria,
    at: datetime,
    *,
    sort: str = "",
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> Slice:
    """One page of what fits, in an order that the search has, after or before the job of a number.

    A number that never was public is taken as none, so a stale or invented address shows the first page. What somebody
    puts together is not remembered.
    """
    sort = sort_of(sort, criteria)
    search = JobSearch(criteria, at, sort, size, COUNT_CAP)
    if after or before:
        return _page(search, key_of(after or before or 0, sort, criteria, is_before=not after))
    return _first_page(criteria, sort, size, at) if criteria.is_simple else _page(search, None)


@remembered
def _first_page(criteria: JobCriteria, sort: str, size: int, at: datetime) -> Slice:
    lifetime.ends_at(next_change(at))
    return _page(JobSearch(criteria, at, sort, size, COUNT_CAP), None)


def _page(search: JobSearch, key: PageKey | None) -> Slice:
    found = replace(search, key=key).found()
    numbers, is_more = found.numbers[: search.size], len(found.numbers) > search.size
    if key and key.is_before:
        if len(numbers) < search.size:
            return _page(search, None)  # the first page is whole, even if fewer rows stand before the key
        numbers, has_next, has_previous = numbers[::-1], True, is_more
    else:
        has_next, has_previous = is_more, key is not None
    return Slice(
        jobs=_jobs_of(numbers, search.criteria, search.at),
        count=min(found.count, search.cap),
        more_than_counted=found.count > search.cap,
        next=numbers[-1] if numbers and has_next else None,
        previous=numbers[0] if numbers and has_previous else None,
        sort=search.sort,
        is_partly_sorted=found.is_partly_sorted,
        tags=found.tags,
        counted=found.counted,
    )


NUMBERS = Late("numbers", ArrayField(BigIntegerField()), "(%s)")
_JOBS_OF = Prepared[Job](
    lambda: (
        Job.objects.live(NOW)
        .filter(Func(F("pk"), NUMBERS, template="%(expressions)s", arg_joiner=" = ANY ", output_field=BooleanField()))
        .defer("search", "body")
        .annotate(latitudes=F("entry__latitudes"), longitudes=F("entry__longitudes"))
    )
)


def _jobs_of(numbers: Sequence[int], criteria: JobCriteria, at: datetime) -> tuple[ListedJob, ...]:
    rows: dict[int, Any] = {job.pk: job for job in _JOBS_OF.rows(numbers=list(numbers), now=at)} if numbers else {}
    found = [rows[number] for number in numbers if number in rows]
    return tuple(ListedJob.of(row, miles_away=_away(row, criteria.near)) for row in found)


def _away(row: Any, near: NearPlace | None) -> int | None:
    """Miles to the nearest place of the job, never rounded to nought."""
    if near is None:
        return None
    points = zip(row.latitudes or (), row.longitudes or (), strict=True)
    away = min((miles(near.latitude, near.longitude, *point) for point in points), default=None)
    return None if away is None else max(1, round(away))


def found_without(criteria: JobCriteria, at: datetime) -> dict[str, int]:
    """Where nothing fits: how many would without each of the conditions; none that would help no further."""
    found = counts_without(criteria, at, COUNT_CAP)
    return {key: count for key, count in found.items() if count}


@remembered
def open_by_state(at: datetime) -> tuple[tuple[str, int], ...]:
    """The code of every state and how many positions are open there, up to one more than are counted."""
    lifetime.ends_at(next_change(at))
    counts = counts_of_tags([f"state:{code}" for code, _ in STATES], at, COUNT_CAP)
    return tuple((code, counts[f"state:{code}"]) for code, _ in STATES)


@remembered
def newest(limit: int, at: datetime) -> tuple[ListedJob, ...]:
    """The newest live jobs, featured ones not preferred, until the next begins or ends; two queries."""
    lifetime.ends_at(next_change(at))
    return _listed(Job.objects.live(at).defer("search", "body").order_by("-starts_at", "-pk")[:limit])


@dataclass(frozen=True)
class OpenCounts:
    """How many positions are open, and of how many employers."""

    jobs: int
    employers: int


@remembered
def open_counts(at: datetime) -> OpenCounts:
    """Counted until the next job begins or ends; two queries."""
    lifetime.ends_at(next_change(at))
    return OpenCounts(**Job.objects.live(at).aggregate(jobs=Count("pk"), employers=Count("employer", distinct=True)))


def similar(job: Job, at: datetime, limit: int = 3) -> tuple[ListedJob, ...]:
    """Live jobs for the same profession, those in the same states first; one query."""
    return _similar(job.pk, job.profession_id, limit, at)


@remembered
def _similar(job: int, profession: int, limit: int, at: datetime) -> tuple[ListedJob, ...]:
    states = JobLocation.objects.filter(job=job).values("state_code")
    near = Exists(JobLocation.objects.filter(job=OuterRef("pk"), state_code__in=states))
    jobs = Job.objects.live(at).filter(profession=profession).exclude(pk=job)
    return _listed(jobs.defer("search", "body").annotate(near=near).order_by("-near", "-starts_at", "-pk")[:limit])


def next_change(at: datetime) -> datetime | None:
    """When the next job begins or ends, if that is within the life of what is kept; later ones do not matter."""
    horizon = at + timedelta(seconds=LIFE)
    soon = Q(starts_at__gt=at, starts_at__lte=horizon) | Q(ends_at__gt=at, ends_at__lte=horizon)
    rows = Job.objects.filter(soon, status=JobStatus.APPROVED).values_list("starts_at", "ends_at")
    return min((moment for row in rows for moment in row if at < moment <= horizon), default=None)
