"""The rules of resigning and pausing as tables: days and terms, without a database."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from membership.leaving import (
    LONGEST_PAUSE,
    SHORTEST_PAUSE,
    Fate,
    PauseAnswer,
    PauseAsked,
    PauseReason,
    When,
    answer_to,
    back_early,
    last_day,
    left_by,
    paused,
)
from membership.rules import term_end

TODAY = date(2026, 11, 29)


@dataclass(frozen=True)
class Span:
    """A term in days from today."""

    first: int
    last: int
    grace_days: int = 60
    is_void: bool = False

    @property
    def starts_on(self) -> date:
        return on(self.first)

    @property
    def ends_on(self) -> date:
        return on(self.last)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


# Resigning: terms, from when, the last day, what becomes of each ------------------------------------------------------
RUNS, ENDS_TODAY, GRACE, OVER = Span(-300, 64), Span(-364, 0), Span(-400, -10), Span(-500, -100)
AHEAD, LATER, TAKEN_BACK = Span(65, 429), Span(100, 464), Span(65, 429, is_void=True)
RESIGNED = [
    ([RUNS], When.END, 64, [(RUNS, Fate.GRACE, 0)]),
    ([RUNS], When.NOW, 0, [(RUNS, Fate.CUT, 0)]),
    ([ENDS_TODAY], When.END, 0, [(ENDS_TODAY, Fate.GRACE, 0)]),
    ([ENDS_TODAY], When.NOW, 0, [(ENDS_TODAY, Fate.GRACE, 0)]),
    ([RUNS, AHEAD], When.END, 429, [(AHEAD, Fate.GRACE, 0)]),
    ([RUNS, AHEAD], When.NOW, 0, [(AHEAD, Fate.VOID, 0), (RUNS, Fate.CUT, 0)]),
    ([RUNS, TAKEN_BACK], When.END, 64, [(RUNS, Fate.GRACE, 0)]),
    ([GRACE], When.END, 0, [(GRACE, Fate.GRACE, 10)]),
    ([GRACE], When.NOW, 0, [(GRACE, Fate.GRACE, 10)]),
    ([GRACE, LATER], When.END, 464, [(LATER, Fate.GRACE, 0)]),
    ([GRACE, LATER], When.NOW, 0, [(LATER, Fate.VOID, 0), (GRACE, Fate.GRACE, 10)]),
    ([LATER], When.NOW, 0, [(LATER, Fate.VOID, 0)]),
    ([LATER], When.END, 464, [(LATER, Fate.GRACE, 0)]),
    ([OVER, LATER], When.NOW, 0, [(LATER, Fate.VOID, 0), (OVER, Fate.GRACE, 100)]),
    ([OVER], When.NOW, None, []),
    ([OVER], When.END, None, []),
    ([TAKEN_BACK], When.NOW, None, []),
    ([], When.END, None, []),
]


@pytest.mark.parametrize(("terms", "when", "last", "changes"), RESIGNED)
def test_what_a_resignation_does(terms, when, last, changes):
    found = last_day(terms, TODAY, when)
    assert found == (on(last) if last is not None else None)
    if found:
        assert [(one.term, one.fate, one.grace_days) for one in left_by(terms, found)] == changes


# Pausing: who decides -------------------------------------------------------------------------------------------------
RULE, STAFF, NO = PauseAnswer.BY_RULE, PauseAnswer.BY_STAFF, PauseAnswer.NO
ASKED = [
    ({}, RULE),
    ({"reason": PauseReason.ILLNESS}, RULE),
    ({"reason": PauseReason.SERVICE}, RULE),
    ({"reason": PauseReason.OTHER}, STAFF),
    ({"first": -1}, NO),
    ({"first": 90}, RULE),
    ({"first": 91}, NO),
    ({"days": SHORTEST_PAUSE - 1}, NO),
    ({"days": SHORTEST_PAUSE}, RULE),
    ({"days": LONGEST_PAUSE}, RULE),
    ({"days": LONGEST_PAUSE + 1}, NO),
    ({"days": -5}, NO),
    ({"term": None}, NO),
    ({"source": "paid"}, RULE),
    ({"source": "given"}, RULE),
    ({"source": "honorary"}, STAFF),
    ({"source": "bundle"}, STAFF),
    ({"has_fixed_year": True}, STAFF),
    ({"last_pause_ended": on(-729)}, STAFF),
    ({"last_pause_ended": on(-730)}, RULE),
    ({"is_paused": True}, NO),
    ({"has_resigned": True}, NO),
    ({"reason": PauseReason.OTHER, "term": None}, NO),  # staff are not asked for what cannot be
    ({"has_fixed_year": True, "days": 400}, NO),
]


@pytest.mark.parametrize(("changes", "answer"), ASKED)
def test_who_decides_on_a_pause(changes, answer):
    asked = {"reason": PauseReason.PARENTAL, "term": RUNS, "source": "paid", **changes}
    first, days = asked.pop("first", 0), asked.pop("days", 180)
    found = answer_to(PauseAsked(starts_on=on(first), back_on=on(first + days), **asked), TODAY)
    assert found.answer == answer
    assert bool(found.why) == (answer != RULE)


def test_a_year_is_never_too_long():
    for first in (date(2027, 2, 28), date(2028, 2, 29), date(2027, 3, 1)):
        assert (term_end(first, 12) - first).days + 1 <= LONGEST_PAUSE


# Pausing: what becomes of the terms -----------------------------------------------------------------------------------
MOVES = [
    ([RUNS], 10, 110, [((-300, 9), (110, 164))]),
    ([RUNS], 0, 30, [((-300, -1), (30, 94))]),
    ([RUNS], 64, 164, [((-300, 63), (164, 164))]),  # one day is left, and is kept
    ([RUNS, AHEAD], 10, 110, [((165, 529), None), ((-300, 9), (110, 164))]),
    ([Span(0, 364)], 0, 100, [((100, 464), None)]),
    ([RUNS, TAKEN_BACK], 10, 110, [((-300, 9), (110, 164))]),
    ([OVER, RUNS], 10, 110, [((-300, 9), (110, 164))]),
]


def days_of(moved) -> list:
    return [
        (
            ((one.starts_on - TODAY).days, (one.ends_on - TODAY).days),
            tuple((day - TODAY).days for day in one.rest) if one.rest else None,
        )
        for one in moved
    ]


@pytest.mark.parametrize(("terms", "first", "back", "moved"), MOVES)
def test_a_pause_keeps_every_day(terms, first, back, moved):
    found = paused(terms, on(first), on(back))
    assert days_of(found) == moved
    before = sum(term.last - term.first + 1 for term in terms if not term.is_void and term.last >= first)
    after = sum(
        last - start + 1 for whole, rest in days_of(found) for start, last in [whole, *([rest] if rest else [])]
    )
    assert after == before


@pytest.mark.parametrize("on_day", [11, 60, 109])
def test_whoever_is_back_early_has_as_many_days_left(on_day):
    after = [Span(-300, 9), Span(110, 164), Span(165, 529)]
    assert days_of(back_early(after, on(110), on(on_day))) == [
        ((on_day, on_day + 54), None),
        ((on_day + 55, on_day + 419), None),
    ]
