"""A membership that staff close: it opens nothing any more, takes no term, and is never deleted."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.accounts.models import User
from aapm_site.core.roles import MEMBERSHIP_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import applications, memberships, reminders
from membership.models import Membership, Term
from tests.factories import staff_client

from .factories import day, make_application, make_member, make_plan

pytestmark = pytest.mark.django_db
REASON = "She asked us by telephone."


def pays_as_member(member: User) -> bool:
    """Asked anew: what was known of a person is kept on the object."""
    return User.objects.get(pk=member.pk).has_perm("billing.member_price")


def address(verb: str, membership: Membership) -> str:
    return reverse(f"admin:membership_membership_{verb}", args=[membership.pk])


def test_staff_close_it_with_a_reason_and_open_it_again():
    member, desk = make_member((-100, 200)), staff_client(MEMBERSHIP_STAFF)
    membership = member.membership
    assert desk.get(address("delete", membership)).status_code == 403
    assert desk.post(address("close", membership), {"reason": ""}).status_code == 422
    assert pays_as_member(member)

    assert desk.post(address("close", membership), {"reason": REASON}).status_code == 302

    assert not pays_as_member(member)
    assert Membership.objects.get().closed_at is not None
    assert list(Membership.objects.current(day(0))) == []
    assert Term.objects.count() == 1
    entry, letter = LogEntry.objects.get(), OutgoingEmail.objects.get()
    assert REASON in entry.change_message
    assert entry.user.groups.get().name == MEMBERSHIP_STAFF
    assert (letter.to, letter.subject) == (member.email, "Your membership is closed")
    assert REASON not in letter.text
    again = desk.post(address("close", membership), {"reason": REASON})
    assert (again.status_code, "Somebody has closed it already." in again.text) == (422, True)

    assert desk.post(address("reopen", membership), {"reason": "She came back."}).status_code == 302

    assert pays_as_member(member)
    assert OutgoingEmail.objects.filter(to=member.email).latest("pk").subject == "Your membership is open again"


def test_a_closed_one_takes_no_term_and_no_application():
    member, plan = make_member((-400, -100)), make_plan()
    waiting = make_application(user=member)
    memberships.close_membership(member.membership)

    with pytest.raises(NotAllowed, match="is closed. Open it again first."):
        applications.approve_application(waiting, by=None)
    with pytest.raises(NotAllowed, match="is closed. Open it again first."):
        memberships.add_term(member.membership, plan, on=day(0))
    applications.withdraw_application(waiting, by=member)
    with pytest.raises(NotAllowed, match="Your membership is closed."):
        applications.submit_application(member, plan)
    assert Term.objects.count() == 1


def test_nobody_is_reminded_of_the_end_of_a_closed_one():
    make_member((-300, 30))
    Term.objects.update(created_at=timezone.now() - timedelta(days=300))
    (due,) = reminders.due_reminders(timezone.now() + timedelta(days=1))
    Membership.objects.update(closed_at=timezone.now())

    assert list(reminders.due_reminders(timezone.now() + timedelta(days=1))) == []
    reminders.send_reminder(due.key)
    assert OutgoingEmail.objects.count() == 0


def test_somebody_who_cannot_sign_in_is_not_written_to():
    member = make_member((-100, 200))
    User.objects.filter(pk=member.pk).update(is_active=False)

    memberships.close_membership(Membership.objects.get())

    assert OutgoingEmail.objects.count() == 0


def test_staff_take_a_term_back_with_a_reason_and_it_stays_in_the_list():
    member, desk = make_member((-100, 200)), staff_client(MEMBERSHIP_STAFF)
    membership, term = member.membership, Term.objects.get()
    elsewhere = make_member((-100, 200)).membership.terms.get()
    assert desk.post(address("void_term", membership), {"term": elsewhere.pk, "reason": REASON}).status_code == 422
    assert desk.post(address("void_term", membership), {"term": term.pk, "reason": " "}).status_code == 422
    assert pays_as_member(member)

    assert desk.post(address("void_term", membership), {"term": term.pk, "reason": REASON}).status_code == 302

    assert not pays_as_member(member)
    assert REASON in LogEntry.objects.get().change_message
    page = desk.get(address("change", membership)).text
    assert f"No, taken back on {date_format(timezone.localdate())}: {REASON}" in page
    assert "Take a term back" not in page


def test_a_term_that_changes_its_category_takes_over_what_that_one_grants():
    member, desk = make_member((-100, 200), plan=make_plan(grace_days=60)), staff_client(MEMBERSHIP_STAFF)
    term, plan = Term.objects.get(), make_plan(grace_days=10, reads_journal=False)
    form = {
        "user": member.pk, "joined_on": day(-100), "terms-TOTAL_FORMS": 1, "terms-INITIAL_FORMS": 1,
        "terms-0-id": term.pk, "terms-0-membership": term.membership_id, "terms-0-plan": plan.pk,
        "terms-0-starts_on": term.starts_on, "terms-0-ends_on": term.ends_on, "terms-0-grace_days": 60,
        "terms-0-source": "given",
    }  # fmt: skip

    def granted() -> tuple[int, bool]:
        return Term.objects.values_list("grace_days", "reads_journal").get()

    desk.post(address("change", member.membership), form)
    assert granted() == (10, False)
    desk.post(address("change", member.membership), form | {"terms-0-grace_days": 90})
    assert granted() == (90, False)
