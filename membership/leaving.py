"""Pure rules of leaving and pausing: which day is the last one, what becomes of each term, and who may pause.

They know days and nothing of the database; `domain/resignations.py` and `domain/pauses.py` write what they say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Any

from django.db import models

from .rules import ONE_DAY, TermLike, standing_on
from .states import MembershipStatus


class When(models.TextChoices):
    """From when a resignation counts."""

    END = "end", "At the end of what is paid"
    NOW = "now", "Today"


class PauseReason(models.TextChoices):
    PARENTAL = "parental", "Parental leave"
    ILLNESS = "illness", "Illness, my own or in my family"
    SERVICE = "service", "Military or humanitarian service"
    OTHER = "other", "Something else"


SHORTEST_PAUSE, LONGEST_PAUSE = 30, 366  # days
PAUSE_AHEAD = timedelta(days=90)
BETWEEN_PAUSES = timedelta(days=730)  # from the end of one to the beginning of the next, by rule
FROM_OTHERS = ("honorary", "bundle")  # sources of terms that nobody pays for by themselves


# Resigning ------------------------------------------------------------------------------------------------------------
def last_day(terms: Iterable[TermLike], on: date, when: str) -> date | None:
    """The last day of membership if somebody resigns on a day: that day, or the last one that is paid, those after a
    pause among them. None where there is nothing to resign from.

    In grace nothing is paid any more, so that both choices mean the day itself.
    """
    counted = [term for term in terms if not term.is_void]
    if standing_on(counted, on).status in {MembershipStatus.LAPSED, MembershipStatus.NONE}:
        return None
    paid_to = max(term.ends_on for term in counted)
    return on if when == When.NOW else max(on, paid_to)


class Fate(Enum):
    """What becomes of a term."""

    VOID = auto()
    CUT = auto()
    GRACE = auto()


@dataclass(frozen=True)
class Left:
    """One term that a resignation changes; `grace_days` are those that it has left."""

    term: Any
    fate: Fate
    grace_days: int = 0


def left_by(terms: Sequence[Any], last: date) -> list[Left]:
    """What a resignation changes: what lies after the last day is void, what holds it ends on it, and of what has
    ended before it the grace ends with that day.
    """
    found: list[Left] = []
    begun = []
    for term in terms:
        if term.is_void:
            continue
        if term.starts_on > last:
            found.append(Left(term, Fate.VOID))
            continue
        begun.append(term)
    final = max(begun, key=lambda term: term.starts_on, default=None)
    if final is not None:
        fate = Fate.CUT if final.ends_on > last else Fate.GRACE
        found.append(Left(final, fate, max(0, (last - final.ends_on).days)))
    return found


# Pausing --------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PauseAsked:
    """A pause as it is asked for, and what is known of the member: the term that holds its first day, with its source
    and whether its category has a fixed year; when the last pause ended; whether something else is open.
    """

    reason: str
    starts_on: date
    back_on: date
    term: TermLike | None
    source: str = ""
    has_fixed_year: bool = False
    last_pause_ended: date | None = None
    is_paused: bool = False
    has_resigned: bool = False

    @property
    def days(self) -> int:
        return (self.back_on - self.starts_on).days


class PauseAnswer(Enum):
    BY_RULE = auto()
    BY_STAFF = auto()
    NO = auto()


@dataclass(frozen=True)
class Answered:
    answer: PauseAnswer
    why: str = ""


def answer_to(asked: PauseAsked, today: date) -> Answered:
    """What becomes of a pause that is asked for. What is refused says what to do instead."""
    if no := _refused(asked, today):
        return Answered(PauseAnswer.NO, no)
    if why := _for_staff(asked):
        return Answered(PauseAnswer.BY_STAFF, why)
    return Answered(PauseAnswer.BY_RULE)


def _refused(asked: PauseAsked, today: date) -> str:
    if asked.has_resigned:
        return "You have resigned. Take that back first if you would like to pause instead."
    if asked.is_paused:
        return "There is a pause already, or one is being decided. It ends first."
    if asked.starts_on < today:
        return "A pause begins today at the earliest."
    if asked.starts_on > today + PAUSE_AHEAD:
        return f"A pause begins within {PAUSE_AHEAD.days} days. Please come back nearer to it."
    if not SHORTEST_PAUSE <= asked.days <= LONGEST_PAUSE:
        return f"A pause lasts {SHORTEST_PAUSE} days at least and a year at most."
    if asked.term is None:
        return (
            "A pause begins while your term runs: only days that are paid can be kept. Renew first, or choose a day "
            "within your term."
        )
    return ""


def _for_staff(asked: PauseAsked) -> str:
    if asked.reason == PauseReason.OTHER:
        return "Tell us a little more, and a person on our staff decides."
    if asked.source in FROM_OTHERS:
        return "Your membership is paid by somebody else, or by nobody, so a person on our staff looks at it."
    if asked.has_fixed_year:
        return "Your category has a fixed year, so a person on our staff looks at what becomes of its days."
    if asked.last_pause_ended and asked.starts_on < asked.last_pause_ended + BETWEEN_PAUSES:
        return "Your last pause was less than two years ago, so a person on our staff decides."
    return ""


@dataclass(frozen=True)
class Moved:
    """One term that a pause moves: its new days. `rest` is the part that follows the pause, of a term that is cut."""

    term: Any
    starts_on: date
    ends_on: date
    rest: tuple[date, date] | None = None


def paused(terms: Iterable[Any], starts_on: date, back_on: date) -> list[Moved]:
    """What a pause does to the terms: not a day is lost. What holds its first day is cut there and goes on afterwards,
    and all that follows moves by its length. The latest come first, so that no two overlap on the way.
    """
    moved: list[Moved] = []
    length = back_on - starts_on
    for term in sorted(terms, key=lambda term: term.starts_on, reverse=True):
        if term.is_void or term.ends_on < starts_on:
            continue
        if term.starts_on >= starts_on:
            moved.append(Moved(term, term.starts_on + length, term.ends_on + length))
        else:
            rest = (back_on, term.ends_on + length)
            moved.append(Moved(term, term.starts_on, starts_on - ONE_DAY, rest))
    return moved


def back_early(terms: Iterable[Any], back_on: date, on: date) -> list[Moved]:
    """What follows a pause begins so much earlier; the earliest come first."""
    early = back_on - on
    later = [term for term in terms if not term.is_void and term.starts_on >= back_on]
    return [
        Moved(term, term.starts_on - early, term.ends_on - early)
        for term in sorted(later, key=lambda term: term.starts_on)
    ]
