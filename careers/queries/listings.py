"""What readers see of the jobs: the list by its criteria, the newest, the similar ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import BooleanField, Count, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.lifetime import LIFE
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.search import query

from ..choices import EmploymentType, PayPeriod, Remote
from ..criteria import JobCriteria, NearPlace
from ..models import Job, JobLocation
from ..models.job import JobQuerySet
from ..states import JobStatus
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

    @classmethod
    def of(cls, row: Job) -> "ListedJob":
        assert row.starts_at is not None  # noqa: S101 - what is live has its dates
        return cls(
            row.pk, row.title, row.slug, row.get_absolute_url(), row.public_employer_name, row.places_text, row.remote,
            row.summary, row.pay_min, row.pay_max, row.pay_currency, row.pay_period, row.employment_type, row.featured,
            row.starts_at,
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


def _key(number: int) -> tuple[bool, datetime, int] | None:
    return Job.objects.once_public().filter(pk=number).values_list("featured", "starts_at", "pk").first()


def _after(key: tuple[bool, datetime, int]) -> Q:
    featured, starts_at, number = key
    same = Q(featured=featured) & (Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=number))
    return same | Q(featured=False) if featured else same


def _before(key: tuple[bool, datetime, int]) -> Q:
    featured, starts_at, number = key
    same = Q(featured=featured) & (Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=number))
    return same if featured else same | Q(featured=True)


def find(
    criteria: JobCriteria, at: datetime, *, after: int | None = None, before: int | None = None, size: int = PAGE_SIZE
) -> Slice:
    """One page of what fits, featured and newest first, after or before the job of a number.

    A number that never was public is taken as none, so a stale or invented address shows the first page. What somebody
    types is not remembered.
    """
    read = _find if criteria.words else _find_by_facets
    return read(criteria, after, before, size, at)


def _find(criteria: JobCriteria, after: int | None, before: int | None, size: int, at: datetime) -> Slice:
    lifetime.ends_at(next_change(at))
    return _slice_of(criteria, after, before, size, at)


_find_by_facets = remembered(_find)


def _slice_of(criteria: JobCriteria, after: int | None, before: int | None, size: int, at: datetime) -> Slice:
    jobs = matching(criteria, at)
    count = jobs.order_by()[: COUNT_CAP + 1].count()
    key = _key(after or before) if after or before else None
    if key and before and not after:
        found = list(jobs.filter(_before(key)).order_by("featured", "starts_at", "pk")[: size + 1])
        has_previous, has_next = len(found) > size, True
        rows = found[:size][::-1]
        if not has_previous:
            # The first page is whole, even if fewer rows stand before the key.
            is_short = len(rows) < size
            return _slice_of(criteria, None, None, size, at) if is_short else _slice(rows, count, has_next, False)
        return _slice(rows, count, has_next, True)
    if key:
        jobs = jobs.filter(_after(key))
    found = list(jobs.newest_first()[: size + 1])
    return _slice(found[:size], count, len(found) > size, key is not None)


def _slice(rows: list[Job], count: int, has_next: bool, has_previous: bool) -> Slice:
    return Slice(
        jobs=_listed(rows),
        count=min(count, COUNT_CAP),
        more_than_counted=count > COUNT_CAP,
        next=rows[-1].pk if rows and has_next else None,
        previous=rows[0].pk if rows and has_previous else None,
    )


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
