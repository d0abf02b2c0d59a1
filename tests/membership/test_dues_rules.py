"""The days and the price of what is paid: a truth table as data, and properties over many dates."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.rules import (
    TermRule,
    dates_hold_until,
    next_period,
    next_periods,
    period_from,
    prorated,
    standing_on,
    whole_months,
    year_end,
)

from .test_rules import T

D = date.fromisoformat
ROLLING = TermRule(dues=Decimal("480.00"), grace_days=60)
MONTHLY = TermRule(months=1, dues=Decimal("40.00"), grace_days=60)
TWO_YEARS = TermRule(months=24, dues=Decimal("900.00"), grace_days=60)
FIXED = TermRule(dues=Decimal("480.00"), grace_days=60, year_begins=1)
LATE = TermRule(dues=Decimal("480.00"), grace_days=60, year_begins=1, late_days=90)
PARTS = TermRule(dues=Decimal("480.00"), grace_days=60, year_begins=1, is_prorated=True, least=Decimal("100.00"))
PARTS_LATE = TermRule(
    dues=Decimal("480.00"), grace_days=60, year_begins=1, late_days=31, is_prorated=True, least=Decimal("100.00")
)
JULY = TermRule(dues=Decimal("485.00"), grace_days=0, year_begins=7, is_prorated=True)
FREE = TermRule(year_begins=1, is_prorated=True)

NEVER: list[T] = []
RUNS = [T(D("2026-01-01"), D("2026-12-31"))]
NO_GRACE = [T(D("2026-01-01"), D("2026-12-31"), 0)]
LONG_GRACE = [T(D("2024-01-01"), D("2024-12-31"), 730)]
LEAP = [T(D("2027-03-01"), D("2028-02-29"))]
AHEAD = [*RUNS, T(D("2028-01-01"), D("2028-12-31"))]
NOT_BEGUN = [T(D("2028-11-30"), D("2029-11-29"))]
TAKEN_BACK = [*RUNS, T(D("2027-01-01"), D("2027-12-31"), 60, True)]


class Case(NamedTuple):
    """What somebody with these terms gets who pays on a day; the price is of the first term."""

    why: str
    terms: list[T]
    on: str
    rule: TermRule
    years: int
    days: str
    price: str


TABLE = [
    # The first term, rolling
    Case("a first year from the day on which it is paid",
         NEVER, "2026-11-29", ROLLING, 1, "2026-11-29 2027-11-28", "480"),
    Case("from a leap day to the last of February", NEVER, "2028-02-29", ROLLING, 1, "2028-02-29 2029-02-28", "480"),
    Case("from the last of March for a month", NEVER, "2026-01-31", MONTHLY, 1, "2026-01-31 2026-02-28", "40"),
    Case("on New Year's Eve", NEVER, "2026-12-31", ROLLING, 1, "2026-12-31 2027-12-30", "480"),
    Case("on the day on which clocks go forward", NEVER, "2027-03-14", ROLLING, 1, "2027-03-14 2028-03-13", "480"),
    Case("on the day on which clocks go back", NEVER, "2026-11-01", ROLLING, 1, "2026-11-01 2027-10-31", "480"),
    Case("two years as one term", NEVER, "2026-11-29", TWO_YEARS, 1, "2026-11-29 2028-11-28", "900"),
    Case("three years at once", NEVER, "2026-11-29", ROLLING, 3, "2026-11-29 2029-11-28", "480"),
    # Renewing, rolling
    Case("early: no day is lost", RUNS, "2026-06-01", ROLLING, 1, "2027-01-01 2027-12-31", "480"),
    Case("early, for three years", RUNS, "2026-06-01", ROLLING, 3, "2027-01-01 2029-12-31", "480"),
    Case("on the last day", RUNS, "2026-12-31", ROLLING, 1, "2027-01-01 2027-12-31", "480"),
    Case("on the first day of grace", RUNS, "2027-01-01", ROLLING, 1, "2027-01-01 2027-12-31", "480"),
    Case("on the last day of grace", RUNS, "2027-03-01", ROLLING, 1, "2027-01-01 2027-12-31", "480"),
    Case("a day after grace: from that day", RUNS, "2027-03-02", ROLLING, 1, "2027-03-02 2028-03-01", "480"),
    Case("lapsed for years", RUNS, "2030-05-05", ROLLING, 2, "2030-05-05 2032-05-04", "480"),
    Case("without grace, a day late", NO_GRACE, "2027-01-01", ROLLING, 1, "2027-01-01 2027-12-31", "480"),
    Case("without grace, two days late", NO_GRACE, "2027-01-02", ROLLING, 1, "2027-01-02 2028-01-01", "480"),
    Case("in grace, when the year after would be over",
         LONG_GRACE, "2026-12-01", ROLLING, 1, "2026-12-01 2027-11-30", "480"),
    Case("in grace, when the year after is not over",
         LONG_GRACE, "2025-12-31", ROLLING, 1, "2025-01-01 2025-12-31", "480"),
    Case("in grace, for two years", LONG_GRACE, "2025-12-31", ROLLING, 2, "2025-01-01 2026-12-31", "480"),
    Case("a month in grace, when it would be over", RUNS, "2027-02-10", MONTHLY, 1, "2027-02-10 2027-03-09", "40"),
    Case("after a leap day", LEAP, "2028-02-29", ROLLING, 1, "2028-03-01 2029-02-28", "480"),
    Case("twice: the second year follows the first",
         [*RUNS, T(D("2027-01-01"), D("2027-12-31"))], "2026-06-01", ROLLING, 1,
         "2028-01-01 2028-12-31", "480"),
    Case("what was taken back leaves its days", TAKEN_BACK, "2026-06-01", ROLLING, 1, "2027-01-01 2027-12-31", "480"),
    # A term that was given ahead
    Case("the gap before it is filled", AHEAD, "2026-06-01", ROLLING, 1, "2027-01-01 2027-12-31", "480"),
    Case("two years: the gap, then after it", AHEAD, "2026-06-01", ROLLING, 2, "2027-01-01 2029-12-31", "480"),
    Case("two years as one find no gap", AHEAD, "2026-06-01", TWO_YEARS, 1, "2029-01-01 2030-12-31", "900"),
    Case("begun in two years: today", NOT_BEGUN, "2026-11-29", ROLLING, 1, "2026-11-29 2027-11-28", "480"),
    Case("begun in two years: two fill the gap", NOT_BEGUN, "2026-11-29", ROLLING, 2, "2026-11-29 2028-11-28", "480"),
    Case("begun in two years, a day too late for two",
         NOT_BEGUN, "2026-12-02", ROLLING, 2, "2026-12-02 2030-11-29", "480"),
    # A fixed year
    Case("joining within it, at the whole price", NEVER, "2026-05-20", FIXED, 1, "2026-05-20 2026-12-31", "480"),
    Case("joining on its first day", NEVER, "2027-01-01", FIXED, 1, "2027-01-01 2027-12-31", "480"),
    Case("joining on its last day, without last days", NEVER, "2026-12-31", FIXED, 1, "2026-12-31 2026-12-31", "480"),
    Case("the last 90 days: to the end of the next", NEVER, "2026-10-03", LATE, 1, "2026-10-03 2027-12-31", "480"),
    Case("a day before the last 90", NEVER, "2026-10-02", LATE, 1, "2026-10-02 2026-12-31", "480"),
    Case("renewing in grace keeps the year", RUNS, "2027-02-01", FIXED, 1, "2027-01-01 2027-12-31", "480"),
    Case("renewing early for three", RUNS, "2026-11-29", LATE, 3, "2027-01-01 2029-12-31", "480"),
    Case("coming back within it", RUNS, "2027-08-15", FIXED, 1, "2027-08-15 2027-12-31", "480"),
    # By month
    Case("nine whole months and half a March", NEVER, "2026-03-15", PARTS, 1, "2026-03-15 2026-12-31", "360"),
    Case("ten months from the first of March", NEVER, "2026-03-01", PARTS, 1, "2026-03-01 2026-12-31", "400"),
    Case("the floor holds in December", NEVER, "2026-12-15", PARTS, 1, "2026-12-15 2026-12-31", "100"),
    Case("the floor holds at two months", NEVER, "2026-10-31", PARTS, 1, "2026-10-31 2026-12-31", "100"),
    Case("three months are above the floor", NEVER, "2026-10-01", PARTS, 1, "2026-10-01 2026-12-31", "120"),
    Case("the second of January pays eleven", NEVER, "2026-01-02", PARTS, 1, "2026-01-02 2026-12-31", "440"),
    Case("in the last days: the whole of the next year",
         NEVER, "2026-12-01", PARTS_LATE, 1, "2026-12-01 2027-12-31", "480"),
    Case("renewing by month pays the whole", RUNS, "2027-02-28", PARTS, 1, "2027-01-01 2027-12-31", "480"),
    Case("coming back by month pays what is left", RUNS, "2027-08-15", PARTS, 1, "2027-08-15 2027-12-31", "160"),
    Case("a year from July, cents rounded", NEVER, "2026-11-29", JULY, 1, "2026-11-29 2027-06-30", "282.92"),
    Case("a leap day in a year from July", NEVER, "2028-02-29", JULY, 1, "2028-02-29 2028-06-30", "161.67"),
    Case("nothing is no more by month", NEVER, "2026-05-05", FREE, 1, "2026-05-05 2026-12-31", "0"),
]  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=[case.why for case in TABLE])
def test_what_a_payment_gives(case):
    periods = next_periods(case.terms, D(case.on), case.rule, case.years)

    assert f"{periods[0].starts_on} {periods[-1].ends_on}" == case.days
    assert periods[0].price == Decimal(case.price)


def test_the_table_is_long_enough_and_names_each_case_once():
    assert len(TABLE) >= 40
    assert len({case.why for case in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("terms", "on", "until"),
    [
        (NEVER, "2026-11-29", "2026-11-29"),  # the term begins when it is paid
        (RUNS, "2026-06-01", "2027-03-01"),  # to the last day of grace
        (RUNS, "2027-02-01", "2027-03-01"),
        (RUNS, "2027-03-02", "2027-03-02"),
        (NO_GRACE, "2026-06-01", "2026-12-31"),
        ([*NO_GRACE, T(D("2027-01-01"), D("2027-12-31"))], "2026-06-01", "2028-02-29"),  # the last one's grace
        ([*RUNS, T(D("2027-01-03"), D("2027-02-01"), 10)], "2026-06-01", "2027-02-11"),  # behind a gap
    ],
)
def test_until_when_the_dates_hold(terms, on, until):
    assert dates_hold_until(terms, D(on), next_period(terms, D(on), ROLLING)) == D(until)


days = st.dates(D("2020-01-01"), D("2032-12-31"))
rules = st.builds(
    TermRule,
    dues=st.decimals(0, 2000, places=2),
    grace_days=st.integers(0, 400),
    year_begins=st.integers(1, 12),
    late_days=st.integers(0, 180),
    is_prorated=st.booleans(),
    least=st.decimals(0, 300, places=2),
)
rolling = st.builds(
    TermRule, months=st.integers(1, 36), dues=st.decimals(0, 2000, places=2), grace_days=st.integers(0, 400)
)
anything = st.one_of(rules, rolling)


@given(on=days, rule=rules)
def test_a_fixed_year_ends_with_itself_and_costs_at_most_the_dues(on, rule):
    period = period_from(on, rule)

    assert (period.ends_on + timedelta(days=1)).day == 1
    assert (period.ends_on + timedelta(days=1)).month == rule.year_begins
    assert 1 <= (period.ends_on - on).days + 1 <= 366 + rule.late_days
    assert min(rule.least, rule.dues) <= period.price <= rule.dues
    assert rule.is_prorated or period.price == rule.dues


@given(on=days, rule=rules, later=st.integers(0, 300))
def test_who_joins_later_in_a_year_never_pays_more_for_it(on, rule, later):
    first, second = period_from(on, rule), period_from(on + timedelta(days=later), rule)

    if first.ends_on == second.ends_on and first.months < 12:
        assert second.price <= first.price


def one_after_the_other(lengths):
    had, begins = [], D("2022-01-01")
    for gap, length, grace in lengths:
        begins += timedelta(days=gap)
        had.append(T(begins, begins + timedelta(days=length - 1), grace))
        begins = had[-1].ends_on + timedelta(days=1)
    return had


had_before = st.lists(
    st.tuples(st.just(0) | st.integers(0, 400), st.integers(1, 800), st.integers(0, 400)), max_size=4
).map(one_after_the_other)


@given(had=had_before, on=days, rule=anything, years=st.integers(1, 3))
def test_paid_terms_overlap_nothing_and_are_not_over(had, on, rule, years):
    given_now = next_periods(had, on, rule, years)

    everything = sorted([*had, *given_now], key=lambda term: term.starts_on)
    assert all(one.ends_on < other.starts_on for one, other in zip(everything, everything[1:], strict=False))
    assert all(on <= period.ends_on for period in given_now)


@given(had=had_before, on=days, rule=anything, wait=st.integers(0, 800))
def test_who_pays_within_the_named_day_gets_the_named_days(had, on, rule, wait):
    named = next_period(had, on, rule)
    paid_on = min(on + timedelta(days=wait), dates_hold_until(had, on, named))

    assert next_period(had, paid_on, rule) == named


@given(on=days, rule=anything)
def test_who_has_paid_is_a_member_on_that_day(on, rule):
    assert standing_on([next_period([], on, rule)], on).is_current


@given(on=days, begins=st.integers(1, 12))
def test_the_months_of_a_year_add_up(on, begins):
    ends_on = year_end(on, begins)

    assert 0 <= whole_months(on, ends_on) <= 12
    assert whole_months(ends_on + timedelta(days=1), year_end(ends_on + timedelta(days=1), begins)) == 12
    assert prorated(TermRule(dues=Decimal(120)), whole_months(on, ends_on)) == 10 * whole_months(on, ends_on)
