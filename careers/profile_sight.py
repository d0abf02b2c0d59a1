"""Who sees what of a profile: the person, an employer before the person's yes, and an employer after it.

Pure: it knows the names of the parts and three kinds of reader. tests/careers/test_profile_sight.py spells it out.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Profile


class ProfileReader(Enum):
    PERSON = "the person"
    BEFORE = "an employer before the person's yes"
    AFTER = "an employer after the person's yes"


# Answers out of lists, and numbers: they say what somebody can and wants, and not who it is.
OPEN = frozenset(
    {"profession", "specialties", "stage", "years", "certifications", "licenses", "languages", "procedures"}
    | {"available_on", "places", "settings_wanted", "remote", "visa"}
)
# What names the person, or may: free texts do.
NAMED = frozenset({"name", "email", "training", "experience", "about", "cv"})
# For nobody else, ever.
OWN = frozenset({"pay_wish"})
EVERYTHING = OPEN | NAMED | OWN


@dataclass(frozen=True)
class Openness:
    """What the person has decided, and whether this employer is one whom they have blocked.

    `active` is False also while the profile rests by itself and while staff keep it from employers.
    """

    searchable: bool
    name_shown: bool
    active: bool
    blocked: bool = False

    @classmethod
    def of(cls, profile: "Profile", *, blocked: bool = False) -> "Openness":
        active = profile.active and profile.user.is_active and not profile.paused_at and not profile.hidden_at
        return cls(profile.searchable, profile.name_shown, active, blocked)


def seen_parts(reader: ProfileReader, openness: Openness) -> frozenset[str]:
    """The parts that this reader sees; none when the profile is not there for them.

    A yes was said to one employer: it outlasts the search, and neither a pause nor the block list.
    """
    if reader is ProfileReader.PERSON:
        return EVERYTHING
    if openness.blocked or not openness.active:
        return frozenset()
    if reader is ProfileReader.AFTER:
        return OPEN | NAMED
    if not openness.searchable:
        return frozenset()
    return OPEN | {"name"} if openness.name_shown else OPEN


def may_see(part: str, reader: ProfileReader, openness: Openness) -> bool:
    """Whether this reader sees the part. KeyError for one that does not exist: what is new is decided here first."""
    if part not in EVERYTHING:
        raise KeyError(part)
    return part in seen_parts(reader, openness)
