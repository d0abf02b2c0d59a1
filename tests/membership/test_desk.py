"""The application desk: the oldest first, the decision beside it, and on to the next without leaving."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aapm_site.mail.models import OutgoingEmail
from membership.domain import applications
from membership.models import Application, Term
from membership.presenters.desk import waited
from membership.queries.desk import queue_keys

from .factories import make_application, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db
DESK = "/admin/membership/application/desk/"


def waiting(number: int = 1, **fields: Any) -> list[Application]:
    """Applications that wait, the first for the longest."""
    now = timezone.now()
    plan = fields.pop("plan", None) or make_plan(dues=0)
    return [
        make_application(plan=plan, last_name=f"Rivera {at}", submitted_at=now - timedelta(hours=number - at), **fields)
        for at in range(number)
    ]


def press(browser: Client, application: Application, verb: str, query: str = "", **data: Any) -> Any:
    address = reverse(f"admin:membership_application_desk_{verb}", args=[application.pk])
    return browser.post(f"{address}{query}", data)


def test_nine_applications_are_decided_without_leaving_the_desk(desk):
    nine = waiting(9)
    answer, seen = desk.get(DESK, follow=True), []
    while "application" in answer.context and len(seen) < 20:
        application = answer.context["application"]
        seen.append((application.pk, answer.context["place"], answer.context["total"]))
        mark = answer.context["forms"]["approve"]["seen"].value()
        address = reverse("admin:membership_application_desk_approve", args=[application.pk])
        answer = desk.post(address, {"seen": mark}, follow=True)
    assert seen == [(application.pk, 1, 9 - at) for at, application in enumerate(nine)]
    assert Term.objects.count() == 9
    assert "You have decided everything." in answer.text


def test_each_press_leads_to_the_next_and_the_last_to_the_first_that_was_skipped(desk):
    first, second, third = waiting(3)
    assert press(desk, second, "ask", reason="Which state?")["Location"] == f"{DESK}{third.pk}/"
    assert press(desk, third, "decline", reason="Not yet.")["Location"] == f"{DESK}{first.pk}/"
    assert press(desk, first, "approve")["Location"] == DESK
    assert list(Application.objects.order_by("pk").values_list("status", flat=True)) == [
        "approved", "info_asked", "declined",
    ]  # fmt: skip
    assert OutgoingEmail.objects.count() == 3


def test_an_answer_takes_its_place_behind_those_who_have_waited_longer(desk):
    first, second = waiting(2)
    asked = applications.ask_for_information(first, by=None, reason="Which state?")
    assert queue_keys() == [second.pk]
    applications.answer_application(asked, by=asked.user, reason="Maine.")
    assert queue_keys() == [second.pk, first.pk]


def test_one_category_is_looked_at_alone_and_stays_chosen(desk):
    others, (here, last) = waiting(2), waiting(2, plan=make_plan(slug="residents", dues=0))
    query = "?category=residents"

    page = desk.get(f"{DESK}{query}", follow=True)

    assert page.redirect_chain == [(f"{DESK}{here.pk}/{query}", 302)]
    assert (page.context["place"], page.context["total"]) == (1, 2)
    assert press(desk, here, "approve", query)["Location"] == f"{DESK}{last.pk}/{query}"
    assert press(desk, last, "approve", query)["Location"] == f"{DESK}{query}"
    assert "2\n  wait in others" in desk.get(f"{DESK}{query}").text
    assert desk.get(f"{DESK}?category=%00nothing")["Location"] == f"{DESK}{others[0].pk}/"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2_001, "\x00"])
@pytest.mark.parametrize("verb", ["ask", "decline"])
def test_nothing_is_asked_or_declined_without_words(desk, verb, reason):
    (application,) = waiting()
    answer = press(desk, application, verb, reason=reason)
    assert answer.status_code == 422
    assert "Not done yet" in answer.text
    assert Application.objects.get().status == "submitted"


def test_whoever_has_not_seen_the_new_paper_is_told_and_nothing_happens(desk):
    (application,) = waiting()
    seen = desk.get(f"{DESK}{application.pk}/").context["forms"]["decline"]["seen"].value()
    application.papers.create(file="membership/papers/a.pdf", name="License.pdf", size=9)

    answer = press(desk, application, "decline", reason="No license.", seen=seen)

    assert answer.status_code == 422
    assert "Something has happened to this application" in answer.text
    assert "No license." in answer.text
    assert Application.objects.get().status == "submitted"


def test_who_was_slower_than_a_colleague_keeps_the_words_or_goes_on(desk):
    first, second = waiting(2)
    applications.approve_application(first, by=None)

    assert press(desk, first, "approve")["Location"] == f"{DESK}{second.pk}/"
    kept = press(desk, first, "decline", reason="A long reason.")
    assert kept.status_code == 422
    assert "A long reason." in kept.text
    assert desk.get(f"{DESK}{first.pk}/")["Location"] == f"{DESK}{second.pk}/"
    assert desk.get(f"{DESK}999999/")["Location"] == f"{DESK}{second.pk}/"


def test_the_desk_says_who_applies(desk):
    lapsed = make_member((-800, -400), user=make_user(first_name="Tomás", last_name="Rivera 0"))
    old = make_application(user=lapsed, status="declined", decided_at=timezone.now())
    twin = make_member((-10, 100), user=make_user(first_name="tomás", last_name="RIVERA 0"))
    (application,) = waiting(user=lapsed)

    page = desk.get(f"{DESK}{application.pk}/").text

    assert f"no. {lapsed.membership.number}" in page
    assert "Was a member until" in page
    assert reverse("admin:membership_application_change", args=[old.pk]) in page
    assert reverse("admin:membership_membership_change", args=[twin.membership.pk]) in page


@pytest.mark.parametrize(("hours", "said"), [(1, "since today"), (24, "since yesterday"), (72, "for 3 days")])
def test_age_is_said_in_days_of_the_association(hours, said):
    noon = timezone.localtime().replace(hour=12)
    assert waited(noon - timedelta(hours=hours), noon) == said
