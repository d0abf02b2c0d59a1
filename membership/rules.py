"""Pure rules of dates: how long a term runs, and what a membership is on a day.

A day here is a day in the association's zone. The last day of a term belongs to it until midnight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from .states import MembershipStatus

ONE_DAY = timedelta(days=1)


class TermLike(Protocol):
    """A first and a last day, both included, and the days of grace after the last; void when it was taken back."""

    starts_on: date
    ends_on: date
    grace_days: int

    @property
    def is_void(self) -> bool: ...


@dataclass(frozen=True)
class Standing:
    """What a membership is on a day; `term` decided it, `ends_on` is the last paid day without a gap."""

    status: MembershipStatus
    term: TermLike | None = None
    ends_on: date | None = None

    @property
    def is_current(self) -> bool:
        """Whether the member has what members have."""
        return self.status in {MembershipStatus.ACTIVE, MembershipStatus.GRACE}

    @property
    def grace_ends_on(self) -> date | None:
        """The last day of grace after the term that decided."""
        return None if self.term is None else last_day_of_grace(self.term)


def term_end(starts_on: date, months: int) -> date:
    """The last day of a term: the day before the same day, so many months later.

    Where that month has no such day (February 29 in a common year), the term ends with the month before the first of
    the next one, so that nobody loses a day. ValueError for less than one month.
    """
    if months < 1:
        raise ValueError("A term runs for a month at least.")
    years, month = divmod(starts_on.month - 1 + months, 12)
    year, month = starts_on.year + years, month + 1
    try:
        same_day = date(year, month, starts_on.day)
    except ValueError:
        same_day = date(year + month // 12, month % 12 + 1, 1)
    return same_day - ONE_DAY


def last_day_of_grace(term: TermLike) -> date:
    return term.ends_on + timedelta(days=term.grace_days)


def next_start(terms: Iterable[TermLike], on: date, months: int) -> date:
    """When a further term of so many months begins: the day after the last paid one if the membership runs or is in
    grace, else `on`. A term that was given ahead is not overlapped: the first gap that holds the new one is filled.
    """
    counted = _counted(terms)
    standing = standing_on(counted, on)
    starts_on = standing.ends_on + ONE_DAY if standing.is_current and standing.ends_on else on
    for later in counted:
        if later.ends_on < starts_on:
            continue
        if term_end(starts_on, months) < later.starts_on:
            break
        starts_on = later.ends_on + ONE_DAY
    return starts_on


def standing_on(terms: Iterable[TermLike], on: date, *, is_closed: bool = False) -> Standing:
    """What the membership with these terms is on a day. Terms must not overlap; their order does not matter.

    A void term counts for nothing; in a membership that staff have closed none counts, whatever its dates.
    """
    if is_closed:
        return Standing(MembershipStatus.CLOSED)
    ordered = _counted(terms)
    begun = [term for term in ordered if term.starts_on <= on]
    ahead = [term for term in ordered if term.starts_on > on]
    if begun:
        last = begun[-1]
        if on <= last.ends_on:
            return Standing(MembershipStatus.ACTIVE, last, _without_gap(last, ahead))
        if on <= last_day_of_grace(last):
            return Standing(MembershipStatus.GRACE, last, last.ends_on)
    if ahead:
        return Standing(MembershipStatus.FUTURE, ahead[0], _without_gap(ahead[0], ahead[1:]))
    if begun:
        return Standing(MembershipStatus.LAPSED, begun[-1], begun[-1].ends_on)
    return Standing(MembershipStatus.NONE)


def status_on(terms: Iterable[TermLike], on: date) -> MembershipStatus:
    """The status alone: active, grace, lapsed, future or none."""
    return standing_on(terms, on).status


def paid_on(terms: Iterable[TermLike], on: date) -> TermLike | None:
    """The term that holds this day, grace left out: what was published then stays readable."""
    return next((term for term in _counted(terms) if term.starts_on <= on <= term.ends_on), None)


def _counted(terms: Iterable[TermLike]) -> Sequence[TermLike]:
    """Those that are not void, in the order of their days."""
    return sorted((term for term in terms if not term.is_void), key=lambda term: term.starts_on)


def _without_gap(term: TermLike, later: Sequence[TermLike]) -> date:
    end = term.ends_on
    for following in later:
        if following.starts_on != end + ONE_DAY:
            break
        end = following.ends_on
    return end
