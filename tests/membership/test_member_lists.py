"""Saved lists of members: who is on one, whose it is, and its export as a file with a record."""

import pytest
from django.db import connection
from django.urls import reverse

from aapm_site.accounts.models import Specialty
from membership.models import CareerStage, Group, GroupMember, MemberExport, MemberFilter, Membership
from membership.queries import member_lists, standings
from membership.queries.member_exports import HEAD, exported_rows
from membership.rules import standing_on
from tests.factories import staff_client

from .by_chance import draw_members
from .factories import day, make_member, make_plan, make_user

STAFF = "Membership staff"
LIST = "/admin/membership/membership/"
EXPORT = "/admin/membership/membership/export/"


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.django_db
def test_the_statement_says_of_everybody_what_the_rule_says(seed):
    drawn = {one.membership.pk: one for one in draw_members(seed, 120) if one.membership}
    for offset in (-1_200, -700, -365, -61, 0, 200, 800):
        on = day(offset)
        with connection.cursor() as cursor:
            cursor.execute(standings.STANDINGS, standings.asked(on))
            said = {member: (status, plan, ends_on) for member, status, plan, ends_on, _ in cursor.fetchall()}
        assert said.keys() == drawn.keys()
        for key, one in drawn.items():
            is_closed = one.closed_on is not None and one.closed_on <= on
            rule = standing_on(one.terms, on)
            expected = (rule.term.plan.pk, rule.term.ends_on) if rule.term else (None, None)
            assert said[key] == ("closed" if is_closed else rule.status, *expected), (offset, one)


@pytest.fixture
def people(db):
    """Five members by name, each of whom differs from the first in one thing."""
    plan, other = make_plan(name="Physician"), make_plan(name="Retired")
    stage = CareerStage.objects.get(slug="mid-career")
    neurology = Specialty.objects.get(slug="neurology")
    group = Group.objects.create(name="Rural", slug="rural")
    made = {}
    for name, span, changed in (
        ("same", (-300, 20), {}),
        ("lapsed", (-600, -200), {}),
        ("retired", (-300, 20), {"plan": other}),
        ("elsewhere", (-300, 20), {"state_code": "TX"}),
        ("later", (-300, 200), {}),
    ):
        given_fields = {"plan": plan, "state_code": "ME", "career_stage": stage, **changed}
        user = make_user(first_name=name, specialty=neurology)
        made[name] = make_member(span, user=user, **given_fields).membership
        GroupMember.objects.create(group=group, membership=made[name])
    return made


def on_list(people, **conditions) -> set[str]:
    several = {
        name: conditions.pop(name) for name in ("plans", "career_stages", "specialties", "groups") if name in conditions
    }
    saved = MemberFilter.objects.create(name="A list", **conditions)
    for name, rows in several.items():
        getattr(saved, name).set(rows)
    names = {one.pk: name for name, one in people.items()}
    return {names[key] for key in member_lists.members_of(saved).values_list("pk", flat=True)}


ALL = {"same", "lapsed", "retired", "elsewhere", "later"}


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({}, ALL),
        ({"statuses": ["active", "grace"]}, ALL - {"lapsed"}),
        ({"statuses": ["lapsed"]}, {"lapsed"}),
        ({"state_codes": ["ME"]}, ALL - {"elsewhere"}),
        ({"state_codes": ["ME", "TX"], "statuses": ["active"]}, ALL - {"lapsed"}),
        ({"ends_within": 20}, {"same", "retired", "elsewhere"}),
        ({"ends_within": 19}, set()),
    ],
)
def test_each_condition_that_is_set_narrows_the_list(people, conditions, found):
    assert on_list(people, **conditions) == found


def test_rows_that_are_chosen_narrow_it_too(people):
    same = people["same"]
    assert on_list(people, plans=[same.terms.get().plan]) == ALL - {"retired"}
    MemberFilter.objects.all().delete()
    assert on_list(people, career_stages=[same.career_stage]) == ALL
    MemberFilter.objects.all().delete()
    GroupMember.objects.filter(membership=people["later"]).delete()
    assert on_list(people, groups=[Group.objects.get()]) == ALL - {"later"}
    MemberFilter.objects.all().delete()
    same.user.specialty = None
    same.user.save()
    assert on_list(people, specialties=[Specialty.objects.get(slug="neurology")]) == ALL - {"same"}
    MemberFilter.objects.all().delete()
    assert on_list(people, joined_from=day(-300), joined_to=day(-300)) == ALL - {"lapsed"}


def test_a_list_is_said_in_words(people):
    saved = MemberFilter.objects.create(name="x", statuses=["lapsed", "grace"], state_codes=["ME"], ends_within=30)
    saved.plans.set([people["retired"].terms.get().plan])

    assert member_lists.list_words(saved) == (
        "standing: Lapsed or In grace; category: Retired; state: Maine; ends within 30 days"
    )
    assert member_lists.list_words(MemberFilter.objects.create(name="y")) == "every member"


def test_the_filter_of_the_list_keeps_its_conditions_for_a_saved_one(people):
    staff = staff_client(STAFF)
    plan = people["same"].terms.get().plan
    page = staff.get(LIST, {"standing": "current", "terms__plan__id__exact": plan.pk, "state_code__exact": "ME"})
    way = page.text.split("memberfilter/add/?", 1)[1].split('"', 1)[0].replace("&amp;", "&")

    form = staff.get(f"/admin/membership/memberfilter/add/?{way}").context["adminform"].form
    assert form["statuses"].value() == ["active", "grace"]
    assert form["plans"].value() == [str(plan.pk)]
    assert form["state_codes"].value() == ["ME"]

    done = staff.post(
        "/admin/membership/memberfilter/add/",
        {"name": "Physicians, Maine", "statuses": ["active", "grace"], "plans": [plan.pk], "state_codes": ["ME"]},
    )
    assert done.status_code == 302
    saved = MemberFilter.objects.get()
    assert (saved.owner, saved.is_shared) == (staff.user, False)
    shown = staff.get(LIST, {"list": saved.pk})
    assert {one.user.first_name for one in shown.context["cl"].result_list} == {"same", "later"}


def test_one_name_is_one_list_of_a_person_and_a_colleague_may_use_it_too(db):
    mine, other = staff_client(STAFF), staff_client(STAFF)
    for client, status in ((mine, 302), (mine, 200), (other, 302)):
        answer = client.post("/admin/membership/memberfilter/add/", {"name": "West"})
        assert answer.status_code == status
    assert MemberFilter.objects.count() == 2


def test_a_list_of_ones_own_is_nobody_elses_and_a_shared_one_is(people):
    mine, other = staff_client(STAFF), staff_client(STAFF)
    own = MemberFilter.objects.create(name="Mine", owner=mine.user, statuses=["lapsed"])
    shared = MemberFilter.objects.create(name="Ours", owner=mine.user, is_shared=True)

    assert set(MemberFilter.objects.for_user(other.user)) == {shared}
    assert other.get(reverse("admin:membership_memberfilter_change", args=[own.pk])).status_code == 302  # not found
    assert "Mine" not in other.get(LIST).text
    assert list(other.get(LIST, {"list": own.pk}).context["cl"].result_list) == []
    assert other.post(f"{EXPORT}?list={own.pk}", {"purpose": "x"}).getvalue().decode().count("\r\n") == 1
    # Whether colleagues see it, its owner alone says.
    other.post(reverse("admin:membership_memberfilter_change", args=[shared.pk]), {"name": "Theirs"})
    shared.refresh_from_db()
    assert (shared.name, shared.is_shared) == ("Theirs", True)


def test_an_export_is_written_down_and_holds_exactly_the_list(people):
    staff = staff_client(STAFF)
    saved = MemberFilter.objects.create(name="Lapsed", owner=staff.user, statuses=["lapsed"])
    lapsed = people["lapsed"]
    lapsed.user.first_name, lapsed.user.last_name = "=HYPERLINK(1)", "Núñez"
    lapsed.user.save()

    asked = staff.get(f"{EXPORT}?list={saved.pk}")
    assert (asked.context["number"], asked.context["what"]) == (1, "saved list: Lapsed")
    assert MemberExport.objects.count() == 0
    refused = staff.post(f"{EXPORT}?list={saved.pk}", {"purpose": " "})
    assert refused.status_code == 422
    assert MemberExport.objects.count() == 0

    sent = staff.post(f"{EXPORT}?list={saved.pk}", {"purpose": "To telephone them"})

    assert sent.streaming
    head, line, end = sent.getvalue().decode("utf-8-sig").split("\r\n")
    assert (head, end) == (",".join(HEAD), "")
    assert line == (
        f"{lapsed.number},Lapsed,Physician,{day(-200)},{day(-600)},'=HYPERLINK(1),Núñez,,{lapsed.user.email},,"
        "Neurology,Mid-career (8 to 20 years),,Maine"
    )
    row = MemberExport.objects.get()
    assert (row.by, row.what, row.purpose, row.number) == (staff.user, "saved list: Lapsed", "To telephone them", 1)


def test_an_export_takes_two_statements_for_a_portion_however_many_there_are(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(list(exported_rows(Membership.objects.all(), day(0)))) == 5
    with django_assert_num_queries(2):
        assert len(list(exported_rows(Membership.objects.filter(number=people["same"].number), day(0)))) == 1
