"""What stops list mail to an address and what does not: refusals, reports, complaints, forgeries, staff."""

from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.association import last_name
from aapm_site.core.models import Association
from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import bounces, delivery
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.domain.subscriptions import subscribe
from aapm_site.mail.domain.undeliverable import is_undeliverable, mark_undeliverable
from aapm_site.mail.models import OutgoingEmail, UndeliverableAddress
from aapm_site.mail.registry import mail_kinds
from aapm_site.mail.return_path import letter_of, return_path
from aapm_site.mail.states import BounceSource, EmailState, WhyNotSent
from tests.factories import staff_client, user
from tests.racing import at_once

from .test_delivery import Server, free_port, reach, smtp  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
READER = "amara@example.org"
REPORTS = "bounces@aapm.example"


@pytest.fixture(autouse=True)
def _returns(settings):
    settings.BOUNCE_ADDRESS = REPORTS


@pytest.fixture
def letter(templates):
    templates("t/letter", "A letter", "The text")
    return lambda **more: queue_email(more.pop("to", READER), "t/letter", {}, **{"kind": "t", **more})


@pytest.fixture
def sent(smtp, letter):  # noqa: F811 - the fixture
    smtp()
    email = letter()
    delivery.attempt_delivery(email.pk)
    email.refresh_from_db()
    return email


def again(email: OutgoingEmail) -> OutgoingEmail:
    email.refresh_from_db()
    return email


# Refused while we send ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("at", "answer", "marks"),
    [
        ("RCPT", "550 5.1.1 No such user", True),
        ("RCPT", "550 5.1.2 No such domain", True),
        ("RCPT", "550 5.1.10 The domain takes no mail", True),
        ("RCPT", "550 5.2.1 Mailbox disabled", True),
        ("RCPT", "550 No such user here", True),
        ("RCPT", "551 User not local", True),
        ("DATA", "550 5.1.1 No such user", True),
        ("RCPT", "450 4.2.1 Try later", False),
        ("RCPT", "452 4.2.2 Mailbox full", False),
        ("RCPT", "552 5.2.2 Mailbox full", False),
        ("RCPT", "550 5.7.1 Relaying denied", False),
        ("RCPT", "550 Relaying denied", False),
        ("RCPT", "550 Blocked by our list", False),
        ("RCPT", "530 5.7.0 Authentication required", False),
        ("RCPT", "535 5.7.8 Bad sign-in", False),
        ("RCPT", "554 5.7.1 Your address is listed", False),
        ("RCPT", "550 5.1.8 Bad sender", False),
        ("DATA", "550 5.7.26 SPF and DKIM are missing", False),
        ("DATA", "550 Looks like spam", False),
        ("DATA", "550 No such user", False),
        ("DATA", "554 5.6.0 Bad content", False),
        ("DATA", "451 Busy", False),
    ],
)
def test_which_refusal_says_that_the_mailbox_is_gone(smtp, letter, at, answer, marks):  # noqa: F811
    smtp(answer, at=at)
    email = letter()

    delivery.attempt_delivery(email.pk)

    assert is_undeliverable("Amara@Example.org") is marks
    assert (again(email).state == EmailState.QUEUED) is answer.startswith("4")
    if marks:
        row = UndeliverableAddress.objects.get()
        assert (row.address, row.source, row.letter, row.kind) == (READER, BounceSource.REFUSED, email, "t")
        assert answer in row.reason


class SenderRefused(Server):
    async def handle_MAIL(self, server, session, envelope, address, options):
        return "550 5.1.1 We do not know you"


def test_a_refused_sender_says_nothing_of_the_reader(letter, settings):
    controller = Controller(SenderRefused(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        reach(settings, controller.port)
        delivery.attempt_delivery(letter().pk)
    finally:
        controller.stop()

    assert UndeliverableAddress.objects.count() == 0


# What stops -----------------------------------------------------------------------------------------------------------
def test_list_mail_stops_and_the_rest_goes_on(smtp, letter, monkeypatch):  # noqa: F811
    server = smtp()
    person = user(READER)
    monkeypatch.setitem(mail_kinds._items, "other", mail_kinds.get("t").__class__("other", "O", "x.y", is_list=True))
    mark_undeliverable(READER, BounceSource.COMPLAINT, "Unwanted")
    subscription = subscribe(person, "news", "News")
    stopped = [letter(to="Amara@example.org", subscription=subscription), letter(kind="other.alert")]
    goes_on = [letter(), letter(secret=True), letter(to="other@example.org", kind="other")]

    for email in (*stopped, *goes_on):
        delivery.attempt_delivery(email.pk)

    assert [(again(email).state, email.why_not_sent, email.attempts) for email in stopped] == [
        (EmailState.SUPPRESSED, WhyNotSent.BOUNCED, 0)
    ] * 2
    assert {again(email).state for email in goes_on} == {EmailState.SENT}
    assert len(server.taken) == 3
    with pytest.raises(NotAllowed, match="came back"):
        delivery.resend_email(stopped[0])


def test_what_is_list_mail():
    assert {kind.name for kind in mail_kinds if kind.is_list} == {
        "links",
        "membership-ending",
        "group-letters",
        "member-letter",
        "newsletter",
    }


def test_ten_who_mark_at_once_leave_one_mark(transactional_db):
    said = at_once(*[lambda: mark_undeliverable(READER, BounceSource.STAFF, "Told")] * 6)
    assert (UndeliverableAddress.objects.count(), len([row for row in said if row])) == (1, 1)


# Reports --------------------------------------------------------------------------------------------------------------
def report(letter: OutgoingEmail | None = None, *, to: str = "", quotes: str = "", **fields: str) -> bytes:
    """As a mail server writes it."""
    said = {"Final-Recipient": "rfc822; victim@x.example", "Action": "failed", "Status": "5.1.1"} | fields
    block = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items())
    returned_to = to or (return_path(letter) if letter else REPORTS)
    return written("delivery-status", returned_to, f"Reporting-MTA: dns; mx.example\r\n\r\n{block}", quotes)


def complaint(quotes: str, kind: str = "abuse") -> bytes:
    return written(
        "feedback-report", REPORTS, f"Feedback-Type: {kind}\r\nUser-Agent: Mailbox/1.0\r\nVersion: 1\r\n", quotes
    )


def written(kind: str, to: str, text: str, quotes: str) -> bytes:
    parts = [("text/plain", "Something went wrong."), (f"message/{kind}", text)]
    if quotes:
        parts.append(("message/rfc822", f"Message-ID: {quotes}\r\nSubject: A letter\r\n\r\nThe text"))
    body = "".join(f"--b\r\nContent-Type: {one}\r\n\r\n{said}\r\n" for one, said in parts)
    head = f"From: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nMIME-Version: 1.0\r\nSubject: Returned\r\n"
    return f'{head}Content-Type: multipart/report; report-type={kind}; boundary="b"\r\n\r\n{body}--b--\r\n'.encode()


@pytest.mark.parametrize(
    ("setting", "seen"),
    [
        ("office@academy.example", "From: The Pain Society <office@academy.example>"),
        ("The Office <office@academy.example>", "From: The Office <office@academy.example>"),
    ],
)
def test_the_envelope_names_the_letter_and_people_see_the_sender(smtp, letter, settings, setting, seen):  # noqa: F811
    Association.objects.update_or_create(pk=Association.ONLY, defaults={"name": "The Pain Society"})
    last_name.forget()
    settings.DEFAULT_FROM_EMAIL = setting
    server = smtp()
    email = letter()
    delivery.attempt_delivery(email.pk)

    (envelope,) = server.taken
    assert envelope.mail_from == return_path(email)
    assert envelope.mail_from.startswith(f"bounces+{email.pk}-")
    assert f"{seen}\n" in envelope.content.decode().replace("\r\n", "\n")
    assert letter_of(envelope.mail_from.upper()) == email


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, "mailbox gone"),
        ({"Status": "5.0.0", "Diagnostic_Code": "smtp; 550 5.1.1 No such user"}, "mailbox gone"),
        ({"Status": "5.4.4"}, "mailbox gone"),
        ({"Status": "5.2.2"}, "came back"),
        ({"Status": "5.1.1", "Diagnostic_Code": "smtp; 550 5.7.1 Blocked"}, "came back"),
        ({"Status": "4.4.7"}, "came back"),
        ({"Status": "nonsense"}, "came back"),
        ({"Action": "delayed", "Status": "4.4.1"}, "no failure"),
        ({"Action": "delayed"}, "no failure"),
        ({"Action": "relayed"}, "no failure"),
        ({"Action": "delivered", "Status": "2.0.0"}, "no failure"),
    ],
)
@pytest.mark.parametrize("by", ["return path", "Message-ID"])
def test_what_a_report_does(sent, fields, outcome, by):
    raw = report(sent, **fields) if by == "return path" else report(quotes=sent.message_id, **fields)

    assert bounces.receive_report(raw) == outcome
    assert bounces.receive_report(raw) == outcome  # once more does no harm

    assert is_undeliverable(READER) is (outcome == "mailbox gone")
    assert not is_undeliverable("victim@x.example")  # the letter says whose it is, never the report
    came_back = outcome in {"mailbox gone", "came back"}
    assert again(sent).state == (EmailState.FAILED if came_back else EmailState.SENT)
    assert sent.error.startswith("It came back: ") is came_back


@pytest.mark.parametrize(
    ("kind", "outcome"), [("abuse", "complaint"), ("not-spam", "no failure"), ("virus", "no failure")]
)
def test_a_complaint_stops_list_mail_and_leaves_the_letter(sent, kind, outcome):
    assert bounces.receive_report(complaint(sent.message_id, kind)) == outcome
    assert (is_undeliverable(READER), again(sent).state) == (outcome == "complaint", EmailState.SENT)


def test_a_forged_report_silences_nobody(sent):
    right = return_path(sent)
    number = right.index("-") - 1
    forged = [
        report(to=REPORTS),
        report(to=right[:-20] + "x"),
        report(to=right.replace("-", "-" + "0" * 20 + "@x.example,<", 1)),
        report(to=right[:number] + str(int(right[number]) + 1) + right[number + 1 :]),
        report(to=f"bounces+{sent.pk}-{'0' * 20}@aapm.example"),
        report(to=f"bounces+{'9' * 18}-{'0' * 20}@aapm.example"),
        report(quotes="<guessed@aapm.example>"),
        complaint("<guessed@aapm.example>"),
    ]
    assert {bounces.receive_report(raw) for raw in forged} == {"not ours"}
    assert (UndeliverableAddress.objects.count(), again(sent).state) == (0, EmailState.SENT)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\0\xff\xfe", b"Subject: Hello\r\n\r\nI am away until Monday",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nnothing",
        b'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n\xff\0: x',
    ],
)  # fmt: skip
def test_whatever_is_no_report_does_nothing(raw):
    assert bounces.receive_report(raw) in {"no report", "not ours"}


# Lifted ---------------------------------------------------------------------------------------------------------------
def mark(address: str = READER) -> UndeliverableAddress:
    row = mark_undeliverable(address, BounceSource.REPORT, "It came back: 5.1.1")
    assert row is not None
    return row


def test_the_person_sees_it_and_mends_it_by_a_letter(client):
    person = user(READER)
    row = mark()
    client.force_login(person)
    assert "Mail to you came back" in client.get("/account/").text
    assert "Mail to you came back" in client.get("/account/mail/").text

    for _ in range(2):
        client.post("/account/mail/try/")
    email = OutgoingEmail.objects.get(template=bounces.TRIAL)
    link = email.text.split("https://", 1)[-1].split("http://", 1)[-1].split("\n")[0]
    path = link[link.index("/mail/") :].strip()
    visitor = Client()
    assert "Shall what you have asked" in visitor.get(path).text
    assert is_undeliverable(READER)  # a scanner that follows links changes nothing
    assert "comes to amara@example.org again" in visitor.post(path).text

    row.refresh_from_db()
    assert (row.lifted_at is not None, row.why_lifted) == (True, bounces.CONFIRMED_AGAIN)
    assert "came back" not in client.get("/account/mail/").text
    assert visitor.get("/mail/arrives/forged/").status_code == 404


def test_a_code_from_the_mailbox_lifts_it_too(rf):
    person = user(READER)
    mark()
    address = EmailAddress.objects.get(user=person)

    request = rf.get("/")
    request.session = SessionStore()
    email_confirmed.send(EmailAddress, request=request, email_address=address)

    assert not is_undeliverable(READER)


def test_staff_enter_it_with_a_reason_and_lift_it_with_another():
    client = staff_client(CAREERS_STAFF)
    add = reverse("admin:mail_undeliverableaddress_add")
    typed = {"address": "Amara@Example.org", "source": "staff", "reason": "The letter to the office said so."}
    assert client.post(add, typed | {"reason": ""}).status_code == 200
    assert client.post(add, typed | {"source": "report"}).status_code == 200
    assert UndeliverableAddress.objects.count() == 0

    assert client.post(add, typed).status_code == 302
    row = UndeliverableAddress.objects.get()
    assert (row.address, row.source, row.entered_by.email) == (READER, "staff", client.user.email)
    assert "marked already" in client.post(add, typed).text

    lift = reverse("admin:mail_undeliverableaddress_lift", args=[row.pk])
    assert client.post(lift, {"why": ""}).status_code == 422
    assert client.post(lift, {"why": "She called: the mailbox is back."}).status_code == 302
    row.refresh_from_db()
    assert (row.lifted_by, row.why_lifted) == (row.entered_by, "She called: the mailbox is back.")
    client.post(lift, {"why": "Once more"})
    assert UndeliverableAddress.objects.get().why_lifted == "She called: the mailbox is back."
    assert mark().pk != row.pk  # it may come back again, and the old row stays


def test_staff_see_the_mark_beside_the_address_and_not_that_of_another_rooms_letter(sent):
    mark()
    client = staff_client()
    assert "Undeliverable" in client.get(reverse("admin:mail_outgoingemail_changelist")).text
    person = user(READER)
    assert "Undeliverable" in client.get(reverse("admin:accounts_user_changelist")).text
    assert "list mail has stopped" in client.get(reverse("admin:accounts_user_change", args=[person.pk])).text

    UndeliverableAddress.objects.update(kind="question.receipt")
    listed = reverse("admin:mail_undeliverableaddress_changelist")
    assert READER in client.get(listed).text
    assert READER not in staff_client(CAREERS_STAFF).get(listed).text


def test_a_link_of_long_ago_lifts_nothing(client, monkeypatch):
    with_time = signing.dumps(READER, salt=bounces.SALT)
    monkeypatch.setattr(bounces, "LINK_SECONDS", -1)
    assert bounces.address_to_try(with_time) is None


def test_a_letter_to_try_is_sent_once_an_hour():
    person = user(READER)
    bounces.try_address(person)
    with pytest.raises(NotAllowed, match="just sent"):
        bounces.try_address(person)
    OutgoingEmail.objects.update(created_at=timezone.now() - timedelta(hours=2))
    bounces.try_address(person)
