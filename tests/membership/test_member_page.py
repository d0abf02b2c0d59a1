"""One member's page for staff: what stands on it; notes; a death that stops all mail at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain.privacy import erase_person, export_person
from aapm_site.core.background import due as due_runs
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail, Subscription
from membership.domain import deaths, memberships
from membership.models import MemberNote, Membership, Term, TermNotice
from tests.racing import at_once

from .factories import day, make_application, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


def url_of(person, action="change"):
    return reverse(f"admin:membership_membership_{action}", args=[person.membership.pk])


def _mail(person):
    context = {"name": "Lena", "number": 1}
    queue_email(person.email, "membership/closed", context, user=person, kind="membership-closed")


def test_everything_about_a_member_stands_on_one_page(desk):
    person = make_member((-300, 64), plan=make_plan(name="Physician"))
    make_application(user=person, plan=make_plan(name="Retired"))
    _mail(person)
    desk.post(url_of(person, "note"), {"text": "Prefers letters on paper."})

    page = desk.get(url_of(person)).content.decode()

    assert "Prefers letters on paper." in page
    assert ">Retired</a>, To be decided" in page
    assert f">{OutgoingEmail.objects.get().subject}</a>" in page
    assert f"person={person.membership.number}&amp;what=members" in page


def test_the_page_costs_the_same_with_many_mails_notes_and_applications(desk, django_assert_max_num_queries):
    person = make_member((-300, 64))
    desk.get(url_of(person))
    with django_assert_max_num_queries(60) as few:
        desk.get(url_of(person))
    for number in range(5):
        MemberNote.objects.create(membership=person.membership, text=f"Note {number}")
        _mail(person)

    with django_assert_max_num_queries(len(few)):
        desk.get(url_of(person))


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_000, "a\x00b"])
def test_a_note_that_cannot_be_kept_is_told(desk, text):
    person = make_member((-300, 64))
    assert desk.post(url_of(person, "note"), {"text": text}).status_code == 422
    assert not MemberNote.objects.exists()


def test_a_note_is_in_the_export_and_goes_with_the_person():
    person = make_member((-300, 64))
    MemberNote.objects.create(membership=person.membership, text="CANARY-note")

    assert "CANARY-note" in str(export_person(person))
    erase_person(person)
    assert not MemberNote.objects.exists()


# A death --------------------------------------------------------------------------------------------------------------
def test_a_death_stops_all_mail_at_once(desk):
    person = make_member((-300, 20))
    Term.objects.update(created_at=timezone.now() - timedelta(days=300))
    Subscription.objects.create(user=person, kind="news", title="News")
    _mail(person)

    response = desk.post(url_of(person, "record_death"), {"died_on": "", "reason": "His wife wrote."})

    assert response.status_code == 302
    membership = Membership.objects.select_related("user").get()
    assert (membership.deceased_on, membership.user.is_active, bool(membership.closed_at)) == (day(0), False, True)
    mail = OutgoingEmail.objects.get()
    assert (mail.state, mail.why_not_sent) == ("suppressed", "deceased")
    assert Subscription.objects.get().paused_at
    due_runs.run_due(timezone.now())
    assert OutgoingEmail.objects.count() == 1
    assert not TermNotice.objects.exists()


def test_a_death_is_recorded_once_and_taken_back_where_it_was_somebody_else():
    person = make_member((-300, 64))
    deaths.record_death(person.membership, on=day(-3))
    with pytest.raises(NotAllowed, match="already"):
        deaths.record_death(person.membership, on=None)
    with pytest.raises(NotAllowed, match="take that back"):
        memberships.reopen_membership(person.membership)

    deaths.take_back_death(person.membership)

    membership = Membership.objects.select_related("user").get()
    assert (membership.deceased_on, membership.closed_at, membership.user.is_active) == (None, None, True)
    assert membership.standing().is_current
    with pytest.raises(NotAllowed, match="already"):
        deaths.take_back_death(membership)


def test_a_membership_that_was_closed_before_stays_closed_when_a_death_is_taken_back():
    person = make_member((-300, 64))
    memberships.close_membership(person.membership)
    deaths.record_death(person.membership, on=None)

    deaths.take_back_death(person.membership)

    membership = Membership.objects.get()
    assert (membership.deceased_on, bool(membership.closed_at)) == (None, True)
    memberships.reopen_membership(membership)
    assert Membership.objects.get().standing().is_current


@pytest.mark.parametrize("why", ["staff", "a day ahead"])
def test_which_death_is_not_recorded(why):
    person = make_member((-300, 64), user=make_user(is_staff=why == "staff"))
    with pytest.raises(NotAllowed):
        deaths.record_death(person.membership, on=day(1) if why == "a day ahead" else None)
    assert Membership.objects.get().deceased_on is None


@pytest.mark.django_db(transaction=True)
def test_two_who_record_it_at_once_record_it_once():
    person = make_member((-300, 64))

    said = at_once(*[lambda: deaths.record_death(person.membership, on=day(-1))] * 2)

    assert sorted(type(one).__name__ for one in said) == ["Membership", "NotAllowed"]
