"""Numbers about members that name nobody, and the blocks that show them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aapm_site.accounts.models import Profession, Specialty
from aapm_site.core import positions
from membership.models import CareerStage
from membership.queries import statistics
from membership.regions import CHOICES, REGION_OF

from .factories import day, make_member, make_plan, make_user


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, []),
        ({"A": 10, "B": 5}, [("A", 10), ("B", 5)]),
        ({"A": 10, "B": 6, "C": 3, "D": 2}, [("A", 10), ("B", 6), ("Other groups", 5)]),
        # One small group alone could be told by subtraction: the next one joins it.
        ({"A": 10, "B": 6, "C": 4}, [("A", 10), ("Other groups", 10)]),
        ({"A": 10, "B": 1, "C": 1}, [("Other groups", 12)]),
        ({"A": 4}, []),
        ({"A": 2, "B": 2}, []),
        ({"A": 5, None: 3, "": 2}, [("A", 5)]),
    ],
)
def test_small_groups_are_never_shown(values, shown):
    assert statistics.rows(name for name, number in values.items() for _ in range(number)) == shown


@given(st.lists(st.sampled_from("ABCDEFG"), max_size=120))
def test_no_row_is_small_and_nobody_is_lost_or_found(values):
    rows = statistics.rows(values)

    assert all(number >= statistics.FEWEST for _, number in rows)
    assert sum(number for _, number in rows) in {0, len(values)}
    hidden = set(values) - {name for name, _ in rows}
    assert not rows or len(hidden) != 1


def test_every_state_has_a_region():
    assert {code for code, _ in CHOICES} == set(REGION_OF)
    assert len(CHOICES) == 57  # fifty states, the District, five territories, and abroad


@pytest.mark.django_db
class TestCharts:
    @pytest.fixture
    def members(self):
        plan = make_plan()
        physician, nurse = Profession.objects.get(slug="physician"), Profession.objects.get(slug="nurse")
        neurology = Specialty.objects.get(slug="neurology")
        stages = CareerStage.objects.in_bulk(field_name="slug")
        for number in range(12):
            user = make_user(profession=physician if number < 7 else nurse, specialty=neurology)
            stage = stages["late-career"] if number < 7 else stages["early-career"]
            make_member((-10, 100), plan=plan, user=user, career_stage=stage, state_code="ME" if number < 6 else "XX")
        lapsed = make_user(profession=nurse)
        make_member((-900, -400), plan=plan, user=lapsed)

    def test_charts_count_todays_members_in_one_query(self, members, django_assert_num_queries):
        with django_assert_num_queries(1):
            charts = {chart.slug: chart.rows for chart in statistics.charts(day(0))}

        assert charts == {
            "specialty": (("Neurology", 12),),
            "profession": (("Physician", 7), ("Nurse", 5)),
            # in the order of a career, not of size
            "career-stage": (("Early career (first seven years)", 5), ("Late career (more than 20 years)", 7)),
            "region": (("Northeast", 6), ("Outside the United States", 6)),
        }

    def test_the_position_draws_them_with_a_table_and_lasts_until_midnight(self, members, rf):
        request = rf.get("/")

        shown = positions.render("member-statistics", request)

        assert shown.count('role="img"') == 4
        for by in ("primary specialty", "profession", "career stage", "region"):
            assert f"Members by {by}" in shown
        assert shown.count("<table") == 4
        assert "Groups of fewer than 5 people are shown together." in shown
        assert request.__dict__["page_expires_at"].date() in {day(0), day(1)}

    def test_without_members_it_says_why_there_is_nothing(self, rf):
        assert "too few members" in positions.render("member-statistics", rf.get("/"))

    def test_the_categories_as_a_position(self, rf):
        make_plan(name="Physician", dues=485, sample=True, term_months=12)
        make_plan(name="Honorary", dues=0, joinable=False, term_months=60)

        shown = positions.render("categories", rf.get("/"))

        assert re.findall(r"<h3>([^<]+)</h3>", shown) == ["Honorary", "Physician"]
        assert "$485" in shown
        assert "Sample dues" in shown
        assert 'href="/membership/join/"' in shown
