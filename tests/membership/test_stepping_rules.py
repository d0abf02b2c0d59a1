"""What a change of category in the middle of a term costs: a truth table as data, and properties over many dates."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.rules import TermRule, term_end
from membership.stepping import Held, days_left, step_now, steps_up, worth_of

D = date.fromisoformat
PHYSICIAN = TermRule(dues=Decimal("485.00"), grace_days=60)
FIXED = TermRule(dues=Decimal("480.00"), year_begins=1)
PARTS = TermRule(dues=Decimal("480.00"), year_begins=1, is_prorated=True, least=Decimal("100.00"))


def held(starts: str, ends: str, dues: str = "245.00", months: int = 12, paid: str = "") -> Held:
    return Held(D(starts), D(ends), Decimal(dues), months, Decimal(paid or dues))


CLINICIAN = held("2026-01-01", "2026-12-31")
RESIDENT = held("2026-01-01", "2026-12-31", "0.00")
GIVEN = held("2026-01-01", "2026-12-31", "245.00", paid="0.00")
COUPON = held("2026-01-01", "2026-12-31", "245.00", paid="50.00")
LEAP = held("2027-03-01", "2028-02-29", "366.00")
LATE_JOINED = held("2026-10-01", "2027-12-31", "245.00")
PART_YEAR = held("2026-07-01", "2026-12-31", "245.00", paid="122.50")
EXPENSIVE = held("2026-01-01", "2026-12-31", "900.00")
ONE_DAY = held("2026-06-01", "2026-06-01")
MONTHLY = held("2026-06-01", "2026-06-30", "30.00", months=1)


class Case(NamedTuple):
    """What a change on a day gives; nothing where it cannot be made."""

    why: str
    held: Held
    on: str
    rule: TermRule
    days: str
    left: int
    credit: str
    price: str


TABLE = [
    Case("half a year is left", CLINICIAN, "2026-07-02", PHYSICIAN, "2026-07-02/2027-07-01", 183, "122.84", "362.16"),
    Case("the second day", CLINICIAN, "2026-01-02", PHYSICIAN, "2026-01-02/2027-01-01", 364, "244.33", "240.67"),
    Case("the first day keeps itself", CLINICIAN, "2026-01-01", PHYSICIAN, "2026-01-02/2027-01-01", 364, "244.33",
         "240.67"),
    Case("the last day counts", CLINICIAN, "2026-12-31", PHYSICIAN, "2026-12-31/2027-12-30", 1, "0.67", "484.33"),
    Case("after the end: renew instead", CLINICIAN, "2027-01-01", PHYSICIAN, "", 0, "", ""),
    Case("before the term", CLINICIAN, "2025-12-31", PHYSICIAN, "", 0, "", ""),
    Case("free categories credit nothing", RESIDENT, "2026-07-02", PHYSICIAN, "2026-07-02/2027-07-01", 183, "0.00",
         "485.00"),
    Case("what was given credits nothing", GIVEN, "2026-07-02", PHYSICIAN, "2026-07-02/2027-07-01", 183, "0.00",
         "485.00"),
    Case("never more than was paid", COUPON, "2026-01-02", PHYSICIAN, "2026-01-02/2027-01-01", 364, "50.00", "435.00"),
    Case("less than was paid", COUPON, "2026-12-01", PHYSICIAN, "2026-12-01/2027-11-30", 31, "20.81", "464.19"),
    Case("a leap year has a day more", LEAP, "2028-02-29", PHYSICIAN, "2028-02-29/2029-02-28", 1, "1.00", "484.00"),
    Case("fifteen months for twelve", LATE_JOINED, "2026-10-02", PHYSICIAN, "2026-10-02/2027-10-01", 456, "245.00",
         "240.00"),
    Case("a part of a year", PART_YEAR, "2026-07-02", PHYSICIAN, "2026-07-02/2027-07-01", 183, "122.50", "362.50"),
    Case("a part of a year, later", PART_YEAR, "2026-12-01", PHYSICIAN, "2026-12-01/2027-11-30", 31, "20.81",
         "464.19"),
    Case("down: the rest is worth more", EXPENSIVE, "2026-02-01", PHYSICIAN, "", 0, "", ""),
    Case("down, near the end", EXPENSIVE, "2026-12-01", PHYSICIAN, "2026-12-01/2027-11-30", 31, "76.44", "408.56"),
    Case("to a free one, with a rest", CLINICIAN, "2026-07-02", TermRule(), "", 0, "", ""),
    Case("free to free", RESIDENT, "2026-07-02", TermRule(), "2026-07-02/2027-07-01", 183, "0.00", "0.00"),
    Case("a term of one day", ONE_DAY, "2026-06-01", PHYSICIAN, "", 0, "", ""),
    Case("a month", MONTHLY, "2026-06-16", PHYSICIAN, "2026-06-16/2027-06-15", 15, "15.00", "470.00"),
    Case("to the end of a fixed year", CLINICIAN, "2026-07-02", FIXED, "2026-07-02/2026-12-31", 183, "122.84",
         "357.16"),
    Case("by whole months of it", CLINICIAN, "2026-07-02", PARTS, "2026-07-02/2026-12-31", 183, "122.84", "77.16"),
    Case("the clock goes forward", CLINICIAN, "2026-03-08", PHYSICIAN, "2026-03-08/2027-03-07", 299, "200.70",
         "284.30"),
    Case("the clock goes back", CLINICIAN, "2026-11-01", PHYSICIAN, "2026-11-01/2027-10-31", 61, "40.95", "444.05"),
]  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.why)
def test_what_a_change_costs(case):
    step = step_now(case.held, D(case.on), case.rule)
    if not case.days:
        assert step is None
        return
    found = f"{step.period.starts_on}/{step.period.ends_on}"
    assert (found, step.days, step.credit, step.price) == (
        case.days, case.left, Decimal(case.credit), Decimal(case.price),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "last_day", "on", "steps"),
    [
        (None, "2026-12-31", "2026-06-01", False),
        ("2026-12-31", "2026-12-31", "2026-06-01", True),
        ("2027-01-01", "2026-12-31", "2026-06-01", False),  # still in training on the first day
        ("2027-01-01", "2026-12-31", "2027-02-01", True),  # lapsed: the next term begins today
        ("2027-02-01", "2026-12-31", "2027-02-01", False),
        ("2020-06-30", "2026-12-31", "2026-06-01", True),
    ],
)
def test_when_training_leads_on(ends, last_day, on, steps):
    assert steps_up(ends and D(ends), D(last_day), D(on)) is steps


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
SUMS = st.decimals(0, 2000, places=2)


@given(DAYS, st.integers(1, 24), st.integers(-40, 800), SUMS, SUMS, SUMS)
def test_nothing_is_lost_or_given_away(starts, months, after, dues, paid, new_dues):
    """The credit lies between nothing and what was paid; the price and the credit make the dues; no day is paid twice,
    and none is without a term.
    """
    old = Held(starts, term_end(starts, months), dues, months, paid)
    on = starts + timedelta(days=after)
    step = step_now(old, on, TermRule(dues=new_dues))
    if step is None:
        first = max(on, starts + timedelta(days=1))
        assert not starts <= on <= old.ends_on or first > old.ends_on or worth_of(old, first) > new_dues
        return
    assert 0 <= step.credit <= min(dues, paid)
    assert step.price + step.credit == new_dues
    assert step.price >= 0
    assert old.starts_on <= step.old_ends_on < old.ends_on
    assert step.old_ends_on + timedelta(days=1) == step.period.starts_on
    assert step.days == (old.ends_on - step.old_ends_on).days


@given(DAYS, SUMS, st.integers(0, 363))
def test_each_day_that_passes_lowers_the_worth(starts, dues, after):
    old = Held(starts, term_end(starts, 12), dues, 12, dues)
    first = starts + timedelta(days=after)
    assert worth_of(old, first) >= worth_of(old, first + timedelta(days=1))
    assert worth_of(old, starts) == dues
    assert worth_of(old, old.ends_on + timedelta(days=1)) == 0
    assert days_left(old, old.ends_on) == 1
