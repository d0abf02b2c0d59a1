"""The rules of automatic renewal as tables: what is next on which day, and whose membership goes on by itself."""

from datetime import date
from decimal import Decimal

import pytest

from membership.automatic import Announced, RenewalAct, RenewalTerm, act_on, charge_day, is_renewable, next_act

END = date(2028, 2, 29)
ANNOUNCE, REMIND, CHARGE, GIVE_UP = RenewalAct


def told(on: date, again: date | None = None, *, price: str = "100", plan: int = 1) -> Announced:
    return Announced(plan, Decimal(price), on, again)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, (ANNOUNCE, date(2028, 2, 15))),
        (told(date(2028, 2, 15)), (REMIND, date(2028, 2, 26))),
        (told(date(2028, 2, 15), date(2028, 2, 26)), (CHARGE, END)),
        (told(date(2028, 2, 25)), (REMIND, date(2028, 2, 26))),
        (told(date(2028, 2, 26)), (CHARGE, END)),
        (told(date(2028, 2, 28)), (CHARGE, date(2028, 3, 2))),
        (told(date(2028, 2, 15), date(2028, 2, 29)), (CHARGE, date(2028, 3, 3))),
        (told(date(2028, 3, 5)), (CHARGE, date(2028, 3, 8))),
        (told(date(2028, 2, 15), price="99.99"), (ANNOUNCE, date(2028, 2, 15))),
        (told(date(2028, 2, 26), date(2028, 2, 28), price="99"), (ANNOUNCE, date(2028, 2, 26))),
        (told(date(2028, 2, 15), date(2028, 2, 26), price="120"), (CHARGE, END)),
        (told(date(2028, 2, 15), date(2028, 2, 26), plan=2), (ANNOUNCE, date(2028, 2, 15))),
        (told(date(2028, 2, 15), date(2028, 2, 26), price="120", plan=2), (ANNOUNCE, date(2028, 2, 15))),
    ],
)
def test_what_is_next(said, expected):
    assert next_act(END, 1, Decimal(100), said) == expected


@pytest.mark.parametrize(("today", "is_over"), [(date(2028, 3, 30), False), (date(2028, 3, 31), True)])
@pytest.mark.parametrize("said", [None, told(date(2028, 2, 15)), told(date(2028, 2, 15), date(2028, 2, 26))])
def test_a_month_after_the_end_it_is_given_up(today, is_over, said):
    assert (act_on(today, END, 1, Decimal(100), said)[0] is GIVE_UP) is is_over


def test_three_days_are_always_left():
    for told_on in (date(2028, 1, 1), date(2028, 2, 26), date(2028, 2, 27), date(2028, 3, 9)):
        assert (charge_day(END, told_on) - told_on).days >= 3
        assert charge_day(END, told_on) >= END


def term(year: int, **more: object) -> RenewalTerm:
    return RenewalTerm(date(year, 3, 1), date(year + 1, 2, 28), **{"source": "paid", **more})  # type: ignore[arg-type]  # a table


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([], False),
        ([term(2026)], True),
        ([term(2026, source="given")], True),
        ([term(2026, source="imported")], True),
        ([term(2026, source="honorary")], False),
        ([term(2026, source="bundle")], False),
        ([term(2025, source="honorary"), term(2026)], True),
        ([term(2026, is_cut=True)], False),
        ([term(2026, is_void=True)], False),
        ([term(2026), term(2027, is_void=True)], False),
        ([term(2025, is_void=True), term(2026)], True),
        ([term(2025, is_cut=True), term(2026)], True),
    ],
)
def test_who_goes_on_by_themselves(terms, expected):
    assert is_renewable(terms) is expected
    assert is_renewable(terms[::-1]) is expected
