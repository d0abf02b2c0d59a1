"""What the filters of the job list offer, as staff keep the lists."""

from typing import Any

from aapm_site.accounts.models import Profession, Specialty
from aapm_site.accounts.us_states import STATES
from aapm_site.core.cache.remembered import remembered

from ..choices import (
    BoardCertification,
    EmploymentType,
    MostCall,
    OfferedBy,
    OpioidShare,
    PayModel,
    Procedure,
    RemoteWish,
    SeekerStage,
    Setting,
    SpokenLanguage,
    VisaNeed,
    WantedTerm,
    WeeklyHours,
)

Choices = tuple[tuple[str, str], ...]


@remembered
def professions() -> Choices:
    """Slug and name of every profession; one query."""
    return tuple(Profession.objects.values_list("slug", "name"))


@remembered
def specialties() -> Choices:
    """Slug and name of every specialty; one query."""
    return tuple(Specialty.objects.values_list("slug", "name"))


FIXED: dict[str, Any] = {
    "setting": Setting, "type": EmploymentType, "terms": WantedTerm, "call": MostCall, "hours": WeeklyHours,
    "paid": PayModel, "procedure": Procedure, "opioids": OpioidShare, "by": OfferedBy,
}  # fmt: skip


def choices_of(key: str) -> Choices:
    """The values and words from which a reader chooses under one key of the address."""
    if key == "profession":
        return professions()
    if key == "specialty":
        return specialties()
    if key == "state":
        return STATES
    return tuple((value, words) for value, words in FIXED[key].choices if value)


OF_PROFILES: dict[str, Any] = {
    "certified": BoardCertification, "language": SpokenLanguage, "stage": SeekerStage, "remote": RemoteWish,
    "visa": VisaNeed,
}  # fmt: skip


def profile_choices(key: str) -> Choices:
    """The same for the search of profiles."""
    if key == "licensed":
        return STATES
    if key in OF_PROFILES:
        return tuple((value, words) for value, words in OF_PROFILES[key].choices if value)
    return choices_of(key)
