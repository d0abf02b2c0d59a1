"""The gate, the categories and what services are told say the same of who reads what."""

import pytest
from django.template.loader import render_to_string

from membership.access import JOURNAL, AnyOf, decide
from membership.domain import memberships
from membership.domain.deaths import record_death
from membership.models import Membership, Plan, Term
from membership.passage import membership_claim
from membership.queries.plans import categories
from membership.starter import plans as shipped
from tests.accounts.publisher import Publisher, tokens, userinfo
from tests.factories import client_of, staff_user

from .factories import day, make_member, make_plan

pytestmark = pytest.mark.django_db
FULL, ABSTRACTS = "Full text of the Journal", "Abstracts and free articles of the Journal"


def claim(person):
    return membership_claim(person)["aapm_membership"]


def test_gate_category_page_and_claim_agree_for_every_plan():
    for row in shipped():
        Plan.objects.update_or_create(slug=row["slug"], defaults=row | {"joinable": True})
    assert {plan.reads_journal for plan in Plan.objects.all()} == {True, False}
    shown = {plan.slug: render_to_string("membership/plan.html", {"plan": plan, "level": 2}) for plan in categories()}
    for plan in Plan.objects.all():
        person = make_member((-10, 300), plan=plan)
        reads = decide(person, AnyOf(JOURNAL)).allowed
        told = claim(person)
        assert (told["active"], told["category"], told["reads_journal"]) == (True, plan.slug, reads), plan
        assert (FULL in shown[plan.slug], ABSTRACTS in shown[plan.slug]) == (reads, not reads), plan
        assert ("full text comes with" in plan.eligibility) == (not reads), plan


def test_a_term_keeps_what_it_granted_when_its_category_changes():
    plan = make_plan(reads_journal=True)
    person = make_member((-10, 300), plan=plan)
    Plan.objects.update(reads_journal=False)
    assert claim(person)["reads_journal"] is True


@pytest.mark.parametrize(
    ("terms", "active", "status", "until"),
    [
        ([(-10, 300)], True, "active", 300), ([(-10, 0)], True, "active", 0),
        ([(-10, 20), (21, 90)], True, "active", 90), ([(-10, 20), (22, 90)], True, "active", 20),
        ([(-300, -1)], True, "grace", 59), ([(-300, -60)], True, "grace", 0),
        ([(-300, -61)], False, "lapsed", None), ([(5, 300)], False, "future", None), ([], False, "none", None),
    ],
)  # fmt: skip
def test_what_is_told_of_a_membership(terms, active, status, until):
    """Sixty days of grace follow each term."""
    told = claim(make_member(*terms, plan=make_plan(reads_journal=True)))
    assert (told["active"], told["status"], told["reads_journal"]) == (active, status, active)
    assert told["until"] == (None if until is None else day(until).isoformat())
    assert bool(told["category"]) is active
    kept = [{"from": day(-300).isoformat(), "until": day(-61).isoformat()}] if status == "lapsed" else []
    assert told["journal_kept"] == kept


def test_a_closed_membership_is_none_and_keeps_nothing():
    person = make_member((-300, -100), (-99, 200))
    memberships.close_membership(Membership.objects.get())
    told = claim(person)
    assert (told["active"], told["status"], told["reads_journal"], told["journal_kept"]) == (False, "closed", False, [])


def test_what_staff_read_by_their_role_is_told_to_nobody():
    person = staff_user()
    told = Publisher.new()
    said = userinfo(tokens(client_of(person), told)["access_token"])[1]["aapm_membership"]
    assert (said["active"], said["reads_journal"]) == (False, False)


def test_a_service_hears_what_is_true_when_it_asks():
    person, publisher = make_member((-10, 300)), Publisher.new()
    token = tokens(client_of(person), publisher)["access_token"]
    assert userinfo(token)[1]["aapm_membership"]["active"] is True
    Term.objects.update(starts_on=day(-400), ends_on=day(-100))
    assert userinfo(token)[1]["aapm_membership"]["active"] is False  # the same token, asked again
    record_death(Membership.objects.get(), on=None)
    assert userinfo(token)[0] == 401
