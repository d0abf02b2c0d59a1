"""Who has seen a person: openings of the profile, dated, the last first."""

from django.db.models import QuerySet

from aapm_site.accounts.models import User

from ..models import ProfileOpening

PAGE = 50


def openings_of(user: User) -> QuerySet[ProfileOpening]:
    return ProfileOpening.objects.of_person(user).select_related("employer")
