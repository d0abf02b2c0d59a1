"""Honorary membership: for life, without dues and reminders, said as it is, and taken back with a record."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.models import Order
from aapm_site.core.transitions import NotAllowed
from membership.access import decide
from membership.domain import dues, honors, reminders
from membership.domain.memberships import close_membership
from membership.models import Honor, Term
from membership.presenters.access import access_words
from membership.presenters.standing import sentence
from membership.queries import members
from membership.queries.statistics import statistics_of
from membership.rules import FOR_LIFE
from membership.states import MembershipStatus
from tests.racing import at_once

from .factories import day, make_member, make_plan, make_user
from .test_access import item
from .test_dues import order_dues

pytestmark = pytest.mark.django_db


def grant(person: User, **said) -> Honor:
    plan = said.pop("plan", None) or make_plan(name="Honorary", slug="honorary", dues=0)
    by = make_user(is_staff=True)
    said = {"decided_by": "The board, November 12", "reason": "Forty years of teaching.", **said}
    return honors.grant_honor(person.membership, plan, by=by, **said)


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


PAID, GRACE, LAPSED, AHEAD = [(-100, 200)], [(-400, -10)], [(-400, -100)], [(-100, 200), (201, 500)]


@pytest.mark.parametrize(
    ("terms", "begins", "today", "at_the_end", "in_fifty_years"),
    [
        (PAID, 201, "active", "active", "active"),
        (AHEAD, 501, "active", "active", "active"),
        (GRACE, 0, "active", "active", "active"),
        (LAPSED, 0, "active", "active", "active"),
        ([], 0, "active", "active", "active"),
    ],
)
def test_when_it_begins_and_what_it_is_on_each_day(terms, begins, today, at_the_end, in_fifty_years):
    person = make_member(*terms)
    honor = grant(person)
    assert (honor.term.starts_on, honor.term.ends_on, honor.term.grace_days) == (day(begins), FOR_LIFE, 0)
    membership = person.membership
    assert membership.standing(day(0)).status == today
    assert membership.standing(day(begins)).status == at_the_end
    assert membership.standing(day(365 * 50)).status == in_fifty_years
    assert membership.standing(day(0)).ends_on == FOR_LIFE


def test_there_are_no_dues_and_no_reminders_ever():
    person = make_member(*PAID)
    grant(person)
    person = fresh(person)
    assert dues.dues_of(person) == []
    assert not dues.may_stay_free(person)
    for days in (199, 201, 270, 3_000):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert list(reminders.due_reminders(timezone.now() + timedelta(days=40))) == []


@pytest.mark.parametrize(
    ("terms", "said", "why"),
    [
        (
            LAPSED,
            "You are an <em>honorary member</em>, for life. There are no dues, and nothing to renew.",
            "You read this as an honorary member.",
        ),
        (
            PAID,
            "You are a <em>member</em>, category Physician, then an <em>honorary member</em> for life.",
            "You read this as a member, and an honorary one after your present terms.",
        ),
    ],
)
def test_it_is_said_as_it_is(client, terms, said, why):
    person = make_member(*terms, plan=make_plan(name="Physician"))
    grant(person)
    person = fresh(person)
    assert str(sentence(members.standing_of(person), None)).startswith(said)
    decision = decide(person, item("journal"))
    assert decision.allowed
    assert access_words(decision).reason == why
    client.force_login(person)
    for address in ("/membership/mine/", "/account/", "/membership/join/"):
        page = client.get(address).text
        assert "2999" not in page, address
    mine = client.get("/membership/mine/").text
    assert ", for life" in mine
    assert "Honorary" in mine
    assert "Renew" not in mine


def test_it_counts_among_todays_members():
    for _ in range(5):
        grant(make_member(*LAPSED, state_code="NY"), plan=make_plan(dues=0))
    assert {chart.slug: chart.rows for chart in statistics_of(day(0)).charts}["region"] == (("Northeast", 5),)


def test_an_offer_ends_with_it_and_an_invoice_stands_in_the_way():
    offered, invoiced = make_member(*PAID), make_member(*PAID)
    order_dues(offered, pay_by="card")
    grant(offered)
    assert Order.everything.get(customer__user=offered).status == "ended"
    order_dues(invoiced)
    with pytest.raises(NotAllowed, match="for dues is open"):
        grant(invoiced, plan=make_plan(dues=0))
    assert Honor.objects.count() == 1


def test_taken_back_it_ends_today_and_the_record_stays():
    person = make_member(*LAPSED)
    grant(person)
    colleague = make_user(is_staff=True)
    honors.take_back_honor(person.membership, by=colleague, reason="The board, December 3.")
    honor = Honor.objects.get()
    assert (honor.taken_back_by, honor.why_taken_back) == (colleague, "The board, December 3.")
    assert (honor.reason, honor.term.ends_on, honor.term.was_to) == ("Forty years of teaching.", day(0), FOR_LIFE)
    assert person.membership.standing(day(0)).status == MembershipStatus.ACTIVE
    assert person.membership.standing(day(1)).status == MembershipStatus.LAPSED
    with pytest.raises(NotAllowed, match="no honorary membership"):
        honors.take_back_honor(person.membership, by=colleague, reason="Again.")


def test_taken_back_before_it_begins_the_paid_term_goes_on_as_before():
    person = make_member((-335, 29), plan=make_plan(dues=480))
    grant(person)
    assert dues.dues_of(person) == []
    honors.take_back_honor(person.membership, by=make_user(is_staff=True), reason="A slip.")
    assert Term.objects.valid().count() == 1
    assert [one.kind for one in dues.dues_of(fresh(person))] == ["renew"]
    grant(person, plan=make_plan(dues=0))  # and it may be granted again
    assert Honor.objects.count() == 2


def test_a_closed_membership_and_one_that_is_honorary_get_none():
    person = make_member(*PAID)
    close_membership(person.membership)
    with pytest.raises(NotAllowed, match="closed"):
        grant(person)
    other = make_member(*PAID)
    grant(other, plan=make_plan(dues=0))
    with pytest.raises(NotAllowed, match="recorded it already"):
        grant(other, plan=make_plan(dues=0))


def test_staff_grant_and_take_back_on_the_members_page(desk):
    plan = make_plan(name="Honorary", slug="honorary", dues=0)
    person = make_member(*LAPSED)
    at = f"/admin/membership/membership/{person.membership.pk}"
    assert desk.post(f"{at}/grant-honor/", {"plan": plan.pk, "reason": "For his work."}).status_code == 422
    desk.post(f"{at}/grant-honor/", {"plan": plan.pk, "decided_by": "The board", "reason": "For his work."})
    honor = Honor.objects.get()
    assert honor.decided_by == "The board"
    assert honor.granted_by.is_superuser
    page = desk.get(f"{at}/change/").text
    assert "For life" in page
    assert "Take the honorary membership back" in page
    desk.post(f"{at}/take-back-honor/", {"reason": "The board has changed its mind."})
    assert Honor.objects.get().taken_back_at
    assert "Make an honorary member" in desk.get(f"{at}/change/").text


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_grant_it_once():
    person, plan = make_member(*PAID), make_plan(dues=0)
    said = at_once(*[lambda: grant(person, plan=plan)] * 2)
    assert sorted(type(one).__name__ for one in said) == ["Honor", "NotAllowed"]
    assert Honor.objects.count() == 1
