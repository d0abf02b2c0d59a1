"""Pure rules of a change of category in the middle of a term: what the rest is worth, and what the new term costs.

Days are the association's. Amounts are in the categories' currency, to the cent.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from aapm_site.core.money import round_money

from .rules import ONE_DAY, Period, TermRule, period_from, term_end

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Held:
    """A term that runs, with the dues that its category lists today for `months`, and what was paid for it at most."""

    starts_on: date
    ends_on: date
    dues: Decimal
    months: int
    paid: Decimal


@dataclass(frozen=True)
class Step:
    """A change now: the old term ends the day before `period` begins; its `days` that are left are worth `credit`."""

    period: Period
    days: int
    credit: Decimal

    @property
    def price(self) -> Decimal:
        return self.period.price - self.credit

    @property
    def old_ends_on(self) -> date:
        return self.period.starts_on - ONE_DAY


def begins_on(held: Held, on: date) -> date:
    """The first day of the new term: the day itself. On the old term's first day it is the next: a term keeps a day."""
    return max(on, held.starts_on + ONE_DAY)


def days_left(held: Held, first: date) -> int:
    """How many days of the term are left from a day on, that day included."""
    return max(0, (held.ends_on - first).days + 1)


def worth_of(held: Held, first: date) -> Decimal:
    """What the days from `first` on are worth: their share of a whole term at the dues that are listed today.

    Never more than the dues of one term, nor than what was paid: a term that was given is worth nothing.
    """
    whole = (term_end(held.starts_on, held.months) - held.starts_on).days + 1
    share = round_money(held.dues * days_left(held, first) / whole)
    return max(NOTHING, min(share, held.dues, held.paid))


def step_now(held: Held, on: date, rule: TermRule) -> Step | None:
    """What a change on a day would be; None where no day is left to change, and where the rest is worth more than the
    new term costs: money does not go back by a change, so that one waits for the next term.
    """
    if not held.starts_on <= on <= held.ends_on:
        return None
    first = begins_on(held, on)
    if first > held.ends_on:
        return None
    period, credit = period_from(first, rule), worth_of(held, first)
    return Step(period, days_left(held, first), credit) if credit <= period.price else None


def steps_up(training_ends_on: date | None, last_day: date, on: date) -> bool:
    """Whether training is over when the next term would begin: the day after the last one, or today if that is past."""
    return training_ends_on is not None and training_ends_on < max(last_day + timedelta(days=1), on)
