"""Notes for the person that an employer has opened the profile."""

from datetime import datetime

from django.utils import timezone

from aapm_site.accounts.models import User

from ..choices import OpenedFrom
from ..models import Employer, Profile, ProfileOpening


def record_opening(
    profile: Profile,
    employer: Employer,
    user: User,
    at: datetime,
    *,
    source: str = OpenedFrom.SEARCH,
    named: bool = True,
) -> None:
    """Somebody of the employer opens the profile; call it before anything of it is shown.

    Once an employer and day of the association's zone: what is there already stays. `named` is False while the
    employer has not named itself to this person. Safe to repeat and to race.
    """
    opening = ProfileOpening(
        profile=profile,
        employer=employer,
        who=user,
        source=source,
        named=named,
        opened_at=at,
        opened_on=timezone.localdate(at),
    )
    ProfileOpening.objects.bulk_create([opening], ignore_conflicts=True)
