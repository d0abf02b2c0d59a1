"""A profile as data, for the person's own export."""

from typing import Any

from ..choices import BoardCertification, Procedure, Setting, SpokenLanguage
from ..models import Profile


def as_data(profile: Profile) -> dict[str, Any]:
    """All that is kept of the profile, in words; of the CV what its file is called, for it is a file of its own."""
    return {
        "profession": str(profile.profession),
        "specialties": [str(specialty) for specialty in profile.specialties.all()],
        "where_you_stand": profile.get_stage_display(),
        "years_of_practice": profile.years,
        "board_certifications": [BoardCertification(one).label for one in profile.certifications],
        "licensed_in": profile.licenses,
        "languages": [SpokenLanguage(one).label for one in profile.languages],
        "procedures": [Procedure(one).label for one in profile.procedures],
        "training": profile.training,
        "experience": profile.experience,
        "about_you": profile.about,
        "available_from": profile.available_on,
        "places_wanted": [place.in_words for place in profile.places.select_related("place")],
        "settings_wanted": [Setting(one).label for one in profile.settings_wanted],
        "remote_work": profile.get_remote_display(),
        "visa": profile.get_visa_display(),
        "pay_hoped_for_in_dollars_a_year": profile.pay_wish,
        "cv": _cv(profile),
        "employers_may_find_it": profile.searchable,
        "agencies_may_find_it": profile.agencies,
        "name_shown_at_once": profile.name_shown,
        "looking": profile.active,
        "made_at": profile.created_at,
        "changed_at": profile.updated_at,
        "confirmed_at": profile.confirmed_at,
        "paused_at": profile.paused_at,
        "hidden_by_staff_at": profile.hidden_at,
        "why_staff_hid_it": profile.hidden_reason,
    }


def _cv(profile: Profile) -> dict[str, Any] | None:
    if not profile.cv:
        return None
    return {"name": profile.cv_name, "bytes": profile.cv_size, "uploaded_at": profile.cv_uploaded_at}
