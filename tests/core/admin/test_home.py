"""The staff's front page says what needs this person: by role, with number, age of the oldest and the way there."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import empty

from aapm_site.accounts.models import AccountRecovery, AddressChange, Place
from aapm_site.core import roles
from aapm_site.core.admin.home import staff_queues, waiting_for
from aapm_site.mail.domain.bounces import lift_undeliverable
from aapm_site.mail.domain.undeliverable import mark_undeliverable
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.states import BounceSource, EmailState
from careers.domain.job_reports import report_job
from careers.fellowship_states import OfferStatus
from careers.models import EmployerDecision, Job
from careers.states import JobStatus
from content.models import Newsletter
from membership.models import DirectoryEntry, Group, GroupJoinRequest, MemberLetter, Membership, Pause
from tests.billing.factories import placed
from tests.billing.shop import Shop
from tests.careers.factories import live_job, make_employer, make_job
from tests.careers.test_applications import sent
from tests.careers.test_fellowships import offer
from tests.content.asking import answered, asked
from tests.factories import staff_client, staff_user, user
from tests.membership.factories import make_application, make_member

pytestmark = pytest.mark.django_db

QUEUES = {
    roles.CONTENT_EDITOR: ["questions-overdue", "questions", "newsletters"],
    roles.CAREERS_STAFF: [
        *(
            "messages-reported",
            "positions-reported",
            "positions-in-review",
            "fellowships-in-review",
            "employers-proved",
            "positions-changed",
        ),
        "undelivered-letters",
    ],
    roles.MEMBERSHIP_STAFF: [
        "applications",
        "pauses",
        "group-requests",
        "directory-messages",
        "member-letters",
        "recoveries",
        "undelivered-letters",
        "people-without-mail",
    ],
    roles.JOURNAL_EDITOR: [],
    roles.FINANCE: ["overdue-invoices"],
}
ADMINISTRATORS_ALONE = {"new-addresses"}


@pytest.fixture
def shop():
    """A room that sells something, so that there can be an invoice."""
    made = Shop()
    made.sell("three", "222.75")
    made.open()
    yield made
    made.close()


def shown(client):
    """Name → number and days of the oldest, as the front page says."""
    return {found.queue.name: (found.number, found.days) for found in client.get("/admin/").context["waiting"]}


@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_is_shown_what_it_may_decide(role):
    everything = [queue.name for queue in staff_queues]
    assert list(shown(staff_client(role))) == QUEUES.get(role, everything)
    assert set(everything) == {name for names in QUEUES.values() for name in names} | ADMINISTRATORS_ALONE


def test_each_counts_what_waits_and_how_long_the_oldest_has(shop):
    now = timezone.now()
    for days in (3, 8):
        make_job(status=JobStatus.IN_REVIEW, submitted_at=now - timedelta(days=days))
    make_job(status=JobStatus.DRAFT)
    make_application(submitted_at=now - timedelta(days=5))
    with time_machine.travel(now - timedelta(days=2)):
        placed()
        answered()
    asked(question="Who reads this?")
    OutgoingEmail.objects.update(state=EmailState.SENT, sent_at=now, why_not_sent="")
    for number, (state, secret, days) in enumerate(
        ((EmailState.FAILED, False, 1), (EmailState.FAILED, True, 1), (EmailState.FAILED, False, 40))
    ):
        OutgoingEmail.objects.create(
            kind="careers.job_ending", to="amara@example.org", message_id=f"<{number}@example.org>", state=state,
            secret=secret, created_at=now - timedelta(days=days),
        )  # fmt: skip

    user("gone@example.org"), user("left@example.org", is_active=False), user("back@example.org")
    with time_machine.travel(now - timedelta(days=4)):
        for address in ("gone@example.org", "left@example.org", "nobody@example.org"):
            mark_undeliverable(address, BounceSource.STAFF, "A letter to the office.")
    lift_undeliverable(
        mark_undeliverable("back@example.org", BounceSource.STAFF, "Full."), why="She called.", by=staff_user()
    )

    assert shown(staff_client(roles.ADMINISTRATOR)) == {
        "messages-reported": (0, 0),
        "positions-reported": (0, 0),
        "positions-in-review": (2, 8),
        "fellowships-in-review": (0, 0),
        "employers-proved": (0, 0),
        "positions-changed": (0, 0),
        "applications": (1, 5),
        "pauses": (0, 0),
        "group-requests": (0, 0),
        "directory-messages": (0, 0),
        "member-letters": (0, 0),
        "questions-overdue": (0, 0),
        "questions": (1, 0),
        "newsletters": (0, 0),
        "undelivered-letters": (1, 1),
        "people-without-mail": (1, 4),
        "overdue-invoices": (1, 2),
        "recoveries": (0, 0),
        "new-addresses": (0, 0),
    }


def test_the_press_leads_to_the_same_rows(shop):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        placed()
    placed()
    make_job(status=JobStatus.IN_REVIEW, submitted_at=timezone.now())
    applicant = make_member((-9, 90))
    GroupJoinRequest.objects.create(
        group=Group.objects.create(name="Rural", slug="rural"), membership=applicant.membership
    )
    make_application()
    MemberLetter.objects.create(subject="The spring letter", status="waiting", asked_at=timezone.now())
    Newsletter.objects.create(subject="The winter letter", status="waiting", asked_at=timezone.now())
    report_job(live_job(), reason="fraud", reader="somebody", network="a network")
    Job.objects.filter(pk=live_job().pk).update(updated_at=timezone.now(), approved_at=timezone.now() - timedelta(1))
    duluth = Place.objects.create(name="Duluth", state_code="MN", state="Minnesota", latitude=46.8, longitude=-92.1)
    sent().talk.create(text="Send me 200 dollars.", by_employer=True, reported_at=timezone.now())
    listed_member = Membership.objects.create(user=user(), number=90_001, joined_on=timezone.localdate())
    Pause.objects.create(membership=listed_member, reason="other", starts_on="2026-01-01", back_on="2026-06-01")
    DirectoryEntry.objects.create(membership=listed_member).messages.create(audience="public", spam_reason="Links.")
    offer(duluth, OfferStatus.IN_REVIEW, submitted_at=timezone.now())
    with time_machine.travel(timezone.now() - timedelta(days=8)):
        asked(question="How long do I wait?")
    asked()
    EmployerDecision.objects.create(employer=make_employer(), kind="proved", domain="harborlane.example")
    OutgoingEmail.objects.filter(secret=False).update(state=EmailState.FAILED, sent_at=None, why_not_sent="")
    mark_undeliverable(user().email, BounceSource.STAFF, "A letter to the office.")
    boss, person, other = staff_client(roles.ADMINISTRATOR), user(), staff_user(roles.ADMINISTRATOR)
    for asks, subject in ((other, person), (boss.user, other)):  # one's own wait for somebody else
        addresses = {"person": subject, "from_email": subject.email, "to_email": "new@example.org"}
        AddressChange.objects.create(**addresses, asked_by=asks)
        AccountRecovery.objects.create(
            **addresses, opened_by=asks, due_at=timezone.now(), reason="She called.", evidence="Her passport."
        )
    page = boss.get("/admin/")

    assert [
        found.number for found in page.context["waiting"] if found.queue.name in {"recoveries", "new-addresses"}
    ] == [1, 1]
    for found in page.context["waiting"]:
        assert found.number >= 1, found.queue.name
        assert f'href="{found.url}"' in page.text.replace("&amp;", "&")
        led = boss.get(found.url, follow=True).context  # the desk shows one of them after another
        number = led["total"] if found.queue.name in {"positions-in-review", "applications"} else led["cl"].result_count
        assert number == found.number, found.queue.name


def test_each_queue_is_one_query():
    user = staff_client(roles.ADMINISTRATOR).user
    user.get_all_permissions()

    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        waiting_for(user)

    assert len(asked_for) == len(staff_queues)


def test_nothing_waits():
    page = staff_client(roles.CONTENT_EDITOR).get("/admin/").text
    words = "Questions that wait for longer than we promise; Questions from the public"
    assert page.count(f"Nothing waits among: {words}; Newsletters that need a second person.") == 1
    assert "Waiting for you" not in staff_client(roles.JOURNAL_EDITOR).get("/admin/").text


# The tables -----------------------------------------------------------------------------------------------------------
def tables(client):
    return [app["app_label"] for app in client.get("/admin/").context["app_list"]]


def test_the_tables_of_ones_own_room_come_first():
    assert tables(staff_client(roles.CAREERS_STAFF))[0] == "careers"
    assert tables(staff_client(roles.FINANCE))[0] == "billing"
    assert tables(staff_client(roles.CONTENT_EDITOR))[0] == "content"


def test_no_page_counts_out_the_tables_for_a_bar_that_it_does_not_show():
    request = RequestFactory().get("/admin/")
    request.user = staff_user(roles.FINANCE)
    tables = admin.site.each_context(request)["available_apps"]
    assert tables._wrapped is empty
    assert {app["app_label"] for app in tables} == {"accounts", "billing", "careers", "core", "membership"}


def test_technical_tables_stand_apart_and_for_administrators_only():
    boss = staff_client()
    page = boss.get("/admin/")
    apart = {model["model"]._meta.label for app in page.context["technical"] for model in app["models"]}
    above = {model["model"]._meta.label for app in page.context["app_list"] for model in app["models"]}

    assert {"core.Count", "core.Hold", "procrastinate.ProcrastinateJob", "mfa.Authenticator"} <= apart
    assert not apart & above
    assert {"accounts.User", "content.Page", "careers.Job", "mail.OutgoingEmail"} <= above
    assert '<details class="technical">' in page.text
    assert reverse("admin:core_hold_changelist") in page.text
    for role in roles.ROLES[:-1]:
        other = staff_client(role).get("/admin/")
        assert (other.context["technical"], "Technical tables" in other.text) == ([], False)
        assert "account" not in tables(staff_client(role))
