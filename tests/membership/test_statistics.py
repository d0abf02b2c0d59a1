"""Numbers about members that name nobody, and the blocks that show them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aapm_site.accounts.domain.privacy import erase_person
from aapm_site.accounts.models import Profession, Specialty
from aapm_site.core import positions
from aapm_site.core.periods import ReportPeriod
from membership.models import CareerStage, MemberFilter, Membership
from membership.presenters.statistics import reach_words
from membership.queries import member_lists, reports, statistics
from membership.regions import CHOICES, REGION_OF
from tests.house.source import ROOT

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


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (0, "Pain physicians and members"), (50, "Pain physicians and members"), (51, "More than 50 pain physicians"),
        (101, "More than 100 pain physicians"), (2_000, "More than 1,000 pain physicians"),
        (2_001, "More than 2,000 pain physicians"), (2_999, "More than 2,000 pain physicians"),
        (12_345, "More than 10,000 pain physicians"),
    ],
)  # fmt: skip
def test_how_many_are_reached_is_said_by_the_first_digit(members, words):
    assert reach_words(members).startswith(words)


def test_no_page_says_a_number_of_its_own():
    """Templates and starter texts ask the position instead."""
    said = re.compile(r"more than [\d,]+ (?:pain )?(?:physicians|members|people)", re.IGNORECASE)
    files = [path for part in ("templates", "content/starter", "content/demo") for path in (ROOT / part).rglob("*.*")]
    assert len(files) > 300
    assert [str(path) for path in files if said.search(path.read_text(errors="ignore"))] == []


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
            found = statistics.statistics_of(day(0))
        charts = {chart.slug: chart.rows for chart in found.charts}
        assert found.members == 12

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
        assert "groups of fewer than 5 people" in shown
        assert request.__dict__["page_expires_at"].date() in {day(0), day(1)}

    def test_every_count_of_members_is_the_same(self, members, rf, client):
        """The sentence, the charts, the reports, a list of all and the pages agree, a forgotten member among them."""
        erase_person(Membership.objects.filter(state_code="ME").first().user)
        request, number = rf.get("/"), 11

        assert positions.render("member-count", request) == reach_words(number)
        assert f"{number} members on" in positions.render("member-statistics", request)
        assert reports.members_on(day(0)).whole.members == number
        assert reports.members_on(day(-1)).whole.members == number + 1
        assert reports.movements(ReportPeriod(day(0), day(0)))[0].members == number
        assert member_lists.members_of(MemberFilter(statuses=["active", "grace"], pk=0)).count() == number
        page = client.get("/career-center/specialties/").text
        assert reach_words(number) in page
        assert f"{number} members on" in page
        assert reach_words(number) in client.get("/career-center/rates/").text

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
