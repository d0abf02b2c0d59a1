"""The finder: rows become pages, each answer is a link, and whatever stands in the address leads somewhere."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aapm_site.core.starter import load_kind
from membership.finding import AskedAnswer, AskedQuestion, leads_in_a_circle, walk
from membership.models import FinderAnswer, FinderQuestion, Plan
from membership.presenters.finder import suggested
from membership.starter import FINDER, PLANS, rows

from .factories import make_plan

pytestmark = pytest.mark.django_db
FIND = "/membership/join/find/"


def answer(key: int, plan: int | None = None, leads_to: int | None = None) -> AskedAnswer:
    return AskedAnswer(key, f"answer {key}", plan, leads_to, "")


WHERE = AskedQuestion(1, "Where?", "", (answer(11, leads_to=2), answer(12, plan=7)))
STAGE = AskedQuestion(2, "Stage?", "", (answer(21, plan=8), answer(22, leads_to=1), answer(23, leads_to=99)))


@pytest.mark.parametrize(
    ("chosen", "asked", "found", "is_cut"),
    [
        ([], WHERE, None, False),
        ([11], STAGE, None, False),
        ([12], None, 12, False),
        ([11, 21], None, 21, False),
        ([11, 22], None, None, False),  # back to what was asked already
        ([11, 23], None, None, False),  # to a question that is gone
        ([21], WHERE, None, True),  # an answer to another question
        ([11, 99], STAGE, None, True),
        ([12, 11], None, 12, True),  # more than was asked
        ([11, 23, 5], None, None, True),
    ],
)
def test_the_way_through_the_questions(chosen, asked, found, is_cut):
    way = walk((WHERE, STAGE), chosen)
    assert (way.question, way.found and way.found.key, way.is_cut) == (asked, found, is_cut)


def test_without_questions_there_is_no_way():
    assert walk((), [1]).question is walk((), []).question is None


@pytest.mark.parametrize(
    ("leads", "circles"),
    [({}, False), ({1: {2}, 2: {3}}, False), ({1: {2, 3}, 2: {3}}, False), ({1: {2}, 2: {1}}, True), ({1: {1}}, True)],
)
def test_circles_are_seen(leads, circles):
    assert leads_in_a_circle(leads) is circles


@pytest.fixture
def shipped(db):
    """The categories as staff have opened them, and the questions that are shipped."""
    load_kind(PLANS)
    load_kind(FINDER)
    invited = {row["slug"] for row in rows() if row.get("invited")}
    Plan.objects.exclude(slug__in=invited).update(joinable=True)


def follow(client, *texts: str):
    """The page after pressing these answers, one after another."""
    page = client.get(FIND)
    for text in texts:
        url = next(url for said, url in page.context["choices"] if text in said)
        page = client.get(url)
    return page


def test_a_resident_finds_the_category_in_two_presses(client, shipped):
    page = follow(client, "In the United States", "residency or a fellowship")
    plan = Plan.objects.get(slug="resident-or-fellow")

    for words in (
        "Resident or fellow",
        "free to the last day of your training",
        ">Nothing<",
        "A letter or e-mail from",
    ):
        assert words in page.text
    assert reverse("membership:application-create", args=[plan.slug]) in page.text
    change = page.context["taken"][1].url
    assert "In the United States or Canada" in client.get(change).text
    assert client.get(change).context["question"].text == "Where do you stand?"


def test_every_shipped_answer_leads_to_a_category_that_people_can_apply_for(shipped):
    answers = FinderAnswer.objects.select_related("plan")
    assert answers.count() == 11
    assert all(one.plan.joinable and one.reason for one in answers if one.plan)
    found = {one.plan.slug for one in answers if one.plan}
    assert found == set(Plan.objects.filter(joinable=True).values_list("slug", flat=True))


def test_loading_again_changes_nothing_and_keeps_what_staff_wrote(shipped):
    FinderAnswer.objects.filter(text="Somewhere else").update(text="Abroad")
    report = load_kind(FINDER)
    assert (len(report.same), len(report.changed)) == (3, 1)
    assert FinderAnswer.objects.filter(text="Abroad").exists()
    assert FinderAnswer.objects.count() == 11


@pytest.mark.parametrize("query", ["?a=x", "?a=1;2", "?a=-", "?a=%00", "?a=" + "1-" * 200, "?a=999999999", "?a=٣"])
def test_whatever_stands_in_the_address_begins_anew_and_says_so(client, shipped, query):
    page = client.get(FIND + query)
    assert page.status_code == 200
    assert page.context["question"].text == "Where do you work or study?"
    assert "The questions have changed." in page.text


def test_a_category_that_is_not_shown_is_not_suggested(client, shipped):
    Plan.objects.update(joinable=False, sample=True)
    page = follow(client, "Somewhere else")
    assert "International" not in page.text
    assert "Ask us" in page.text


def test_the_sum_today_is_that_of_the_months_that_are_left():
    step = Plan.objects.get(pk=make_plan(name="Physician", dues=485).pk)
    plan = Plan.objects.get(pk=make_plan(dues=120, year_begins=1, is_prorated=True, steps_up_to=step).pk)
    said = suggested(plan, "It fits.", date(2026, 10, 5))
    assert said.sum_today.startswith("$20")
    assert "until Dec 31, 2026" in said.days
    assert "a full year costs $120" in said.days
    assert said.then.startswith("Physician ($485 a year)")
    assert plan.term_rule.dues == Decimal(120)


@pytest.mark.parametrize("leads", [{}, {"both": True}])
def test_an_answer_leads_to_one_thing(leads):
    question, plan = FinderQuestion.objects.create(slug="a", text="A?"), make_plan()
    other = FinderQuestion.objects.create(slug="b", text="B?")
    ends = {"plan": plan, "leads_to": other} if leads else {}
    with pytest.raises(IntegrityError, match="leads_somewhere"), transaction.atomic():
        FinderAnswer.objects.create(question=question, text="Yes", **ends)


def test_staff_cannot_send_people_in_a_circle(desk):
    one, two = (FinderQuestion.objects.create(slug=slug, text=f"{slug}?") for slug in "ab")
    FinderAnswer.objects.create(question=one, text="On", leads_to=two)
    data = {
        "text": "b?", "note": "", "slug": "b", "order": "20",
        "answers-TOTAL_FORMS": "1", "answers-INITIAL_FORMS": "0",
        "answers-0-text": "Back", "answers-0-leads_to": str(one.pk), "answers-0-plan": "", "answers-0-order": "10",
    }  # fmt: skip
    address = reverse("admin:membership_finderquestion_change", args=[two.pk])

    assert "lead in a circle" in desk.post(address, data).text
    assert FinderAnswer.objects.count() == 1
    plan = make_plan()
    desk.post(address, {**data, "answers-0-leads_to": "", "answers-0-plan": str(plan.pk)})
    assert FinderAnswer.objects.filter(question=two, plan=plan).exists()
