"""What is looked up while staff review a job, and what its employer reads of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Count, DateTimeField, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from ..choices import ChangeOutcome
from ..models import Employer, EmployerMember, Job, JobChange, JobStatusChange, ReviewNote
from ..models.job import JobQuerySet
from ..states import ENDED, JobStatus

MOST_QUEUED = 1_000
# The last decisions, each with the moment at which the position was sent before it.
USUAL = """
    WITH decided AS (
        SELECT id, subject_id, at FROM careers_jobstatuschange
        WHERE from_status = 'in_review' AND to_status IN ('approved', 'returned') ORDER BY id DESC LIMIT 30
    )
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY decided.at - sent.at)
    FROM decided CROSS JOIN LATERAL (
        SELECT at FROM careers_jobstatuschange AS change
        WHERE change.subject_id = decided.subject_id AND change.to_status = 'in_review' AND change.id < decided.id
        ORDER BY change.id DESC LIMIT 1
    ) AS sent
"""


def near_twins(job: Job) -> JobQuerySet:
    """The employer's other jobs with the same title in one of the same cities, unless they have ended."""
    cities = job.locations.values("city")
    twins = Job.objects.filter(employer=job.employer_id, title__iexact=job.title, locations__city__in=cities)
    return twins.exclude(pk=job.pk).exclude(status__in=ENDED).distinct()[:3]


def waiting_for_staff() -> JobQuerySet:
    """What waits to be read, new positions and changes of live ones, with `waiting_since`, the oldest first."""
    asked = JobChange.objects.waiting()
    jobs = Job.objects.filter(Q(status=JobStatus.IN_REVIEW) | Q(pk__in=asked.values("job")))
    since = Case(
        When(status=JobStatus.IN_REVIEW, then="submitted_at"),
        default=Subquery(asked.filter(job=OuterRef("pk")).values("asked_at")[:1]),
        output_field=DateTimeField(),
    )
    return jobs.annotate(waiting_since=since).order_by("waiting_since", "pk")


def queue_keys() -> list[int]:
    """The keys of what waits, in its order; one query."""
    return list(waiting_for_staff().values_list("pk", flat=True)[:MOST_QUEUED])


@dataclass(frozen=True)
class QueuePlace:
    """Where a job stands in the queue, counted from one, and how long reading has usually taken of late."""

    place: int
    total: int
    usual: timedelta | None


def place_in_queue(job: Job, change: JobChange | None = None) -> QueuePlace | None:
    """The place of a job that waits for staff, or of its open change; None for another.

    Two queries for one that waits, none else.
    """
    since = job.submitted_at if job.status == JobStatus.IN_REVIEW else change and change.asked_at
    if since is None:
        return None
    before = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=job.pk)
    counts = waiting_for_staff().order_by().aggregate(total=Count("pk"), before=Count("pk", filter=before))
    return QueuePlace(counts["before"] + 1, counts["total"], usual_wait())


def usual_wait() -> timedelta | None:
    """The median time from sending to the decision, of the last thirty decisions; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute(USUAL)
        found: timedelta | None = cursor.fetchone()[0]
    return found


@dataclass(frozen=True)
class EmployerGlance:
    """What staff know of an employer when they read its position."""

    employer: Employer
    approved: int
    returned: int
    live: int
    team: int

    @property
    def is_first(self) -> bool:
        """Whether nothing of it was approved yet."""
        return not self.approved


def glance_at(employer: Employer, at: datetime) -> EmployerGlance:
    """One query."""
    jobs = Job.objects.filter(employer=OuterRef("pk"))
    returns = JobStatusChange.objects.filter(subject__employer=OuterRef("pk"), to_status=JobStatus.RETURNED)
    counted = Employer.objects.annotate(
        approved=_count(jobs.filter(approved_at__isnull=False), "employer"),
        returned=_count(returns, "subject__employer"),
        live=_count(jobs.live(at), "employer"),
        team=_count(EmployerMember.objects.filter(employer=OuterRef("pk")), "employer"),
    ).values("approved", "returned", "live", "team")
    return EmployerGlance(employer, **counted.get(pk=employer.pk))


def _count(rows: QuerySet[Any], group: str) -> Coalesce:
    """How many rows belong to the outer one."""
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def words_about(job: Job) -> list[ReviewNote]:
    """What staff have said about it, newest first."""
    return list(ReviewNote.objects.filter(job=job).select_related("by"))


def review_mark(job: Job) -> str:
    """Another after every step of a job, every edit of its words and every edit of the change that waits; one query."""
    return _mark_of(_marked(Job.objects.filter(pk=job.pk)).only("pk", "updated_at").get())


def _marked(jobs: JobQuerySet) -> JobQuerySet:
    steps = JobStatusChange.objects.filter(subject=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    edits = JobChange.objects.filter(job=OuterRef("pk"), outcome=ChangeOutcome.OPEN).values("edited_at")[:1]
    return jobs.annotate(step=Subquery(steps), edited=Subquery(edits))


def _mark_of(job: Any) -> str:
    return f"{job.step} {job.updated_at.isoformat()} {job.edited.isoformat() if job.edited else ''}"


def trusted_and_waiting(most: int) -> list[tuple[Job, str]]:
    """New positions of trusted employers that wait to be read, the oldest first, each with its mark; four queries."""
    waiting = Job.objects.filter(status=JobStatus.IN_REVIEW, employer__trusted=True)
    beside = _marked(waiting).select_related("employer", "profession", "terms", "statement__by").defer("search")
    shown = beside.prefetch_related("locations__place", "specialties", "questions").order_by("submitted_at", "pk")
    return [(job, _mark_of(job)) for job in shown[:most]]
