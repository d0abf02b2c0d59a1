"""What a membership is on a day, and how long a term runs: a truth table, and properties over many dates."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.rules import TermRule, next_period, paid_on, standing_on, status_on, term_end

ONE = timedelta(days=1)


@dataclass(frozen=True)
class T:
    starts_on: date
    ends_on: date
    grace_days: int = 60
    is_void: bool = False


D = date.fromisoformat
FIRST = T(D("2025-01-01"), D("2025-12-31"), 60)
SECOND = T(D("2026-01-01"), D("2026-12-31"), 60)
AFTER_A_GAP = T(D("2026-07-01"), D("2027-06-30"), 60)
NO_GRACE = T(D("2025-01-01"), D("2025-12-31"), 0)


def begins_on(terms: list[T], on: date, months: int) -> date:
    """When a further term of so many months begins."""
    return next_period(terms, on, TermRule(months=months)).starts_on


def void(term: T) -> T:
    return replace(term, is_void=True)


@pytest.mark.parametrize(
    ("terms", "on", "status"),
    [
        ([], "2025-06-01", "none"),
        ([FIRST], "2024-12-31", "future"),
        ([FIRST], "2025-01-01", "active"),
        ([FIRST], "2025-12-31", "active"),
        ([FIRST], "2026-01-01", "grace"),
        ([FIRST], "2026-03-01", "grace"),
        ([FIRST], "2026-03-02", "lapsed"),
        ([NO_GRACE], "2025-12-31", "active"),
        ([NO_GRACE], "2026-01-01", "lapsed"),
        ([FIRST, SECOND], "2025-12-31", "active"),
        ([FIRST, SECOND], "2026-01-01", "active"),
        ([SECOND, FIRST], "2027-01-01", "grace"),
        ([FIRST, AFTER_A_GAP], "2026-02-01", "grace"),
        ([FIRST, AFTER_A_GAP], "2026-03-02", "future"),
        ([FIRST, AFTER_A_GAP], "2026-06-30", "future"),
        ([FIRST, AFTER_A_GAP], "2026-07-01", "active"),
        ([FIRST, AFTER_A_GAP], "2027-08-30", "lapsed"),
        ([void(FIRST)], "2025-06-01", "none"),
        ([FIRST, void(SECOND)], "2026-02-01", "grace"),
        ([FIRST, void(SECOND)], "2026-06-01", "lapsed"),
        ([void(FIRST), AFTER_A_GAP], "2026-02-01", "future"),
    ],
)
def test_status_on_a_day(terms, on, status):
    assert status_on(terms, D(on)) == status


@pytest.mark.parametrize("on", ["2024-12-31", "2025-06-01", "2026-02-01", "2026-06-01"])
@pytest.mark.parametrize("terms", [[], [FIRST], [FIRST, AFTER_A_GAP]])
def test_no_term_counts_in_one_that_is_closed(terms, on):
    closed = standing_on(terms, D(on), is_closed=True)

    assert (closed.status, closed.term, closed.is_current) == ("closed", None, False)


def test_a_standing_names_the_last_paid_day_without_a_gap():
    assert standing_on([FIRST, SECOND], D("2025-06-01")).ends_on == D("2026-12-31")
    assert standing_on([FIRST, AFTER_A_GAP], D("2025-06-01")).ends_on == D("2025-12-31")
    assert standing_on([FIRST], D("2026-02-01")).grace_ends_on == D("2026-03-01")


def test_an_older_terms_longer_grace_does_not_outlive_the_last_term():
    long_grace = T(D("2024-01-01"), D("2024-12-31"), 700)

    assert status_on([long_grace, NO_GRACE], D("2026-01-01")) == "lapsed"


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        ("2026-01-01", 12, "2026-12-31"),
        ("2026-03-15", 12, "2027-03-14"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2023-03-01", 12, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-12-01", 1, "2026-12-31"),
        ("2026-11-30", 60, "2031-11-29"),
    ],
)
def test_the_last_day_of_a_term(starts_on, months, ends_on):
    assert term_end(D(starts_on), months) == D(ends_on)


def test_a_term_of_no_month_is_refused():
    with pytest.raises(ValueError, match="a month at least"):
        term_end(D("2026-01-01"), 0)


days = st.dates(D("1990-01-01"), D("2080-12-31"))


@given(starts_on=days, months=st.integers(1, 120))
def test_a_term_ends_the_day_before_the_same_day_and_never_earlier(starts_on, months):
    after = term_end(starts_on, months) + ONE
    whole_months = (after.year - starts_on.year) * 12 + after.month - starts_on.month

    if after.day == starts_on.day:
        assert whole_months == months
    else:  # no such day in that month: the first of the next one
        assert (after.day, whole_months) == (1, months + 1)


@given(starts_on=days)
def test_a_year_is_365_or_366_days_and_a_leap_day_inside_is_not_lost(starts_on):
    length = (term_end(starts_on, 12) - starts_on).days + 1
    leap_days = sum(
        1
        for year in (starts_on.year, starts_on.year + 1)
        if year % 4 == 0
        and (year % 100 or year % 400 == 0)
        and starts_on <= date(year, 2, 29) <= term_end(starts_on, 12)
    )

    assert length == 365 + leap_days


@given(starts_on=days, grace=st.integers(0, 400), months=st.integers(1, 36), offset=st.integers(-800, 2500))
def test_every_day_is_active_then_grace_then_lapsed_without_a_hole(starts_on, grace, months, offset):
    term = T(starts_on, term_end(starts_on, months), grace)
    on = starts_on + timedelta(days=offset)
    length = (term.ends_on - term.starts_on).days

    if offset < 0:
        expected = "future"
    elif offset <= length:
        expected = "active"
    elif offset <= length + grace:
        expected = "grace"
    else:
        expected = "lapsed"

    assert status_on([term], on) == expected


@given(starts_on=days, months=st.lists(st.integers(3, 24), min_size=1, max_size=6), late=st.integers(-200, 60))
def test_renewing_in_time_neither_gains_nor_loses_a_day(starts_on, months, late):
    """Each renewal, early or in grace, begins on the day after the last paid one."""
    terms = [T(starts_on, term_end(starts_on, months[0]))]
    for length in months[1:]:
        renewed_on = max(terms[0].starts_on, terms[-1].ends_on + timedelta(days=late))
        begins = begins_on(terms, renewed_on, length)
        terms.append(T(begins, term_end(begins, length)))

    for earlier, later in zip(terms, terms[1:], strict=False):
        assert later.starts_on == earlier.ends_on + ONE
    paid = sum((term.ends_on - term.starts_on).days + 1 for term in terms)
    assert paid == (terms[-1].ends_on - terms[0].starts_on).days + 1


@given(starts_on=days, gap=st.integers(1, 500))
def test_coming_back_after_grace_begins_on_that_day(starts_on, gap):
    term = T(starts_on, term_end(starts_on, 12))
    on = term.ends_on + timedelta(days=term.grace_days + gap)

    assert begins_on([term], on, 12) == on


def test_the_first_term_begins_at_once():
    assert begins_on([], D("2026-11-23"), 12) == D("2026-11-23")


FAR = T(D("2028-01-01"), D("2028-12-31"), 60)
FARTHER = T(D("2029-06-01"), D("2030-05-31"), 60)


@pytest.mark.parametrize(
    ("terms", "on", "months", "starts_on"),
    [
        ([FAR], "2026-11-23", 12, "2026-11-23"),  # there is room for a year before the term that was given ahead
        ([FAR], "2026-11-23", 14, "2029-01-01"),  # not for 14 months
        ([FAR], "2027-01-01", 12, "2027-01-01"),  # exactly a year
        ([FAR], "2027-01-02", 12, "2029-01-01"),
        ([FIRST, FAR], "2025-06-01", 12, "2026-01-01"),  # active: the day after the last paid one
        ([FIRST, FAR], "2026-02-01", 12, "2026-01-01"),  # in grace: no day is lost
        ([FIRST, FAR], "2026-02-01", 24, "2026-01-01"),
        ([FIRST, FAR], "2026-02-01", 25, "2029-01-01"),
        ([FIRST, FAR], "2026-06-01", 12, "2026-06-01"),  # lapsed
        ([FIRST, SECOND, FAR], "2025-06-01", 12, "2027-01-01"),
        ([FAR, FARTHER], "2027-06-01", 5, "2027-06-01"),
        ([FAR, FARTHER], "2027-10-01", 5, "2029-01-01"),  # the gap between the two holds five months, not six
        ([FAR, FARTHER], "2027-10-01", 6, "2030-06-01"),
        ([void(FIRST)], "2025-06-01", 12, "2025-06-01"),
        ([FIRST, void(SECOND)], "2025-06-01", 12, "2026-01-01"),
    ],
)
def test_a_further_term_begins_where_the_first_gap_holds_it(terms, on, months, starts_on):
    assert begins_on(terms, D(on), months) == D(starts_on)


@given(
    gaps=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 18)), max_size=4),
    on=st.integers(-100, 1500),
    months=st.integers(1, 24),
)
def test_a_further_term_never_overlaps_and_never_begins_before_it_is_bought_but_in_grace(gaps, on, months):
    terms, begins = [], D("2025-01-01")
    for gap, length in gaps:
        begins += timedelta(days=gap)
        terms.append(T(begins, term_end(begins, length)))
        begins = terms[-1].ends_on + ONE
    bought = D("2025-01-01") + timedelta(days=on)

    starts_on = begins_on(terms, bought, months)

    ends_on = term_end(starts_on, months)
    assert all(term.ends_on < starts_on or ends_on < term.starts_on for term in terms)
    standing = standing_on(terms, bought)
    assert starts_on >= (standing.ends_on + ONE if standing.is_current else bought)


def test_a_paid_day_leaves_grace_out():
    assert paid_on([FIRST], D("2025-12-31")) is FIRST
    assert paid_on([FIRST], D("2026-01-01")) is None
    assert paid_on([void(FIRST)], D("2025-12-31")) is None
