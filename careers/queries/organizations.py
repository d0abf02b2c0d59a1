"""Which organizations have a page, and what stands there.

Only verified ones do, once a position under their name was public. What is confidential is in no count, list or place
here, and an organization that posts nothing else is not told apart from one that was never here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from aapm_site.accounts.us_states import STATE_NAMES
from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered

from ..models import Employer, EmployerSlug, Job, JobLocation
from ..models.job import JobQuerySet
from .blocked import publicly_named
from .listings import ListedJob, next_change

PAGE_SIZE = 60
MOST_JOBS = 20
MOST_PLACES = 12


def with_page() -> QuerySet[Employer]:
    """The organizations that everybody may read about."""
    return publicly_named().filter(verified=True, closed_at=None)


def has_page(employer: Employer) -> bool:
    return employer.verified and with_page().filter(pk=employer.pk).exists()


def organization_of(slug: str) -> Employer | None:
    """The organization with this address, now or under a former name; None for one without a page."""
    shown = with_page().select_related("place", "logo", "reply_clock")
    found = shown.filter(slug=slug).first()
    if found is not None:
        return found
    former = EmployerSlug.objects.filter(slug=slug).values("employer")
    return shown.filter(pk__in=former).first()


def named_jobs(employer: Employer, at: datetime) -> JobQuerySet:
    """Its open positions that say whose they are, in the order of the list."""
    return Job.objects.live(at).filter(employer=employer, confidential=False).newest_first()


@dataclass(frozen=True)
class OrganizationJobs:
    """What is open at an organization: the first of it, how many in all, and where."""

    jobs: list[ListedJob]
    count: int
    places: list[str]


def jobs_of(employer: Employer, at: datetime) -> OrganizationJobs:
    """Three queries; two where nothing is open."""
    rows = list(named_jobs(employer, at).defer("search", "body")[: MOST_JOBS + 1])
    count = len(rows) if len(rows) <= MOST_JOBS else named_jobs(employer, at).count()
    return OrganizationJobs([ListedJob.of(row) for row in rows[:MOST_JOBS]], count, _places(employer, at))


def _places(employer: Employer, at: datetime) -> list[str]:
    where = JobLocation.objects.filter(job__in=named_jobs(employer, at).order_by().values("pk"))
    cities = where.order_by("state_code", "city").values_list("city", "state_code").distinct()[:MOST_PLACES]
    return [f"{city}, {STATE_NAMES.get(state, state)}" for city, state in cities]


@dataclass(frozen=True)
class ListedOrganization:
    """An organization as the list from A to Z shows it."""

    slug: str
    name: str
    kind: str
    is_agency: bool
    place: str
    open_jobs: int

    @property
    def letter(self) -> str:
        """Under which it stands; a number or a sign stands under “#”."""
        first = self.name[:1].upper()
        return first if first.isascii() and first.isalpha() else "#"


@dataclass(frozen=True)
class OrganizationSlice:
    """One page of the list, found by key."""

    rows: tuple[ListedOrganization, ...]
    next: str = ""  # the slug after which the next page begins
    previous: str = ""


def organizations_by_name(at: datetime, *, after: str = "", before: str = "") -> OrganizationSlice:
    """One page from A to Z, after or before the organization of a slug. An unknown slug shows the first page."""
    key = after or before
    return _page(at, after=after, before=before) if key else _first_page(at)


@remembered
def _first_page(at: datetime) -> OrganizationSlice:
    lifetime.ends_at(next_change(at))
    return _page(at)


def _page(at: datetime, *, after: str = "", before: str = "") -> OrganizationSlice:
    mark = (
        with_page().filter(slug=after or before).values_list(Lower("name"), "pk").first() if after or before else None
    )
    is_before = bool(before and not after and mark)
    rows = list(_ordered(at, mark, is_before=is_before)[: PAGE_SIZE + 1])
    is_more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if is_before:
        if len(rows) < PAGE_SIZE:
            return _page(at)  # the first page is whole
        rows.reverse()
    listed = tuple(map(_listed, rows))
    has_next, has_previous = (True, is_more) if is_before else (is_more, mark is not None)
    return OrganizationSlice(
        listed,
        next=listed[-1].slug if listed and has_next else "",
        previous=listed[0].slug if listed and has_previous else "",
    )


def _ordered(at: datetime, mark: tuple[str, int] | None, *, is_before: bool) -> QuerySet[Employer]:
    live = Q(jobs__in=Job.objects.live(at).filter(confidential=False))
    found = with_page().select_related("place").annotate(by_name=Lower("name"), open_jobs=Count("jobs", filter=live))
    if mark is not None:
        name, pk = mark
        beyond = (
            Q(by_name__lt=name) | Q(by_name=name, pk__lt=pk)
            if is_before
            else Q(by_name__gt=name) | Q(by_name=name, pk__gt=pk)
        )
        found = found.filter(beyond)
    return found.order_by("-by_name", "-pk") if is_before else found.order_by("by_name", "pk")


def _listed(row: Employer) -> ListedOrganization:
    return ListedOrganization(
        row.slug,
        row.name,
        row.get_kind_display(),
        row.is_agency,
        row.place.label if row.place else "",
        row.open_jobs,  # type: ignore[attr-defined]  # annotated above
    )
