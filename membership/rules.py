"""Pure rules of dates: how long a term runs, and what a membership is on a day.

A day here is a day in the association's zone. The last day of a term belongs to it until midnight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from aapm_site.core.money import round_money

from .states import MembershipStatus

ONE_DAY = timedelta(days=1)
# The last day of an honorary membership, which has none: far, and no date of Python or PostgreSQL ends near it.
FOR_LIFE = date(2999, 12, 31)
MONTHS_A_YEAR = 12


class TermLike(Protocol):
    """A first and a last day, both included, and the days of grace after the last; void when it was taken back."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...

    @property
    def grace_days(self) -> int: ...

    @property
    def is_void(self) -> bool: ...


@dataclass(frozen=True)
class Standing:
    """What a membership is on a day; `term` decided it, `ends_on` is the last paid day without a gap, of `last`."""

    status: MembershipStatus
    term: TermLike | None = None
    ends_on: date | None = None
    last: TermLike | None = None

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


@dataclass(frozen=True)
class TermRule:
    """How the terms of a category run, and what a first one costs that is shorter than a year.

    `year_begins` is the month on whose first day the fixed year begins; without it a term runs from its own first day.
    Who begins within the last `late_days` of a fixed year is a member until the end of the following one.
    """

    months: int = MONTHS_A_YEAR
    dues: Decimal = Decimal(0)
    grace_days: int = 0
    year_begins: int | None = None
    late_days: int = 0
    is_prorated: bool = False
    least: Decimal = Decimal(0)


@dataclass(frozen=True)
class Period:
    """A term as it would be: its days, and what it costs for how many months."""

    starts_on: date
    ends_on: date
    price: Decimal
    months: int
    grace_days: int = 0

    is_void = False


def period_from(starts_on: date, rule: TermRule) -> Period:
    """The term that begins on a day."""
    if rule.year_begins is None:
        return Period(starts_on, term_end(starts_on, rule.months), rule.dues, rule.months, rule.grace_days)
    ends_on = year_end(starts_on, rule.year_begins)
    is_late = (ends_on - starts_on).days + 1 <= rule.late_days
    if is_late:
        ends_on = year_end(ends_on + ONE_DAY, rule.year_begins)
    months = MONTHS_A_YEAR if is_late or not rule.is_prorated else whole_months(starts_on, ends_on)
    return Period(starts_on, ends_on, prorated(rule, months), months, rule.grace_days)


def year_end(on: date, begins: int) -> date:
    """The last day of the fixed year that holds a day; the year begins with the first of the month `begins`."""
    year = on.year + 1 if on.month >= begins else on.year
    return date(year, begins, 1) - ONE_DAY


def whole_months(starts_on: date, ends_on: date) -> int:
    """How many months lie whole between two days, the last of which ends a month; the one that has begun is free."""
    begun = 0 if starts_on.day == 1 else 1
    return (ends_on.year - starts_on.year) * MONTHS_A_YEAR + ends_on.month - starts_on.month + 1 - begun


def prorated(rule: TermRule, months: int) -> Decimal:
    """The dues of so many months of a year: at least the floor, at most the whole."""
    share = round_money(rule.dues * months / MONTHS_A_YEAR)
    return min(max(share, rule.least), rule.dues) if months < MONTHS_A_YEAR else rule.dues


def next_period(terms: Iterable[TermLike], on: date, rule: TermRule) -> Period:
    """The next term of somebody who pays on a day: it begins the day after the last paid one if the membership runs or
    is in grace, else on that day. One that would be over by then begins on that day too.

    A term that was given ahead is not overlapped: the first gap that holds the new one is filled.
    """
    counted = _counted(terms)
    standing = standing_on(counted, on)
    starts_on = standing.ends_on + ONE_DAY if standing.is_current and standing.ends_on else on
    if period_from(starts_on, rule).ends_on < on:
        starts_on = on
    for later in counted:
        if later.ends_on < starts_on:
            continue
        if period_from(starts_on, rule).ends_on < later.starts_on:
            break
        starts_on = later.ends_on + ONE_DAY
    return period_from(starts_on, rule)


def next_periods(terms: Iterable[TermLike], on: date, rule: TermRule, count: int) -> list[Period]:
    """So many terms, each as `next_period` finds it after those before."""
    known: list[TermLike] = list(terms)
    found: list[Period] = []
    for _ in range(count):
        found.append(next_period(known, on, rule))
        known.append(found[-1])
    return found


def counts_from(terms: Iterable[TermLike], came_on: date | None, on: date, rule: TermRule) -> date:
    """The day that fixes the days of a term whose payment is recorded on a day: that day; or the one on which the money
    came, where the membership ran then or was in grace, and is over by now. Who paid in time loses nothing by a check
    that is written down later.
    """
    known = _counted(terms)
    if came_on is None or standing_on(known, on).is_current or not standing_on(known, came_on).is_current:
        return on
    return came_on if next_period(known, came_on, rule).ends_on >= on else on


def dates_hold_until(terms: Iterable[TermLike], on: date, first: Period) -> date:
    """The last day on which a payment gives the same days as one on `on`, which begin with `first`.

    For a member it is the end of grace of the term that `first` follows, or its own last day where that is sooner; for
    somebody whose term begins when it is paid, the day itself.
    """
    counted = _counted(terms)
    before = next((term for term in counted if term.ends_on + ONE_DAY == first.starts_on), None)
    if before is None or not standing_on(counted, on).is_current:
        return on
    return max(on, min(last_day_of_grace(before), first.ends_on))


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
            return _standing(MembershipStatus.ACTIVE, last, _without_gap(last, ahead))
        if on <= last_day_of_grace(last):
            return _standing(MembershipStatus.GRACE, last, last)
    if ahead:
        return _standing(MembershipStatus.FUTURE, ahead[0], _without_gap(ahead[0], ahead[1:]))
    if begun:
        return _standing(MembershipStatus.LAPSED, begun[-1], begun[-1])
    return Standing(MembershipStatus.NONE)


def _standing(status: MembershipStatus, term: TermLike, last: TermLike) -> Standing:
    return Standing(status, term, last.ends_on, last)


def status_on(terms: Iterable[TermLike], on: date) -> MembershipStatus:
    """The status alone: active, grace, lapsed, future or none."""
    return standing_on(terms, on).status


def paid_on(terms: Iterable[TermLike], on: date) -> TermLike | None:
    """The term that holds this day, grace left out: what was published then stays readable."""
    return next((term for term in _counted(terms) if term.starts_on <= on <= term.ends_on), None)


def _counted(terms: Iterable[TermLike]) -> Sequence[TermLike]:
    """Those that are not void, in the order of their days."""
    return sorted((term for term in terms if not term.is_void), key=lambda term: term.starts_on)


def _without_gap(term: TermLike, later: Sequence[TermLike]) -> TermLike:
    """The last of the terms that follow each other."""
    last = term
    for following in later:
        if following.starts_on != last.ends_on + ONE_DAY:
            break
        last = following
    return last
