"""What a team keeps in mind: up to two hundred profiles, each with a note that the team reads."""

from django.db import transaction

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..models import Employer, Profile, ProfileBookmark, ProfileOpening
from . import credit_ledger
from .profile_openings import NOT_THERE

LIMIT = 200


class BookmarksFull(NotAllowed):
    """The list takes no more before something is taken off it."""


@transaction.atomic
def keep_profile(employer: Employer, profile: Profile, *, note: str, by: User) -> ProfileBookmark:
    """Keep one that the employer has opened, or write another note on it.

    Locks the employer, so that of many presses at once none goes over the limit. Raises NotAllowed for a new one that
    is not to be found, BookmarksFull at the limit.
    """
    credit_ledger.lock_employer(employer.pk)
    kept = ProfileBookmark.objects.filter(employer=employer)
    if known := kept.filter(profile=profile).first():
        known.note = note.strip()
        known.save(update_fields=["note"])
        return known
    is_there = Profile.objects.visible_to(employer).filter(pk=profile.pk).exists()
    if not is_there or not ProfileOpening.objects.filter(profile=profile, employer=employer).exists():
        raise NotAllowed(NOT_THERE)
    if kept.count() >= LIMIT:
        raise BookmarksFull(f"Your team keeps {LIMIT} profiles, and that is all it can. Take one off the list first.")
    return ProfileBookmark.objects.create(employer=employer, profile=profile, note=note.strip(), kept_by=by)


def forget_profile(employer: Employer, profile: Profile) -> bool:
    """Take it off the team's list, with its note. Whether it was there."""
    return bool(ProfileBookmark.objects.filter(employer=employer, profile=profile).delete()[0])
