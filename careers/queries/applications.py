"""Applications as pages read them: a person's own, and those for one position, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from aapm_site.accounts.people import Visitor

from ..application_states import JobApplicationStatus
from ..models import ApplicationOpening, Job, JobApplication
from ..models.application import OpenedPart

PAGE_SIZE = 25


def own_applications(user: Visitor) -> QuerySet[JobApplication]:
    """What the person has sent, the last one first, with the positions and their employers."""
    return _with_jobs(JobApplication.objects.for_user(user).sent())


def application_by_token(token: str) -> JobApplication | None:
    """What somebody without an account has sent, by the token in their letters."""
    found = JobApplication.objects.sent().filter(user=None, token=token)
    return _with_jobs(found).first() if token.isascii() and token.isprintable() else None


def sent_to_team(user: Visitor) -> QuerySet[JobApplication]:
    return _with_jobs(JobApplication.objects.of_team(user))


def _with_jobs(applications: QuerySet[JobApplication]) -> QuerySet[JobApplication]:
    beside = ("job__employer", "user", "team_address__member__user")
    return applications.select_related(*beside).defer("job__search", "job__body")


def applied_from(address: str) -> QuerySet[JobApplication]:
    """By these rows an address is known to be its reader's: they pressed the link that sent an application."""
    return JobApplication.objects.sent().filter(user=None, email=address.lower())


@dataclass(frozen=True)
class ApplicantPage:
    """Some applicants of a job, and the id after which the next ones come."""

    rows: list[JobApplication]
    next: str


@dataclass(frozen=True)
class WantedApplicants:
    """Which applicants of a job to show, and in which order: those that one has not opened, those with a CV."""

    state: str = ""
    unread: bool = False
    with_cv: bool = False
    oldest_first: bool = False


def applicants(job: Job, reader: Visitor, wanted: WantedApplicants, *, after: str = "") -> ApplicantPage:
    """A page of the applicants of a job, in one query more than that of the place to begin at."""
    found = _wanted(_with_jobs(job.applications.sent()), reader, wanted)
    if last := job.applications.sent().filter(public_id=after).first() if after else None:
        found = found.filter(_beyond(last, oldest_first=wanted.oldest_first))
    order = ("sent_at", "pk") if wanted.oldest_first else ("-sent_at", "-pk")
    rows = list(found.order_by(*order)[: PAGE_SIZE + 1])
    return ApplicantPage(rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].public_id if len(rows) > PAGE_SIZE else "")


def _wanted(found: QuerySet[JobApplication], reader: Visitor, wanted: WantedApplicants) -> QuerySet[JobApplication]:
    if wanted.state:
        found = found.filter(status=wanted.state)
    if wanted.unread:
        opened = ApplicationOpening.objects.filter(
            application=OuterRef("pk"), by=reader.pk, part=OpenedPart.APPLICATION
        )
        found = found.exclude(status=JobApplicationStatus.WITHDRAWN).exclude(Exists(opened))
    if wanted.with_cv:
        # Whether somebody unknown has a CV is not told either.
        known = Q(job__confidential=False) | Q(agreed_at__isnull=False)
        found = found.filter(known).exclude(cv="").exclude(status=JobApplicationStatus.WITHDRAWN)
    return found


def _beyond(last: JobApplication, *, oldest_first: bool) -> Q:
    if oldest_first:
        return Q(sent_at__gt=last.sent_at) | Q(sent_at=last.sent_at, pk__gt=last.pk)
    return Q(sent_at__lt=last.sent_at) | Q(sent_at=last.sent_at, pk__lt=last.pk)


def applicant_counts(job: Job) -> dict[str, int]:
    """How many stand in each state; states without any are left out."""
    rows = job.applications.sent().order_by().values_list("status").annotate(count=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class ApplicantCounts:
    """How many have applied for a job, and how many of them nobody has opened yet."""

    total: int = 0
    new: int = 0


def applicants_of_each(jobs: Iterable[Job]) -> dict[int, ApplicantCounts]:
    """The counts of jobs by their keys, in one query however many there are; jobs without any are left out."""
    sent = JobApplication.objects.sent().filter(job__in=list(jobs)).order_by()
    unopened = Count("pk", filter=Q(status=JobApplicationStatus.SENT))
    rows = sent.values_list("job").annotate(total=Count("pk"), new=unopened)
    return {key: ApplicantCounts(total, new) for key, total, new in rows}
