"""Who has seen a person, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..choices import OpenedFrom
from ..models import ProfileOpening

UNNAMED = "An employer that has not named itself"


@dataclass(frozen=True)
class Sight:
    """One employer at one moment: what it did, as the end of a sentence."""

    at: datetime
    employer: str
    did: str


def sights(openings: Iterable[ProfileOpening]) -> list[Sight]:
    return [Sight(one.opened_at, employer_words(one), _did(one)) for one in openings]


def employer_words(opening: ProfileOpening) -> str:
    """Its name, once the person may know it."""
    return opening.employer.name if opening.named else UNNAMED


def _did(opening: ProfileOpening) -> str:
    where = ", from your application" if opening.source == OpenedFrom.APPLICATION else ""
    return f"opened your profile{where}"
