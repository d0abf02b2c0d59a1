"""Whether an organization may search profiles, and what it lacks."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ..models import Employer, Job, ProfileAccess


@dataclass(frozen=True)
class SearchStanding:
    """What an organization has of what the search of profiles asks for."""

    is_verified: bool
    has_position: bool
    is_let: bool
    is_closed: bool

    @property
    def is_open(self) -> bool:
        """People are promised that verified organizations find them; more than a name stands behind the search."""
        return self.is_verified and not self.is_closed and (self.has_position or self.is_let)


def search_standing(employer: Employer, at: datetime) -> SearchStanding:
    """Two queries."""
    return SearchStanding(
        is_verified=employer.verified,
        has_position=Job.objects.live(at).filter(employer=employer).exists(),
        is_let=ProfileAccess.objects.filter(employer=employer).running(timezone.localdate(at)).exists(),
        is_closed=employer.closed_at is not None,
    )
