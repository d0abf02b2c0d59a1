"""How many profiles match the position that an employer is about to post: for where it sees a price."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ..models import Employer, Job
from ..models.job import live_at
from ..profile_criteria import ProfileCriteria
from ..states import JobStatus
from .finding import Part
from .profile_finding import conditions, fitting

BEFORE_LIVE = (JobStatus.DRAFT, JobStatus.AWAITING_PAYMENT, JobStatus.IN_REVIEW, JobStatus.RETURNED)


@dataclass(frozen=True)
class PositionReach:
    """A position, and how many match it, counted up to one more than a hundred. It is said in bands alone."""

    title: str
    count: int


def reach_of_position(employer: Employer, at: datetime) -> PositionReach | None:
    """Whom the newest draft or live position would meet: its profession, one of its specialties, a license or a wish
    for one of its states. None for an employer that has none. Five queries at most.
    """
    open_ones = Job.objects.filter(Q(status__in=BEFORE_LIVE) | live_at(at), employer=employer)
    newest = open_ones.select_related("profession").defer("search", "body").order_by("-updated_at", "-pk").first()
    return None if newest is None else PositionReach(newest.title, _matching(newest, employer, at))


def _matching(job: Job, employer: Employer, at: datetime) -> int:
    parts = conditions(ProfileCriteria(professions=(job.profession.slug,)), employer, at)
    specialties = [f"specialty:{slug}" for slug in job.specialties.values_list("slug", flat=True)]
    states = sorted(set(job.locations.values_list("state_code", flat=True)) - {""})
    groups = [specialties, [f"{key}:{code}" for code in states for key in ("licensed", "state")]]
    parts |= {str(number): Part("tags && %s::text[]", (tags,)) for number, tags in enumerate(groups) if tags}
    return len(fitting(parts))
