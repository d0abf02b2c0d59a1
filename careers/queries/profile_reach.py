"""How many profiles match the position that an employer is about to post: for where it sees a price."""

from collections.abc import Sequence
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
    employer: int
    count: int


def reach_of_newest(employers: Sequence[Employer], at: datetime) -> PositionReach | None:
    """Whom the newest draft or live position of these employers would meet: its profession, one of its specialties, a
    license or a wish for one of its states. None where there is none. Five queries at most, however many they are.
    """
    open_ones = Job.objects.filter(Q(status__in=BEFORE_LIVE) | live_at(at), employer__in=employers)
    newest = open_ones.select_related("profession").defer("search", "body").order_by("-updated_at", "-pk").first()
    if newest is None:
        return None
    employer = next(one for one in employers if one.pk == newest.employer_id)
    return PositionReach(newest.title, employer.pk, _matching(newest, employer, at))


def _matching(job: Job, employer: Employer, at: datetime) -> int:
    parts = conditions(ProfileCriteria(professions=(job.profession.slug,)), employer, at)
    specialties = [f"specialty:{slug}" for slug in job.specialties.values_list("slug", flat=True)]
    states = sorted(set(job.locations.values_list("state_code", flat=True)) - {""})
    groups = [specialties, [f"{key}:{code}" for code in states for key in ("licensed", "state")]]
    parts |= {str(number): Part("tags && %s::text[]", (tags,)) for number, tags in enumerate(groups) if tags}
    return len(fitting(parts))
