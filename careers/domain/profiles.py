"""What changes a profile: the person's form, its CV and its switches, and that it goes again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import Place, Specialty, User
from aapm_site.core.files import private
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.transitions import NotAllowed

from ..models import Profile, ProfilePlace
from ..models.profile import MOST_PLACES
from .cv import CheckedCv, stored

IS_HIDDEN = "Staff keep this profile from employers already."
IS_NOT_HIDDEN = "Staff do not keep this profile from employers."
SWITCHES = ("searchable", "agencies", "name_shown", "active")


@dataclass(frozen=True)
class WantedPlace:
    """A town, or a whole state by its postal code."""

    place: Place | None = None
    state_code: str = ""


@transaction.atomic
def save_profile(
    user: User, fields: Mapping[str, Any], specialties: Iterable[Specialty], places: Iterable[WantedPlace]
) -> Profile:
    """Keep what the person says, in a new profile or in theirs. It counts as a word that the profile is still wanted.

    Locks the person's row, so that two presses make one profile. Raises NotAllowed for more places than there may be.
    """
    wanted = list(places)
    if len(wanted) > MOST_PLACES:
        raise NotAllowed(f"A profile names at most {MOST_PLACES} places.")
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    profile = Profile.objects.for_user(user).select_for_update().first() or Profile(user=user)
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.updated_at = profile.confirmed_at = timezone.now()
    profile.save()
    profile.specialties.set(specialties)
    profile.places.all().delete()
    ProfilePlace.objects.bulk_create(
        ProfilePlace(profile=profile, place=one.place, state_code=one.state_code, order=order)
        for order, one in enumerate(wanted, start=1)
    )
    return profile


def _locked(profile: Profile) -> Profile:
    return Profile.objects.select_for_update().get(pk=profile.pk)


def set_switches(profile: Profile, *, searchable: bool, name_shown: bool, active: bool, agencies: bool = False) -> None:
    """What the person lets employers see. Whoever decides anew wants the profile, so it rests by itself no longer."""
    now = timezone.now()
    switches = {"searchable": searchable, "name_shown": name_shown, "active": active, "agencies": agencies}
    Profile.objects.filter(pk=profile.pk).update(**switches, updated_at=now, confirmed_at=now, paused_at=None)


def keep_cv(profile: Profile, cv: CheckedCv) -> None:
    """Put the file in place of the one before it, which goes once the new one is kept."""
    with stored(cv) as name:
        locked = _locked(profile)
        _forget_file(locked)
        locked.cv, locked.cv_name, locked.cv_size = name, cv.name, len(cv.content)
        locked.cv_uploaded_at = locked.updated_at = timezone.now()
        locked.save(update_fields=["cv", "cv_name", "cv_size", "cv_uploaded_at", "updated_at"])


@transaction.atomic
def remove_cv(profile: Profile) -> None:
    """Forget the CV and its file; without one nothing happens."""
    locked = _locked(profile)
    _forget_file(locked)
    locked.cv, locked.cv_name, locked.cv_size, locked.cv_uploaded_at = "", "", None, None
    locked.updated_at = timezone.now()
    locked.save(update_fields=["cv", "cv_name", "cv_size", "cv_uploaded_at", "updated_at"])


def _forget_file(profile: Profile) -> None:
    if profile.cv:
        remove_after_commit(private.NAME, [str(profile.cv.name)])


@transaction.atomic
def hide_profile(profile: Profile, *, by: User, reason: str) -> Profile:
    """Keep it from employers; the person reads the reason. NotAllowed without one, and for one that is hidden."""
    locked = _locked(profile)
    if locked.hidden_at:
        raise NotAllowed(IS_HIDDEN)
    if not reason.strip():
        raise NotAllowed("Please give a reason; the person will read it.")
    locked.hidden_at, locked.hidden_by, locked.hidden_reason = timezone.now(), by, reason.strip()
    locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    return locked


@transaction.atomic
def show_profile_again(profile: Profile) -> Profile:
    """Let it be as its person has set it. NotAllowed for one that staff do not hide."""
    locked = _locked(profile)
    if not locked.hidden_at:
        raise NotAllowed(IS_NOT_HIDDEN)
    locked.hidden_at, locked.hidden_by, locked.hidden_reason = None, None, ""
    locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    return locked


@transaction.atomic
def delete_profile(profile: Profile) -> None:
    """Forget all of it and the CV's file. What staff did with it stays noted, without its name and their words."""
    for locked in Profile.objects.select_for_update().filter(pk=profile.pk):
        _forget_file(locked)
        log = LogEntry.objects.filter(
            content_type__app_label="careers", content_type__model="profile", object_id=str(locked.pk)
        )
        log.update(object_repr="(erased)", change_message="")
        locked.delete()
