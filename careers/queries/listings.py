"""What readers see of the jobs: the list by its criteria, the newest, the similar ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from aapm_site.core.cache.lifetime import LIFE
from aapm_site.core.search import query

from ..choices import Remote
from ..models import Job, JobLocation
from ..models.job import JobQuerySet
from ..states import JobStatus

PAGE_SIZE = 20
# Counting a million matches takes seconds, and nobody reads on to the thousandth.
COUNT_CAP = 1_000


@dataclass(frozen=True)
class JobCriteria:
    """What a reader looks for; empty means any."""

    words: str = ""
    professions: Sequence[str] = ()
    specialties: Sequence[str] = ()
    settings: Sequence[str] = ()
    types: Sequence[str] = ()
    state: str = ""
    remote: bool = False
    employer: str = ""


@dataclass(frozen=True)
class Slice:
    """One page of the list, found by key: going on costs the same on the last page as on the first."""

    jobs: list[Job] = field(default_factory=list)
    count: int = 0
    more_than_counted: bool = False
    next: int | None = None
    previous: int | None = None


def matching(criteria: JobCriteria, at: datetime) -> JobQuerySet:
    """The live jobs that fit, in no order."""
    jobs = Job.objects.live(at).defer("search", "body")
    if query.tidy(criteria.words):
        jobs = jobs.filter(search=query.to_query(criteria.words))
    if criteria.professions:
        jobs = jobs.filter(profession__slug__in=criteria.professions)
    if criteria.specialties:
        through = Job.specialties.through.objects.filter(job=OuterRef("pk"), specialty__slug__in=criteria.specialties)
        jobs = jobs.filter(Exists(through))
    if criteria.settings:
        jobs = jobs.filter(setting__in=criteria.settings)
    if criteria.types:
        jobs = jobs.filter(employment_type__in=criteria.types)
    if criteria.state:
        jobs = jobs.filter(Exists(JobLocation.objects.filter(job=OuterRef("pk"), state_code=criteria.state)))
    if criteria.remote:
        jobs = jobs.exclude(remote=Remote.NO)
    if criteria.employer:
        # A confidential job is not found by its employer.
        jobs = jobs.filter(employer__slug=criteria.employer, confidential=False)
    return jobs


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

    A number that never was public is taken as none, so a stale or invented address shows the first page.
    """
    jobs = matching(criteria, at)
    count = jobs.order_by()[: COUNT_CAP + 1].count()
    key = _key(after or before) if after or before else None
    if key and before and not after:
        found = list(jobs.filter(_before(key)).order_by("featured", "starts_at", "pk")[: size + 1])
        has_previous, has_next = len(found) > size, True
        rows = found[:size][::-1]
        if not has_previous:
            # The first page is whole, even if fewer rows stand before the key.
            return find(criteria, at, size=size) if len(rows) < size else _slice(rows, count, has_next, False)
        return _slice(rows, count, has_next, True)
    if key:
        jobs = jobs.filter(_after(key))
    found = list(jobs.newest_first()[: size + 1])
    return _slice(found[:size], count, len(found) > size, key is not None)


def _slice(rows: list[Job], count: int, has_next: bool, has_previous: bool) -> Slice:
    return Slice(
        jobs=rows,
        count=min(count, COUNT_CAP),
        more_than_counted=count > COUNT_CAP,
        next=rows[-1].pk if rows and has_next else None,
        previous=rows[0].pk if rows and has_previous else None,
    )


def newest(at: datetime, limit: int) -> list[Job]:
    """The newest live jobs, featured ones not preferred."""
    return list(Job.objects.live(at).defer("search", "body").order_by("-starts_at", "-pk")[:limit])


def similar(job: Job, at: datetime, limit: int = 3) -> list[Job]:
    """Live jobs for the same profession, those in the same states first."""
    states = JobLocation.objects.filter(job=job).values("state_code")
    near = Exists(JobLocation.objects.filter(job=OuterRef("pk"), state_code__in=states))
    jobs = Job.objects.live(at).filter(profession=job.profession_id).exclude(pk=job.pk)
    return list(jobs.defer("search", "body").annotate(near=near).order_by("-near", "-starts_at", "-pk")[:limit])


def next_change(at: datetime) -> datetime | None:
    """When the next job begins or ends, if that is within the life of a cached page; later ones do not matter."""
    horizon = at + timedelta(seconds=LIFE)
    soon = Q(starts_at__gt=at, starts_at__lte=horizon) | Q(ends_at__gt=at, ends_at__lte=horizon)
    rows = Job.objects.filter(soon, status=JobStatus.APPROVED).values_list("starts_at", "ends_at")
    return min((moment for row in rows for moment in row if at < moment <= horizon), default=None)
