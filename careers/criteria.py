"""What a reader looks for among the open positions: one value for the list, its address, its feed and its letters.

Every condition but words, place and date is a group of tags of which a position has at least one; a position fits when
it fits every group. The tags of a position are written by the database (migrations, `careers_entries_of`), which must
use the same names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from .choices import OfferedBy, Remote

MILES = (10, 25, 50, 100, 250)
USUAL_MILES = 50
SINCE = (1, 3, 7, 14, 30)  # days
# Pay is compared by the year, in steps; what lies above the highest of them is found by it.
PAY_STEP, MOST_PAY = 25_000, 1_000_000
UNSTATED_PAY = "pay:unstated"
ANYWHERE = (Remote.HYBRID, Remote.FULL)

Tags = tuple[str, ...]

# The keys of the address, in its order, and the fields that they ask about.
JOB_FIELDS = {
    "q": "words", "near": "near", "miles": "near", "state": "states", "profession": "professions",
    "specialty": "specialties", "setting": "settings", "type": "types", "terms": "terms", "call": "call",
    "hours": "hours", "paid": "pay_models", "opioids": "opioid_shares", "procedure": "procedures", "by": "offered_by",
    "remote": "remote", "pay": "pay", "since": "since_days", "employer": "employer",
}  # fmt: skip
# Of the values of these any will do.
ANY_OF = (
    "state",
    "profession",
    "specialty",
    "setting",
    "type",
    "call",
    "hours",
    "paid",
    "opioids",
    "procedure",
    "by",
    "employer",
)
JOB_SEVERAL = (*ANY_OF[:-1], "terms")


@dataclass(frozen=True)
class NearPlace:
    """Within so many miles of a place. Its label, read again, means this place alone."""

    label: str
    latitude: float
    longitude: float
    miles: int = USUAL_MILES


class AddressedCriteria:
    """What is looked for as the keys and values of an address; the fields are those of a frozen dataclass."""

    FIELDS: ClassVar[Mapping[str, str]]  # the keys, in their order, and the fields that they ask about
    SEVERAL: ClassVar[tuple[str, ...]]  # the keys of which there may be several values

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The keys and values of its address, in one order for all, without those that ask for nothing."""
        return {key: values for key in self.FIELDS if (values := self.values(key))}

    def values(self, key: str) -> tuple[str, ...]:
        """What the address holds under one of its keys."""
        value = getattr(self, self.FIELDS[key])
        if isinstance(value, NearPlace):
            return (value.label if key == "near" else str(value.miles),)
        if isinstance(value, tuple):
            return value
        return () if not value else ("on" if value is True else str(value),)

    def to_query(self) -> str:
        """Its address, after the question mark; its form reads it again."""
        return urlencode(self.chosen, doseq=True)

    def without(self, key: str, value: str = "") -> Self:
        """The same without what one key of the address asks for, or without one of several values."""
        field = self.FIELDS[key]
        left: Any = getattr(type(self)(), field)
        if value and key in self.SEVERAL:
            left = tuple(one for one in self.values(key) if one != value)
        changed: dict[str, Any] = {field: left}
        return replace(self, **changed)  # type: ignore[type-var]  # whoever inherits is a dataclass


@dataclass(frozen=True)
class JobCriteria(AddressedCriteria):
    """What a reader looks for; empty means any. Of several values in one field any will do, but all of `terms`."""

    words: str = ""
    near: NearPlace | None = None
    states: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    remote: bool = False
    pay: int = 0  # dollars a year, at least; who states no pay stays
    since_days: int = 0
    terms: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    pay_models: tuple[str, ...] = ()
    opioid_shares: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    offered_by: tuple[str, ...] = ()
    employer: str = ""

    FIELDS: ClassVar[Mapping[str, str]] = JOB_FIELDS
    SEVERAL: ClassVar[tuple[str, ...]] = JOB_SEVERAL

    @property
    def groups(self) -> dict[str, Tags]:
        """The tags of which a position has one, by the key of the address that asks for them."""
        found = {key: tuple(f"{key}:{value}" for value in self.values(key)) for key in ANY_OF if self.values(key)}
        if len(set(self.offered_by)) == len(OfferedBy):
            del found["by"]  # both are everybody, those too who withhold who they are
        found |= {f"terms:{term}": (f"terms:{term}",) for term in self.terms}
        if self.remote:
            found["remote"] = tuple(f"remote:{value}" for value in ANYWHERE)
        if self.pay:
            found["pay"] = pay_tags(self.pay)
        return found

    @property
    def is_simple(self) -> bool:
        """Whether it is the open question or a single choice from a list: what many ask, and few addresses hold."""
        return not (self.words or self.near or self.employer) and sum(map(len, self.chosen.values())) <= 1


def pay_tags(least: int) -> Tags:
    """The tags of pay that reaches so much a year, and of pay that nobody states."""
    first = min(least, MOST_PAY) // PAY_STEP * PAY_STEP
    return (*(f"pay:{step}" for step in range(first, MOST_PAY + 1, PAY_STEP)), UNSTATED_PAY)
