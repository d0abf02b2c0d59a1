"""Requests for contact and kept profiles, as both sides list them."""

from typing import Any

from django.db.models import QuerySet

from aapm_site.accounts.people import Visitor
from aapm_site.core.statements import PERSON, Prepared

from ..contact_states import ContactStatus
from ..models import BlockedEmployer, Employer, Profile, ProfileBookmark, ProfileContact


def waiting_contacts(person: Any) -> QuerySet[ProfileContact]:
    """What waits for the person's answer."""
    return ProfileContact.objects.of_person(person).filter(status=ContactStatus.ASKED)


_WAITING_FOR = Prepared[ProfileContact](
    lambda: waiting_contacts(PERSON).select_related("employer", "job").defer("job__search", "job__body")
)


def contacts_of_person(user: Visitor) -> QuerySet[ProfileContact]:
    """Who has asked the person, the last one first."""
    return ProfileContact.objects.of_person(user).select_related("employer", "job").defer("job__search", "job__body")


def waiting_for(user: Visitor) -> list[ProfileContact]:
    """What waits for the person's answer; one query."""
    return _WAITING_FOR.rows(person=user.pk)


def contacts_of_team(employer: Employer) -> QuerySet[ProfileContact]:
    """Whom the employer has asked, the last one first."""
    asked = ProfileContact.objects.filter(employer=employer).select_related("job", "profile__user", "asked_by")
    return asked.defer("job__search", "job__body")


def bookmarks_of(employer: Employer) -> QuerySet[ProfileBookmark]:
    return ProfileBookmark.objects.filter(employer=employer).select_related("kept_by")


def shown_after_yes(numbers: list[int], employer: Employer) -> set[int]:
    """Those of these profiles whose yes can still be read: they are not resting, and do not hide; one query."""
    hides = BlockedEmployer.objects.against(employer).values("user")
    awake = Profile.objects.filter(active=True, paused_at=None, hidden_at=None, user__is_active=True)
    return set(awake.filter(pk__in=numbers).exclude(user__in=hides).values_list("pk", flat=True))
