"""What a seat costs, and on which days somebody has one: tables as data, and properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.bundle_rules import most_taken, rate_for, seat_days, seat_rates

D = date.fromisoformat
YEAR = (D("2027-01-01"), D("2027-12-31"))


def days(*stretches: str) -> list[tuple[date, date]]:
    return [(D(one.split()[0]), D(one.split()[1])) for one in stretches]


@pytest.mark.parametrize(
    ("why", "own", "taken", "seats", "found"),
    [
        ("nothing stands in the way", [], [], 1, ["2027-01-01 2027-12-31"]),
        ("their own term ends within", ["2026-03-01 2027-02-28"], [], 1, ["2027-03-01 2027-12-31"]),
        ("their own term begins within", ["2027-10-01 2028-09-30"], [], 1, ["2027-01-01 2027-09-30"]),
        ("their own term is inside: both sides of it",
         ["2027-03-01 2027-05-31"], [], 1, ["2027-01-01 2027-02-28", "2027-06-01 2027-12-31"]),
        ("their own holds all of it", ["2026-06-01 2028-05-31"], [], 1, []),
        ("their own ends on the last day", ["2027-01-01 2027-12-31"], [], 1, []),
        ("their own ends a day before", ["2027-01-01 2027-12-30"], [], 1, ["2027-12-31 2027-12-31"]),
        ("two of their own, without a gap", ["2026-01-01 2026-12-31", "2027-01-01 2027-12-31"], [], 1, []),
        ("the only seat is taken", [], ["2027-01-01 2027-12-31"], 1, []),
        ("one of two is taken", [], ["2027-01-01 2027-12-31"], 2, ["2027-01-01 2027-12-31"]),
        ("the only seat is free from the day after", [], ["2027-01-01 2027-06-30"], 1, ["2027-07-01 2027-12-31"]),
        ("somebody takes it later", [], ["2027-07-01 2027-12-31"], 1, ["2027-01-01 2027-06-30"]),
        ("two seats, taken together for a month",
         [], ["2027-01-01 2027-05-31", "2027-05-01 2027-12-31"], 2, ["2027-01-01 2027-04-30", "2027-06-01 2027-12-31"]),
        ("what is over takes nothing", [], ["2026-01-01 2026-12-31"], 1, ["2027-01-01 2027-12-31"]),
        ("own and others' in turn",
         ["2027-01-01 2027-01-31"], ["2027-02-01 2027-02-28"], 1, ["2027-03-01 2027-12-31"]),
        ("no seats at all", [], [], 0, []),
    ],
)  # fmt: skip
def test_the_days_of_a_seat(why, own, taken, seats, found):
    assert seat_days(*YEAR, own=days(*own), taken=days(*taken), seats=seats) == days(*found)


def test_a_seat_that_would_begin_after_its_end_has_no_days():
    assert seat_days(D("2028-01-01"), D("2027-12-31"), own=[], taken=[], seats=3) == []


stretch = st.tuples(st.integers(-50, 420), st.integers(1, 300)).map(
    lambda pair: (YEAR[0] + timedelta(days=pair[0]), YEAR[0] + timedelta(days=pair[0] + pair[1] - 1))
)
stretches = st.lists(stretch, max_size=5)


@given(own=stretches, taken=stretches, seats=st.integers(0, 3))
def test_a_seat_holds_exactly_the_days_that_are_free_on_both_sides(own, taken, seats):
    def holds(rows, on):
        return sum(begins <= on <= ends for begins, ends in rows)

    found = seat_days(*YEAR, own=own, taken=taken, seats=seats)

    for number in range(365):
        on = YEAR[0] + timedelta(days=number)
        assert holds(found, on) == (not holds(own, on) and holds(taken, on) < seats)
    assert all(one[1] + timedelta(days=1) < other[0] for one, other in zip(found, found[1:], strict=False))


@given(taken=stretches, since=st.integers(0, 400))
def test_the_most_that_are_taken_on_one_day(taken, since):
    first = YEAR[0] + timedelta(days=since)
    each_day = [sum(a <= first + timedelta(days=n) <= b for a, b in taken) for n in range(800)]

    assert most_taken(taken, first) == max(each_day)


STEPS = [(10, Decimal(390)), (5, Decimal(430))]


@pytest.mark.parametrize(
    ("rows", "dues", "seats", "price"),
    [
        ([], 480, 1, 480),
        ([], 480, 500, 480),
        ([], 480, 501, None),
        ([], 480, 0, None),
        ([], 0, 10, None),
        (STEPS, 480, 4, None),
        (STEPS, 480, 5, 430),
        (STEPS, 480, 9, 430),
        (STEPS, 480, 10, 390),
        (STEPS, 480, 500, 390),
        (STEPS, 0, 10, 390),
    ],
)
def test_what_a_seat_costs(rows, dues, seats, price):
    rate = rate_for(seat_rates(rows, Decimal(dues)), seats)

    assert (rate.price if rate else None) == (None if price is None else Decimal(price))
