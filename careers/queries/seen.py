"""Who has seen a person: openings of the profile, and of applications and CVs; dated, the last first."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from aapm_site.accounts.models import User

from ..models import ApplicationOpening, JobApplication, ProfileOpening

PAGE = 50
PROFILE, APPLICATION = "profile", "application"
Seen = ProfileOpening | ApplicationOpening
SeenKey = tuple[datetime, str, int]


def profile_openings(user: User) -> QuerySet[ProfileOpening]:
    """Who has opened the profile. `is_named` is False while the employer has not named itself to the person."""
    has_said = JobApplication.objects.filter(
        user=OuterRef("profile__user"), job__employer=OuterRef("employer"), named_at__isnull=False
    )
    rows = ProfileOpening.objects.of_person(user).select_related("employer")
    return rows.annotate(is_named=Q(named=True) | Exists(has_said))


def application_openings(user: User) -> QuerySet[ApplicationOpening]:
    """Who has opened what the person sent, a withdrawn application too."""
    own = JobApplication.objects.for_user(user)
    return ApplicationOpening.objects.filter(application__in=own).select_related("application__job__employer")


def seen_keys(user: User) -> QuerySet[Any, SeenKey]:
    """When, what and which row, of all of it: what a page of the list is cut from."""
    names = ("seen_at", "kind", "number")
    of_profile = (
        ProfileOpening.objects.of_person(user)
        .order_by()
        .annotate(seen_at=F("opened_at"), kind=Value(PROFILE), number=F("pk"))
    )
    own = JobApplication.objects.for_user(user)
    of_applications = (
        ApplicationOpening.objects.filter(application__in=own)
        .order_by()
        .annotate(seen_at=F("at"), kind=Value(APPLICATION), number=F("pk"))
    )
    return (
        of_profile.values_list(*names)
        .union(of_applications.values_list(*names), all=True)
        .order_by("-seen_at", "-kind", "-number")
    )


def rows_of(user: User, keys: Iterable[SeenKey]) -> list[Seen]:
    """The rows of these keys, in their order; a query for each of the two kinds that is among them."""
    wanted: dict[str, list[int]] = defaultdict(list)
    listed = list(keys)
    for _, kind, pk in listed:
        wanted[kind].append(pk)
    found: dict[tuple[str, int], Seen] = {}
    if wanted[PROFILE]:
        found |= {(PROFILE, one.pk): one for one in profile_openings(user).filter(pk__in=wanted[PROFILE])}
    if wanted[APPLICATION]:
        found |= {(APPLICATION, one.pk): one for one in application_openings(user).filter(pk__in=wanted[APPLICATION])}
    return [found[kind, pk] for _, kind, pk in listed if (kind, pk) in found]
