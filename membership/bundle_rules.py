"""Pure rules of bundles: what a seat costs, and on which days somebody has one. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .rules import ONE_DAY

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
