"""The figures of the reports about members, held to a plain reckoning in Python over members drawn by chance."""

from collections import Counter
from datetime import date, timedelta

import pytest

from aapm_site.core.periods import ReportPeriod, months_before
from membership.models import PastTerm
from membership.queries import reports
from membership.rules import standing_on
from membership.states import MembershipStatus

from .by_chance import DrawnMember, draw_members
from .factories import day

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def is_member(one: DrawnMember, on: date) -> bool:
    return (one.closed_on is None or on < one.closed_on) and standing_on(one.terms, on).is_current


def has_term(one: DrawnMember, on: date) -> bool:
    return is_member(one, on) and standing_on(one.terms, on).status == MembershipStatus.ACTIVE


def counted(one: DrawnMember) -> list:
    """The terms that count, in their order: not void, and begun before the membership was closed."""
    valid = [term for term in one.terms if not term.is_void]
    return [term for term in valid if one.closed_on is None or term.starts_on < one.closed_on]


@pytest.mark.parametrize("seed", [3, 4])
def test_members_on_any_day_by_category_state_and_stage(seed):
    people = draw_members(seed, 90)
    for offset in (-1_500, -800, -365, -1, 0, 300):
        on = day(offset)
        found = reports.members_on(on)
        current = [one for one in people if is_member(one, on)]
        standings = [standing_on(one.terms, on) for one in current]

        assert found.whole.members == len(current)
        assert found.whole.grace == sum(one.status == "grace" for one in standings)
        for rows, names in (
            (found.categories, [one.term.plan.name for one in standings]),
            (found.states, [one.state for one in current]),
            (found.stages, [one.stage.name if one.stage else "" for one in current]),
            (found.specialties, ["" for _ in current]),
        ):
            assert {row.name: row.members for row in rows} == Counter(names)


@pytest.mark.parametrize("seed", [5, 6])
def test_what_happened_in_each_month_agrees_with_every_day_of_it(seed):
    """A day is looked at and the one before it: whoever was not a member and is one joined or came back."""
    people = draw_members(seed, 60)
    period = ReportPeriod(months_before(day(0), 20), day(0))
    found = reports.movements(period)
    assert sum(one.joined + one.returned + one.lapsed for one in found) > 30
    for month, said in zip(period.months, found, strict=True):
        days = [month.first + timedelta(days=number) for number in range((month.last - month.first).days + 1)]
        happened = Counter()
        for one in people:
            first = min((term.starts_on for term in counted(one)), default=None)
            starts = {term.starts_on for term in counted(one)}
            for on in days:
                before, now = is_member(one, on - A_DAY), is_member(one, on)
                if now and not before:
                    happened["joined" if on == first else "returned"] += 1
                if before and not now:
                    happened["closed" if one.closed_on == on else "lapsed"] += 1
                if before and now and on in starts:
                    happened["renewed"] += 1
        expected = reports.MonthOfMembers(
            **{name: happened[name] for name in ("joined", "renewed", "returned", "lapsed", "closed")},
            members=sum(is_member(one, month.last) for one in people),
        )
        assert said == expected, month


@pytest.mark.parametrize("seed", [7, 8])
def test_retention_agrees_with_a_plain_reckoning(seed):
    people = draw_members(seed, 150)
    for on in (day(0), day(-500)):
        expected = {}
        for one in people:
            starts = [term.starts_on for term in counted(one) if term.starts_on <= on]
            if not starts:
                continue
            first = min(starts)
            sizes = expected.setdefault(first.year, Counter())
            sizes["joined"] += 1
            for years in range(1, reports.LONGEST + 1):
                if date(first.year + years, 12, 31) <= on:
                    sizes[years] += has_term(one, years_later(first, years))
        found = reports.retention(on)
        assert [one.year for one in found] == sorted(expected)
        for cohort in found:
            sizes = expected[cohort.year]
            assert cohort.joined == sizes["joined"]
            assert list(cohort.kept) == [
                sizes[years] for years in range(1, 11) if date(cohort.year + years, 12, 31) <= on
            ], cohort.year


def years_later(first: date, years: int) -> date:
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 2, 28)


def test_somebody_who_joined_on_the_leap_day_is_asked_for_the_day_before():
    (one,) = draw_members(9, 1)
    PastTerm.objects.create(
        plan=one.terms[0].plan if one.terms else draw_members(10, 1)[0].terms[0].plan,
        starts_on=date(2016, 2, 29), ends_on=date(2017, 2, 28), grace_days=0, source="paid",
    )  # fmt: skip
    cohort = next(one for one in reports.retention(date(2018, 12, 31)) if one.year == 2016)
    assert (cohort.joined, list(cohort.kept)) == (1, [1, 0])
