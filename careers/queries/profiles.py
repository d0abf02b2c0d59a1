"""Profiles of seekers as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from aapm_site.accounts.people import Visitor

from ..models import Employer, JobEntry, Profile, ProfilePlace


@dataclass(frozen=True)
class Paying:
    """Of the open positions for the profession that state their pay, how many reach what the person hopes for."""

    reach: int
    stating: int


def own_profile(user: Visitor) -> Profile | None:
    """The person's profile with all that its pages say; three queries."""
    places = Prefetch("places", ProfilePlace.objects.select_related("place"))
    own = Profile.objects.for_user(user).select_related("user", "profession")
    return own.prefetch_related("specialties", places).first()


def positions_that_pay(profile: Profile, at: datetime) -> Paying | None:
    """One query; None for who has not said what they hope for, and while nobody states any pay."""
    if not profile.pay_wish:
        return None
    stating = JobEntry.objects.live(at).filter(job__profession=profile.profession_id, pay_year__gt=0)
    counted = stating.aggregate(all=Count("pk"), reach=Count("pk", filter=Q(pay_year__gte=profile.pay_wish)))
    return Paying(counted["reach"], counted["all"]) if counted["all"] else None


def _shown(employer: Employer) -> QuerySet[Profile]:
    return Profile.objects.visible_to(employer).select_related("profession").prefetch_related("specialties")


def listed_profiles(numbers: Sequence[int], employer: Employer) -> list[Profile]:
    """Those of these numbers that the employer may find, in their order; two queries."""
    rows = {one.pk: one for one in _shown(employer).filter(pk__in=numbers)} if numbers else {}
    return [rows[number] for number in numbers if number in rows]


def whole_profile(number: int) -> Profile | None:
    """One with all that may be shown of it after its person's yes; three queries."""
    places = Prefetch("places", ProfilePlace.objects.select_related("place"))
    rows = Profile.objects.select_related("profession", "user").prefetch_related("specialties", places)
    return rows.filter(pk=number).first()


def shown_profile(number: int, employer: Employer) -> Profile | None:
    """One with all that its page says, if the employer may find it; three queries."""
    places = Prefetch("places", ProfilePlace.objects.select_related("place"))
    return _shown(employer).select_related("user").prefetch_related(places).filter(pk=number).first()
