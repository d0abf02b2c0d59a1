"""What staff decide about a member's terms: recording, ending early; and the orders that the member's page shows."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from aapm_site.core.roles import MEMBERSHIP_STAFF
from membership.models import Term
from membership.rules import term_end
from tests.factories import staff_client

from .factories import day, make_member, make_plan
from .test_dues import card_pays, order_dues

pytestmark = pytest.mark.django_db
REASON = "Her practice paid the dues of last year by a transfer."


def address(verb: str, person) -> str:
    return reverse(f"admin:membership_membership_{verb}", args=[person.membership.pk])


def test_a_term_is_recorded_by_hand_with_a_source_and_a_reason():
    plan = make_plan(dues=480)
    person, desk = make_member((-300, 64), plan=plan), staff_client(MEMBERSHIP_STAFF)
    for missing in ({}, {"plan": plan.pk, "source": "paid"}, {"plan": plan.pk, "reason": REASON}):
        assert desk.post(address("record_term", person), missing).status_code == 422
    assert Term.objects.count() == 1

    said = {"plan": plan.pk, "source": "paid", "reason": REASON}
    assert desk.post(address("record_term", person), said).status_code == 302

    term = Term.objects.latest("pk")
    assert (term.starts_on, term.ends_on, term.source, term.note) == (day(65), term_end(day(65), 12), "paid", REASON)
    assert REASON in LogEntry.objects.get().change_message
    assert REASON in desk.get(address("change", person)).text


def test_a_term_is_ended_on_a_day_and_keeps_when_it_was_to_end():
    person, desk = make_member((-300, 64), plan=make_plan()), staff_client(MEMBERSHIP_STAFF)
    term = Term.objects.get()
    said = {"term": term.pk, "reason": REASON}
    for wrong in (day(64), day(65), day(-301)):
        assert desk.post(address("end_term", person), {**said, "last_day": wrong}).status_code == 422

    assert desk.post(address("end_term", person), {**said, "last_day": day(0)}).status_code == 302

    term.refresh_from_db()
    assert (term.ends_on, term.was_to, term.grace_days) == (day(0), day(64), 0)
    assert "ended early: it was to end on" in desk.get(address("change", person)).text


def test_a_term_of_somebody_else_is_not_ended_here():
    person, other = (make_member((-300, 64), plan=make_plan()) for _ in range(2))
    said = {"term": other.membership.terms.get().pk, "reason": REASON, "last_day": day(0)}

    assert staff_client(MEMBERSHIP_STAFF).post(address("end_term", person), said).status_code == 422
    assert not Term.objects.exclude(was_to=None).exists()


def test_the_members_page_shows_orders_and_which_of_them_paid_for_a_term():
    person, desk = make_member((-300, 64), plan=make_plan(dues=480)), staff_client(MEMBERSHIP_STAFF)
    order = order_dues(person, pay_by="card")
    page = desk.get(address("change", person)).text
    assert "Offer by card, not paid yet, until" in page

    card_pays(order)
    page = desk.get(address("change", person)).text
    leads = reverse("admin:billing_order_change", args=[order.pk])
    assert page.count(f'href="{leads}"') == 2  # among the orders, and beside the term
