"""A plain matcher of profiles by their own rows, one condition after the other, that the search is compared with."""

from datetime import datetime, timedelta

from aapm_site.accounts.distance import miles
from careers.choices import BoardCertification, EmployerKind, Procedure, SeekerStage, Setting, SpokenLanguage
from careers.models import Employer, Profile
from careers.profile_criteria import NearTown, ProfileCriteria
from careers.queries.blocked import is_blocked_for

SMALL_WORDS = {"and", "of", "the", "in"}


def findable(employer: Employer) -> list[Profile]:
    """Whom this employer may find, one by one, with what is loaded once."""
    rows = Profile.objects.select_related("user", "profession").prefetch_related("specialties", "places__place")
    return [
        one
        for one in rows
        if one.is_offered
        and not is_blocked_for(one.user, employer)
        and (one.agencies or employer.kind != EmployerKind.AGENCY)
    ]


def fits(profile: Profile, criteria: ProfileCriteria, at: datetime) -> bool:
    """Whether one that may be found fits these criteria."""
    places = list(profile.places.all())
    states = {one.state_code or one.place.state_code for one in places}
    own = {
        "professions": {profile.profession.slug},
        "specialties": {one.slug for one in profile.specialties.all()},
        "certifications": set(profile.certifications),
        "licenses": set(profile.licenses),
        "procedures": set(profile.procedures),
        "languages": set(profile.languages),
        "stages": {profile.stage},
        "settings": set(profile.settings_wanted),
        "remote": {profile.remote},
        "visas": {profile.visa},
        "states": states,
    }
    if any(wanted and not own[name] & set(wanted) for name in own if (wanted := getattr(criteria, name)) is not None):
        return False
    if criteria.years and (profile.years is None or profile.years < criteria.years):
        return False
    if criteria.available_by and (profile.available_on is None or profile.available_on > criteria.available_by):
        return False
    if criteria.since_days and profile.updated_at < at - timedelta(days=criteria.since_days):
        return False
    return _says(profile, criteria.words) and (criteria.near is None or _is_near(places, criteria.near))


def _is_near(places, near: NearTown) -> bool:
    return any(
        one.state_code == near.state_code
        if one.state_code
        else miles(near.latitude, near.longitude, one.place.latitude, one.place.longitude) <= near.miles
        for one in places
    )


def _says(profile: Profile, words: str) -> bool:
    labels = [profile.profession.name, *(one.name for one in profile.specialties.all())]
    labels += [BoardCertification(one).label for one in profile.certifications]
    labels += [Procedure(one).label for one in profile.procedures]
    labels += [SpokenLanguage(one).label for one in profile.languages]
    labels += [Setting(one).label for one in profile.settings_wanted]
    labels += [SeekerStage(profile.stage).label] if profile.stage else []
    said = " ".join(labels).lower().replace("(", " ").replace("-", " ").replace("/", " ").split()
    return all(any(one.startswith(word) for one in said) for word in words.lower().split() if word not in SMALL_WORDS)
