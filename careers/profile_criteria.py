"""What an employer looks for among the profiles: one value for the list and its address.

Every condition but place and dates is a group of tags of which a profile has at least one, as in the search of
positions (careers/criteria.py). The tags of a profile are written by the database (migrations,
`careers_profileentries_of`), which must use the same names. Typed words are looked for among the answers of the lists,
never in what people wrote themselves: queries/profile_words.py.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, Self

from .criteria import AddressedCriteria, NearPlace, Tags

YEARS = (1, 3, 5, 10, 20)  # of practice, at least
CHANGED_SINCE = (7, 30, 90, 180)  # days; finer ones would tell who has just changed something
FOR_AGENCIES = "agencies:yes"


@dataclass(frozen=True)
class NearTown(NearPlace):
    """Within so many miles of a town; whoever would work anywhere in its state is near it too."""

    state_code: str = ""


@dataclass(frozen=True)
class ProfileCriteria(AddressedCriteria):
    """What an employer looks for; empty means any. Of several values in one field any will do."""

    words: str = ""
    near: NearTown | None = None
    states: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    years: int = 0
    settings: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    visas: tuple[str, ...] = ()
    available_by: date | None = None
    since_days: int = 0

    FIELDS: ClassVar[Mapping[str, str]] = {
        "q": "words", "near": "near", "miles": "near", "state": "states", "profession": "professions",
        "specialty": "specialties", "certified": "certifications", "licensed": "licenses", "procedure": "procedures",
        "language": "languages", "stage": "stages", "years": "years", "setting": "settings", "remote": "remote",
        "visa": "visas", "by": "available_by", "since": "since_days",
    }  # fmt: skip
    SEVERAL: ClassVar[tuple[str, ...]] = (
        "state", "profession", "specialty", "certified", "licensed", "procedure", "language", "stage", "setting",
        "remote", "visa",
    )  # fmt: skip

    @property
    def groups(self) -> dict[str, Tags]:
        """The tags of which a profile has one, by the key of the address that asks for them."""
        found = {key: tuple(f"{key}:{value}" for value in self.values(key)) for key in self.SEVERAL if self.values(key)}
        if self.years:
            found["years"] = (f"years:{self.years}",)
        return found

    def to_data(self) -> dict[str, Any]:
        """What was chosen, as it can be kept; from_data() makes the same of it again."""
        kept = {name: value for name, value in asdict(self).items() if value}
        return kept | ({"available_by": self.available_by.isoformat()} if self.available_by else {})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """What to_data() has kept."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        if "near" in values:
            values["near"] = NearTown(**values["near"])
        if "available_by" in values:
            values["available_by"] = date.fromisoformat(values["available_by"])
        return cls(**values)
