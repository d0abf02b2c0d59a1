"""Mail about the end of a membership: when, once, and what happens after a standstill."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from aapm_site.accounts.domain.privacy import erase_person
from aapm_site.core.background import due as due_runs
from aapm_site.core.models import Hold
from aapm_site.mail.models import OutgoingEmail
from membership.domain import category_changes, memberships, reminders
from membership.models import Membership, Reminder, Term, TermNotice
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
        "Your term ends today",
        "Your membership ends today",
    ]


@pytest.mark.parametrize(
    ("days", "expected", "subject"),
    [
        (25, ["before"], "Your membership ends on"),
        (50, ["end"], "Your term ended on"),
        (110, ["grace_end"], "Your membership ended on"),
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


# Rows -----------------------------------------------------------------------------------------------------------------
def make_reminder(slug: str, kind: str, days: int, *plans, **fields) -> Reminder:
    made = Reminder.objects.create(
        **{
            "name": slug,
            "slug": slug,
            "kind": kind,
            "days": days,
            "subject": "{category} {ends}",
            "text": "{stay}",
            **fields,
        }
    )
    made.plans.set(plans)
    return made


@pytest.mark.parametrize(
    ("kind", "days", "on"),
    [
        ("before_end", 90, -50),
        ("before_end", 0, 40),
        ("after_end", 10, 50),
        ("before_grace", 7, 93),
        ("before_grace", 0, 100),
        ("after_grace", 30, 130),
    ],
)
def test_each_kind_comes_on_its_day_and_not_before(kind, days, on):
    Reminder.objects.all().delete()
    made = make_reminder("ours", kind, days)
    old(make_member((-300, 40), plan=make_plan(grace_days=60)))
    assert made.day_of(Term.objects.get()) == day(on)

    run(on - 1)
    assert sent() == []
    run(on)
    assert sent() == ["ours"]


def test_a_letter_goes_only_to_its_categories_and_only_while_it_is_on():
    Reminder.objects.all().delete()
    fellows, physicians = make_plan(name="Fellow"), make_plan(name="Physician")
    make_reminder("fellows", "before_end", 5, fellows)
    make_reminder("off", "before_end", 5, is_on=False)
    for plan in (fellows, physicians):
        old(make_member((-300, 20), plan=plan))

    run(15)

    assert list(TermNotice.objects.values_list("step", "term__plan__name")) == [("fellows", "Fellow")]


@pytest.mark.parametrize("why", ["erased", "account closed", "membership closed", "renewed", "renewed as void"])
def test_who_gets_none(why):
    """Erased, deceased (the account is closed), resigned (the membership is), renewed; a renewal taken back is none."""
    person = old(make_member((-300, 20)))
    key = f"{Term.objects.get().pk}:before"
    if why == "erased":
        erase_person(person)
    elif why == "account closed":
        type(person).objects.update(is_active=False)
    elif why == "membership closed":
        memberships.close_membership(Membership.objects.get())
        OutgoingEmail.objects.all().delete()
    else:
        term = memberships.add_term(Membership.objects.get(), Term.objects.get().plan, on=day(0))
        if why == "renewed as void":
            memberships.void_term(term, reason="Refunded.")
    expected = ["before"] if why == "renewed as void" else []

    run(15)
    reminders.send_reminder(key)

    assert sent() == expected
    assert OutgoingEmail.objects.count() == len(expected)


@pytest.mark.parametrize("where", ["notice", "letter", "mail"])
def test_a_worker_killed_at_any_step_leaves_nothing_and_the_next_run_sends_once(where, monkeypatch):
    """Run thrice, three days late."""
    old(make_member((-300, 40)))

    def killed(*args, **kwargs):
        raise SystemError("killed")

    target = {
        "notice": (TermNotice.objects, "create"),
        "letter": (reminders, "letter"),
        "mail": (reminders, "queue_email"),
    }[where]
    with monkeypatch.context() as patched:
        patched.setattr(*target, killed)
        run(10)
    assert (sent(), OutgoingEmail.objects.count()) == ([], 0)

    for _ in range(3):
        run(13)

    assert (sent(), OutgoingEmail.objects.count()) == (["before"], 1)


def test_what_is_due_agrees_with_each_row_by_itself():
    """The one statement and the model's own words about a day say the same, for many terms and letters."""
    for kind, days in (("before_end", 3), ("after_end", 2), ("before_grace", 1), ("after_grace", 4)):
        make_reminder(f"{kind}-{days}", kind, days)
    for end, grace in ((0, 60), (3, 0), (-2, 0), (-60, 60), (-59, 60), (-64, 60), (30, 60), (7, 2), (-1, 1)):
        old(make_member((end - 300, end), plan=make_plan(grace_days=grace)))
    now = at(0)
    with time_machine.travel(now, tick=False):
        found = {row.key for row in reminders.due_reminders(now)}

    expected = set()
    for term in Term.objects.all():
        steps = [(one, one.day_of(term)) for one in Reminder.objects.all() if one.fits(term)]
        reached = [(one, when) for one, when in steps if day(-30) < when <= day(0)]
        newest = max((when for _, when in reached), default=None)
        expected |= {f"{term.pk}:{one.slug}" for one, when in reached if when == newest}
    assert found == expected
    assert len(found) >= 8


def test_a_resident_reads_of_the_category_that_follows():
    """Who chose another category for the next term, or whose training is over by then, reads its dues."""
    physician = make_plan(name="Physician", dues=485)
    person = old(make_member((-300, 40), plan=make_plan(name="Resident", dues=0, steps_up_to=physician)))
    category_changes.say_when_training_ends(person, day(30))

    run(10)

    assert "The dues are $485 a year. Renew here" in OutgoingEmail.objects.get().text


# Written by staff -----------------------------------------------------------------------------------------------------
def form_of(reminder, **changed):
    return {
        "name": reminder.name, "slug": reminder.slug, "kind": reminder.kind, "days": reminder.days, "is_on": "on",
        "subject": reminder.subject, "text": reminder.text, **changed,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["{nmae} hello", "{", "} x", "{{name}}", "{}"])
def test_a_field_that_nobody_fills_in_is_refused(desk, text):
    reminder = Reminder.objects.get(slug="before")
    url = f"/admin/membership/reminder/{reminder.pk}/change/"

    response = desk.post(url, form_of(reminder, text=text))

    assert "Nothing stands for" in response.content.decode()
    assert Reminder.objects.get(slug="before").text == reminder.text
    assert desk.post(url, form_of(reminder, text="{name}, {ends}.")).status_code == 302
    assert Reminder.objects.get(slug="before").text == "{name}, {ends}."


def test_staff_read_a_letter_as_one_member_and_nothing_is_sent(desk):
    user = old(make_member((-300, 40), plan=make_plan(name="Physician", dues=485)))
    make_member((-300, 60))
    reminder = Reminder.objects.get(slug="before")
    url = f"/admin/membership/reminder/{reminder.pk}/preview/"

    for query in ("", f"?member={user.membership.number}", f"?member={user.email}"):
        page = desk.get(url + query).content.decode()
        assert f"member number {user.membership.number}" in page
        assert "The dues are $485 a year." in page
    for query in ("?member=nobody@example.org", "?member=999999999999", "?member=%00"):
        assert desk.get(url + query).status_code == 200
    assert not OutgoingEmail.objects.exists()
    assert not TermNotice.objects.exists()


def test_a_letter_is_what_was_previewed():
    user = old(make_member((-300, 40), plan=make_plan(name="Physician", dues=485)))
    previewed = reminders.letter(Reminder.objects.get(slug="before"), Term.objects.get(), "LINK")

    run(10)

    mail = OutgoingEmail.objects.get()
    assert (mail.subject, mail.to) == (previewed["subject"], user.email)
    for paragraph in previewed["body"].split("\n\n"):
        if "LINK" not in paragraph:
            assert " ".join(paragraph.split()) in " ".join(mail.text.split())
