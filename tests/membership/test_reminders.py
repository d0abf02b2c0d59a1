"""Mail about the end of a membership: when, once, and what happens after a standstill."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from aapm_site.core.background import due as due_runs
from aapm_site.core.models import Hold
from aapm_site.mail.models import OutgoingEmail
from membership.domain import memberships, reminders
from membership.models import Term, TermNotice
from tests.racing import at_once

from .factories import day, make_member, make_plan

pytestmark = pytest.mark.django_db


def at(days: int, hour: int = 9):
    """Nine in the morning, in the association's zone, so many days from today."""
    return reminders.moment(day(days), reminders.AT) + timedelta(hours=hour - 8)


def old(user):
    """As if the terms had been entered when they began."""
    for term in Term.objects.filter(membership__user=user):
        Term.objects.filter(pk=term.pk).update(created_at=reminders.moment(term.starts_on, reminders.AT))
    return user


def sent() -> list[str]:
    return list(TermNotice.objects.order_by("pk").values_list("step", flat=True))


def run(days: int, hour: int = 9) -> None:
    with time_machine.travel(at(days, hour), tick=False):
        due_runs.run_due(timezone.now())


def test_the_three_steps_come_on_their_days_and_once():
    user = old(make_member((-300, 40), plan=make_plan(name="Physician", grace_days=60)))

    for days, hour, expected in (
        (9, 12, []),
        (10, 7, []),
        (10, 9, ["before"]),
        (11, 9, ["before"]),
        (39, 9, ["before"]),
        (40, 9, ["before", "end"]),
        (41, 9, ["before", "end"]),
        (99, 9, ["before", "end"]),
        (100, 9, ["before", "end", "grace_end"]),
        (101, 9, ["before", "end", "grace_end"]),
        (200, 9, ["before", "end", "grace_end"]),
    ):
        run(days, hour)
        run(days, hour)
        assert sent() == expected, days

    subjects = list(OutgoingEmail.objects.order_by("pk").values_list("subject", "to"))
    assert [to for _, to in subjects] == [user.email] * 3
    assert subjects[0][0].startswith("Your membership ends on ")
    assert [subject for subject, _ in subjects[1:]] == [
        "Today is the last day of your term",
        "Your membership ends today",
    ]


@pytest.mark.parametrize(
    ("days", "expected", "subject"),
    [
        (25, ["before"], "Your membership ends on"),
        (50, ["end"], "Your term ended on"),
        (110, ["grace_end"], "Your membership has ended"),
        (131, [], None),
    ],
)
def test_after_a_standstill_only_what_is_still_true_is_sent(days, expected, subject):
    old(make_member((-300, 40), plan=make_plan(grace_days=60)))

    run(days)

    assert sent() == expected
    if subject:
        assert OutgoingEmail.objects.get().subject.startswith(subject)


def test_of_two_steps_missed_together_only_the_later_is_sent():
    old(make_member((-300, 40), plan=make_plan(grace_days=5)))

    run(46)

    assert sent() == ["grace_end"]


def test_a_renewed_membership_gets_no_mail_about_its_older_term():
    old(make_member((-300, 20), (21, 385)))

    run(5)
    run(20)

    assert sent() == []


def test_a_term_that_was_taken_back_brings_no_mail_and_stands_in_no_others_way():
    old(make_member((-300, 20), (21, 385)))
    first, second = Term.objects.order_by("starts_on")
    memberships.void_term(second, reason="Refunded.")

    run(5)
    reminders.send_reminder(f"{second.pk}:before")

    assert list(TermNotice.objects.values_list("term", "step")) == [(first.pk, "before")]


def test_a_term_entered_after_the_fact_brings_no_mail():
    make_member((-400, -5))

    run(1)

    assert sent() == []


def test_a_category_without_grace_has_one_mail_at_the_end():
    old(make_member((-300, 40), plan=make_plan(grace_days=0)))

    run(10)
    run(40)
    run(45)

    assert sent() == ["before", "end"]


def test_a_short_term_has_no_mail_before_it_begins():
    old(make_member((0, 20)))

    run(1)

    assert sent() == []


def test_an_inactive_account_gets_no_mail():
    user = old(make_member((-300, 40)))
    user.is_active = False
    user.save()

    run(15)

    assert sent() == []


def test_a_held_row_waits():
    user = old(make_member((-300, 10)))
    term = Term.objects.get(membership__user=user)
    Hold.objects.create(work="membership-ending", key=f"{term.pk}:end")

    run(10)
    assert sent() == []
    Hold.objects.all().delete()
    run(12)

    assert sent() == ["end"]


def test_staff_see_both_steps_of_a_short_grace_before_they_come():
    old(make_member((-300, 2), plan=make_plan(grace_days=5)))

    rows = [row for _, row in due_runs.upcoming(timezone.now() + timedelta(days=14))]

    assert [row.key.split(":")[1] for row in rows if "mail to" in row.title][-2:] == ["end", "grace_end"]


@pytest.mark.parametrize("key", ["", "x", "999999:end", "1:nothing", ":end"])
def test_a_key_that_means_nothing_does_nothing(key):
    reminders.send_reminder(key)

    assert sent() == []


@pytest.mark.parametrize("members", [1, 3])
def test_asking_what_is_due_costs_the_same_for_many(members, django_assert_num_queries):
    for _ in range(members):
        old(make_member((-300, 20)))

    with django_assert_num_queries(1):
        assert len(list(reminders.due_reminders(timezone.now()))) == members


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail():
    user = old(make_member((-300, 20)))
    key = f"{Term.objects.get(membership__user=user).pk}:before"

    assert at_once(*[lambda: reminders.send_reminder(key)] * 2) == [None, None]

    assert (sent(), OutgoingEmail.objects.count()) == (["before"], 1)
