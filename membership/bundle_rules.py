"""Pure rules of bundles: what a seat costs, and on which days somebody has one. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from aapm_site.core.money import round_money

from .rules import ONE_DAY, TermLike, term_end

MOST_SEATS = 500

Days = tuple[date, date]  # a first and a last day, both included


@dataclass(frozen=True)
class SeatRate:
    """What each seat costs to who buys so many of them."""

    least: int
    most: int
    price: Decimal


def seat_rates(rows: Iterable[tuple[int, Decimal]], dues: Decimal) -> list[SeatRate]:
    """The prices of a category's seats by their number: `rows` say (least seats, price for each). Without rows one seat
    or more, each at the dues. A price of nothing is none: what is free needs no institution that pays.
    """
    steps = sorted(rows) or [(1, dues)]
    ends = [least - 1 for least, _ in steps[1:]] + [MOST_SEATS]
    return [SeatRate(least, most, price) for (least, price), most in zip(steps, ends, strict=True) if price]


def rate_for(rates: Sequence[SeatRate], seats: int) -> SeatRate | None:
    """The price of so many seats; None where so many, or so few, are not sold."""
    return next((rate for rate in rates if rate.least <= seats <= rate.most), None)


def seat_days(first: date, last: date, *, own: Iterable[Days], taken: Sequence[Days], seats: int) -> list[Days]:
    """The days from `first` to `last` on which somebody gets a seat: those that no term of their `own` holds, and on
    which fewer than all `seats` are `taken` by others. Days that follow each other are one stretch.
    """
    if first > last:
        return []
    held = list(own)
    edges = {first, last + ONE_DAY}
    for begins, ends in (*held, *taken):
        edges |= {day for day in (begins, ends + ONE_DAY) if first < day <= last}
    ordered, found = sorted(edges), list[Days]()
    for begins, after in zip(ordered, ordered[1:], strict=False):
        if _count(held, begins) or _count(taken, begins) >= seats:
            continue
        if found and found[-1][1] + ONE_DAY == begins:
            begins = found.pop()[0]
        found.append((begins, after - ONE_DAY))
    return found


def _count(stretches: Iterable[Days], on: date) -> int:
    return sum(begins <= on <= ends for begins, ends in stretches)


def most_taken(taken: Sequence[Days], since: date) -> int:
    """The greatest number of seats that are taken on one day from `since` on."""
    days = [max(begins, since) for begins, ends in taken if ends >= since]
    return max((_count(taken, on) for on in days), default=0)


# More of them, while a period runs -----------------------------------------------------------------------------------
def months_left(on: date, ends_on: date) -> int:
    """How many months lie whole between a day and the last day of a period; one at least, as long as it runs."""
    months = 1
    while term_end(on, months + 1) <= ends_on:
        months += 1
    return months


def price_of_rest(price: Decimal, months: int, of_months: int, least: Decimal) -> Decimal:
    """What a seat costs for so many months, where it costs `price` for `of_months`: at least the floor, at most all."""
    if months >= of_months:
        return price
    return min(max(round_money(price * months / of_months), least), price)


def rates_beside(rates: Iterable[SeatRate], have: int) -> list[SeatRate]:
    """The prices of further seats, for who has some: each number with those that are there decides, and no further ones
    than so many in all that an institution can have.
    """
    shifted = [replace(rate, least=max(rate.least - have, 1), most=rate.most - have) for rate in rates]
    return [rate for rate in shifted if rate.most >= rate.least]


@dataclass(frozen=True)
class Stretch:
    """Days on which an institution has seats, of how many periods however they lie beside each other."""

    starts_on: date
    ends_on: date
    grace_days: int = 0
    is_void: bool = False


def stretches(periods: Iterable[TermLike]) -> list[Stretch]:
    """The days of periods that are not void, those that lie beside each other as one; what ends last has the grace."""
    found: list[Stretch] = []
    for period in sorted((one for one in periods if not one.is_void), key=lambda one: one.starts_on):
        own = Stretch(period.starts_on, period.ends_on, period.grace_days)
        if found and own.starts_on <= found[-1].ends_on:
            before = found.pop()
            last = max(before, own, key=lambda one: one.ends_on)
            own = replace(last, starts_on=before.starts_on)
        found.append(own)
    return found
