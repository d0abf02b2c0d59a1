"""Notes for the person that an employer has opened the profile."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..choices import OpenedFrom
from ..models import Employer, Profile, ProfileOpening
from . import credit_ledger

A_DAY = 50  # different profiles that one employer opens
NOT_THERE = "This profile is not there any more."


class ProfilesUsedUp(NotAllowed):
    """The employer has opened as many as one may in a day."""


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

    Once an employer, source and day of the association's zone: what is there already stays. `named` is False while the
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


@transaction.atomic
def open_profile(profile: Profile, employer: Employer, user: User, at: datetime) -> None:
    """Somebody of the employer presses on a profile that it found. The same one again on the same day is free.

    Locks the employer's row, so that of many presses at once none goes over the limit. Raises ProfilesUsedUp when A_DAY
    different ones were opened on this day of the association's zone, NotAllowed when it is not to be found any more.
    """
    credit_ledger.lock_employer(employer.pk)
    if not Profile.objects.visible_to(employer).filter(pk=profile.pk).exists():
        raise NotAllowed(NOT_THERE)
    opened = opened_on(employer, at)
    if opened.filter(profile=profile).exists():
        return
    if opened.count() >= A_DAY:
        raise ProfilesUsedUp(f"Your team has opened {A_DAY} profiles today, and that is all. Go on tomorrow.")
    record_opening(profile, employer, user, at)


def opened_on(employer: Employer, at: datetime, source: str = OpenedFrom.SEARCH) -> QuerySet[ProfileOpening]:
    """What the employer opened from there on this day of the association's zone, once each."""
    return ProfileOpening.objects.filter(employer=employer, opened_on=timezone.localdate(at), source=source, named=True)
