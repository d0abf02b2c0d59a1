"""Who on the staff sees which mail and which due work: written down here, and not asked of the registrations."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from aapm_site.core import roles
from aapm_site.core.background import due
from aapm_site.core.background.due import DueRow
from aapm_site.core.models import Hold
from aapm_site.core.registry import GuardedRegistry
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail, Subscription
from aapm_site.mail.registry import UnknownKind, mail_kinds
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

KINDS = {
    "account": "account",
    "subscription": "subscription",
    "question": "question",
    "links": "links",
    "newsletter": "newsletter.confirm",
    "alerts": "alerts.positions",
    "careers": "careers.job_approved",
    "profiles": "profiles.profile_rests",
    "profile-searches": "profile-searches.found",
    "applications": "applications.application_new",
    "membership-application": "membership-application",
    "membership-ending": "membership-ending",
    "membership-closed": "membership-closed",
    "membership-groups": "membership-groups",
    "group-letters": "group-letters",
    "directory": "directory.message",
    "membership-seats": "membership-seats",
    "membership-office": "membership-office",
    "membership-leaving": "membership-leaving",
    "member-letter": "member-letter",
    "membership-automatic": "membership-automatic",
    "journal-contents": "journal-contents",
    "journal-subject": "journal-subject",
    "billing": "billing.order_placed",
    "test": "test",
}
NO_MAIL: set[str] = set()  # without the right to the list of mail at all
MAIL = {
    roles.CONTENT_EDITOR: NO_MAIL,
    roles.CAREERS_STAFF: {"account", "subscription", "test", "careers", "alerts", "profiles", "applications"}
    | {"profile-searches"},
    roles.MEMBERSHIP_STAFF: {"account", "subscription", "test", "membership-application", "membership-ending"}
    | {"membership-seats", "membership-office", "membership-leaving", "membership-automatic"}
    | {"membership-closed", "membership-groups", "group-letters", "directory", "journal-contents", "member-letter"}
    | {"journal-subject"},
    roles.JOURNAL_EDITOR: NO_MAIL,
    roles.FINANCE: NO_MAIL,
    roles.ADMINISTRATOR: set(KINDS),
}
BY_CAREERS = {"reported-positions", "alert-matching", "alert-letters", "alert-silence", "profile-rest", "still-open"}
BY_CAREERS |= {"profile-matching", "profile-letters", "job-ends"}
BY_CONTENT = {"pages-ahead", "prepared-changes", "meetings", "newsletters"}
WORK = {
    roles.CONTENT_EDITOR: BY_CONTENT,
    roles.CAREERS_STAFF: {"mail", "job-ending", "owner-recoveries"} | BY_CAREERS,
    roles.MEMBERSHIP_STAFF: {"mail", "membership-ending", "member-letters", "account-recoveries", "journal-contents"}
    | {"application-drafts", "group-letters", "membership-automatic", "journal-subjects", "seats-ending"},
    roles.JOURNAL_EDITOR: {"journal-contents", "journal-subjects", "journal-usage"},
    roles.FINANCE: {"invoice-overdue", "card-order-abandoned", "offer-ended", "seats-ending"},
    roles.ADMINISTRATOR: {"mail", "job-ending", "membership-ending", "invoice-overdue", "card-order-abandoned"}
    | {"offer-ended", "account-recoveries", "owner-recoveries", "journal-contents", "member-letters"}
    | {"application-drafts", "group-letters", "membership-automatic", "journal-subjects", "journal-usage"}
    | {"seats-ending"}
    | BY_CAREERS
    | BY_CONTENT,
}
LIST = "/admin/mail/outgoingemail/"


@pytest.fixture
def letters() -> dict[str, OutgoingEmail]:
    """One letter of each kind that was refused once and waits; a word of its own stands in its subject and text."""
    hour_ago = timezone.now() - timedelta(hours=1)
    return {
        name: OutgoingEmail.objects.create(
            to=f"{name}@people.example", subject=f"About {name}-canary", text=f"{name}-words", html=f"{name}-words",
            kind=kind, template="t/t", message_id=f"<{name}@people.example>", attempts=1, next_attempt_at=hour_ago,
        )
        for name, kind in KINDS.items()
    }  # fmt: skip


def seen_in(text: str) -> set[str]:
    return {name for name in KINDS if f"{name}-canary" in text or f"{name}-words" in text or f"{name}@people" in text}


def test_every_kind_and_every_work_is_in_the_tables():
    assert {kind.name for kind in mail_kinds} == set(KINDS)
    assert {work.name for work in due.due_work} == WORK[roles.ADMINISTRATOR]
    assert set(MAIL) == set(WORK) == set(roles.ROLES)


@pytest.mark.parametrize("role", roles.ROLES)
def test_mail_is_seen_found_and_sent_by_its_own_room(role, letters):
    staff, expected = staff_client(role), MAIL[role]
    pages = [LIST, f"{LIST}?q=canary", f"{LIST}?q=people.example", *(f"{LIST}?kind={name}" for name in KINDS)]
    answers = [staff.get(address) for address in pages]
    if not expected:
        assert {answer.status_code for answer in answers} == {403}
    else:
        assert [seen_in(answer.text) for answer in answers[:3]] == [expected] * 3
        assert [seen_in(answer.text) for answer in answers[3:]] == [expected & {name} for name in KINDS]
        offered = {name for name in KINDS if f"?kind={name}" in answers[0].text}
        assert offered == expected
    for name, email in letters.items():
        own = [staff.get(f"{LIST}{email.pk}/{page}/") for page in ("change", "history", "html", "resend")]
        pressed = staff.post(f"{LIST}{email.pk}/resend/")
        staff.get("/admin/")  # takes in what is said of it
        email.refresh_from_db()
        if name in expected:
            assert [answer.status_code for answer in own] == [200] * 4
            assert (pressed.status_code, email.attempts) == (302, 0)
        else:
            assert seen_in("".join(answer.text for answer in own)) == set()
            assert 200 not in {answer.status_code for answer in (*own, pressed)}
            assert email.attempts == 1


@pytest.mark.parametrize("role", roles.ROLES)
def test_waiting_mail_is_held_by_its_own_room(role, letters):
    staff, expected = staff_client(role), MAIL[role]
    assert seen_in(staff.get("/admin/due/").text) == expected
    for name, email in letters.items():
        row = {"work": "mail", "key": str(email.pk)}
        staff.post("/admin/due/hold/", row)
        assert Hold.objects.filter(**row).exists() == (name in expected)
        Hold.objects.get_or_create(**row)
        staff.post("/admin/due/release/", row)
        assert Hold.objects.filter(**row).exists() == (name not in expected)


@pytest.mark.parametrize("role", roles.ROLES)
def test_due_work_is_seen_held_and_released_by_its_own_room(role, monkeypatch):
    """With a row of each registered work, under the permission that its room has given it."""
    soon, made = timezone.now() + timedelta(hours=1), GuardedRegistry()
    for work in due.due_work:
        made.register(replace(work, due=lambda at, name=work.name: [DueRow("1", f"{name}-canary", soon)]))
    monkeypatch.setattr(due, "due_work", made)
    staff, expected = staff_client(role), WORK[role]

    page = staff.get("/admin/due/").text
    assert {work.name for work in made if f"{work.name}-canary" in page} == expected
    held = {work.name for work in made if f"Why hold {work.name}-canary?" in page}
    assert held == {work.name for work in made if work.name in expected and work.can_be_held}
    assert {work.name for work in made if f"?work={work.name}" in page} in (expected, set())
    for work in made:
        row = {"work": work.name, "key": "1"}
        assert f"{work.name}-canary" not in staff.get(f"/admin/due/?work={work.name}").text or work.name in expected
        staff.post("/admin/due/hold/", row)
        assert Hold.objects.filter(**row).exists() == (work.name in expected and work.do is not None)
        if work.do is None:  # nothing to hold, so nothing to release
            continue
        Hold.objects.get_or_create(**row)
        staff.post("/admin/due/release/", row)
        assert Hold.objects.filter(**row).exists() == (work.name not in expected)


def test_subscriptions_are_of_kinds_too():
    for kind in ("subscription", "question"):
        Subscription.objects.create(email=f"{kind}@people.example", kind=kind, title="News")
    page = staff_client(roles.CAREERS_STAFF).get("/admin/mail/subscription/").text
    assert seen_in(page) == {"subscription"}


@pytest.mark.parametrize("kind", ["", "nobody", "nobody.billing", "bill", "billing-office", "content"])
def test_an_unknown_kind_is_refused_when_it_is_queued(kind):
    with pytest.raises(UnknownKind):
        queue_email("amara@example.org", "content/question_receipt", {}, kind=kind)
    assert OutgoingEmail.objects.count() == 0


def test_a_letter_of_a_room_that_is_gone_is_for_superusers(letters):
    OutgoingEmail.objects.filter(pk=letters["links"].pk).update(kind="gone")
    for staff, seen in ((staff_client(roles.ADMINISTRATOR), set(KINDS) - {"links"}), (staff_client(), set(KINDS))):
        assert seen_in(staff.get(LIST).text) == seen
        assert seen_in(staff.get("/admin/due/").text) == seen
