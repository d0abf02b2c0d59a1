"""The decision on access: its whole table, its sentences and next steps, and what it costs."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import Group as Role
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.accounts.models import User
from membership.access import decide
from membership.models import Group, GroupMember
from membership.presenters.access import access_words

from .factories import day, make_application, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


def item(audience: str, published: int = 0) -> SimpleNamespace:
    return SimpleNamespace(audience=audience, published_on=day(published), get_absolute_url=lambda: "/journal/x/")


ACTIVE, GRACE, LAPSED, FUTURE = (-100, 200), (-400, -10), (-400, -100), (10, 300)
AUDIENCES = ("public", "members", "journal", "group:cancer-pain")


def person(kind: str):
    if kind == "visitor":
        return AnonymousUser()
    if kind == "account":
        return make_user()
    if kind == "student":
        return make_member(ACTIVE, plan=make_plan(reads_journal=False))
    if kind == "journal editor":
        user = make_user(is_staff=True)
        user.groups.add(Role.objects.get(name="Journal editor"))
        return user
    if kind == "membership staff":
        user = make_user(is_staff=True)
        user.groups.add(Role.objects.get(name="Membership staff"))
        return user
    if kind == "administrator":
        return make_user(is_staff=True, is_superuser=True)
    if kind == "inactive member":
        user = make_member(ACTIVE)
        user.is_active = False
        return user
    if kind.startswith("closed"):
        user = make_member(ACTIVE, closed_at=timezone.now())
    else:
        user = make_member({"active": ACTIVE, "grace": GRACE, "lapsed": LAPSED, "future": FUTURE}[kind.split()[0]])
    if kind.endswith("in group"):
        group, _ = Group.objects.get_or_create(slug="cancer-pain", name="Cancer pain")
        GroupMember.objects.create(group=group, membership=user.membership)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("kind", "readable"),
    [
        ("visitor", ["public"]),
        ("account", ["public"]),
        ("inactive member", ["public"]),
        ("active", ["public", "members", "journal"]),
        ("active in group", ["public", "members", "journal", "group:cancer-pain"]),
        ("grace", ["public", "members", "journal"]),
        ("grace in group", ["public", "members", "journal", "group:cancer-pain"]),
        ("lapsed", ["public"]),
        ("lapsed in group", ["public"]),
        ("future", ["public"]),
        ("closed", ["public"]),
        ("closed in group", ["public"]),
        ("student", ["public", "members"]),
        ("journal editor", ["public", "journal"]),
        ("membership staff", ["public"]),
        ("administrator", ["public", "members", "journal", "group:cancer-pain"]),
    ],
)
def test_who_reads_what(kind, readable):
    user = person(kind)

    assert [audience for audience in AUDIENCES if decide(user, item(audience)).allowed] == readable


@pytest.mark.parametrize(
    ("published", "allowed"), [(-401, False), (-400, True), (-200, True), (-100, True), (-99, False), (0, False)]
)
def test_a_lapsed_member_keeps_what_came_out_during_a_paid_term(published, allowed):
    decision = decide(make_member(LAPSED), item("journal", published))

    assert decision.allowed is allowed
    if allowed:
        assert access_words(decision).rule == "What came out during a term stays open"


def test_nothing_is_kept_of_a_category_without_the_journal():
    user = make_member(LAPSED, plan=make_plan(reads_journal=False))

    assert not decide(user, item("journal", -200)).allowed


def test_nothing_is_kept_of_a_membership_that_is_closed():
    decision = decide(make_member(LAPSED, closed_at=timezone.now()), item("journal", -200))

    assert not decision.allowed
    assert access_words(decision).reason == "Your membership is closed, so this is not open to you."


def test_nothing_is_kept_of_a_term_that_has_not_begun():
    assert not decide(make_member(FUTURE), item("journal", 20)).allowed


def test_a_student_who_was_a_reading_member_keeps_those_years():
    user = make_member((-400, -200))
    user = make_member_more(user, (-199, 100), reads_journal=False)

    assert decide(user, item("journal", -300)).allowed
    assert not decide(user, item("journal", -10)).allowed


def make_member_more(user, dates, **plan):
    term = {"starts_on": day(dates[0]), "ends_on": day(dates[1])}
    user.membership.terms.create(plan=make_plan(**plan), **term)
    return User.objects.get(pk=user.pk)


def test_a_visitor_is_told_to_join_or_sign_in_and_comes_back():
    told = access_words(decide(AnonymousUser(), item("journal")))

    assert told.reason == "You are not signed in, and the full text of an article belongs to membership."
    assert (told.next_step.label, told.next_step.url) == ("Join now", "/membership/join/")
    assert told.other.url == "/accounts/login/?next=%2Fjournal%2Fx%2F"


def test_an_applicant_is_told_about_the_application():
    application = make_application()

    told = access_words(decide(User.objects.get(pk=application.user_id), item("journal")))

    assert told.next_step.url == application.get_absolute_url()


def test_every_refusal_names_a_next_step_and_every_decision_a_rule_and_a_reason():
    for kind in ("visitor", "account", "lapsed", "future", "student", "active"):
        for audience in AUDIENCES:
            decision = decide(person(kind), item(audience))
            told = access_words(decision)
            assert told.rule
            assert told.reason.endswith(".")
            assert decision.allowed or told.next_step


def test_the_decision_can_be_asked_for_another_day():
    user = make_member(ACTIVE)

    assert decide(user, item("members"), on=day(0)).allowed
    assert not decide(user, item("members"), on=day(261)).allowed
    assert not decide(user, item("members"), on=date(2001, 1, 1)).allowed


@pytest.mark.parametrize(
    ("kind", "audience", "queries"),
    [
        ("visitor", "journal", 0),
        ("account", "public", 0),
        ("active", "journal", 1),
        ("active", "members", 1),
        ("grace", "journal", 1),
        ("active in group", "group:cancer-pain", 2),
    ],
)
def test_what_a_decision_costs_and_that_it_costs_it_once(kind, audience, queries):
    user = person(kind)

    with CaptureQueriesContext(connection) as first:
        decide(user, item(audience))
    with CaptureQueriesContext(connection) as second:
        decide(user, item(audience))

    assert (len(first), len(second)) == (queries, 0)


class TestBackend:
    @pytest.mark.parametrize(
        ("kind", "audience", "allowed"),
        [
            ("visitor", "members", False),
            ("account", "members", False),
            ("active", "members", True),
            ("grace", "members", True),
            ("lapsed", "members", False),
            ("active", "group:cancer-pain", False),
            ("active in group", "group:cancer-pain", True),
            ("inactive member", "members", False),
            ("administrator", "members", True),
        ],
    )
    def test_reading_a_page(self, kind, audience, allowed):
        assert person(kind).has_perm("content.read_page", item(audience)) is allowed

    @pytest.mark.parametrize(
        ("kind", "allowed"),
        [
            ("visitor", False),
            ("account", False),
            ("active", True),
            ("grace", True),
            ("lapsed", False),
            ("future", False),
        ],
    )
    def test_the_members_price(self, kind, allowed):
        assert person(kind).has_perm("billing.member_price") is allowed

    def test_a_member_gets_no_other_permission(self):
        user = person("active")

        assert not user.has_perm("content.change_page")
        assert not user.has_perm("content.read_page")
        assert not user.has_perm("membership.change_term")
        assert user.get_all_permissions() == set()
