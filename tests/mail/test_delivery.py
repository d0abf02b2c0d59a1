"""Delivery against real servers: those that take a message, refuse it, cannot be reached, hang, and hang up."""

import socket
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.core.background.due import run_due
from aapm_site.core.models import Hold
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import delivery
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.registry import mail_kinds
from aapm_site.mail.states import SECRET_WAITS, WAITS, EmailState, WhyNotSent
from aapm_site.mail.tasks import tidy
from tests.racing import at_once

pytestmark = pytest.mark.django_db


class Server:
    """A mail server that gives the next of its `answers` to each message, and keeps what it has taken."""

    def __init__(self, *answers: str, at: str = "DATA") -> None:
        self.answers, self.at, self.taken = list(answers), at, []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at == "RCPT" and self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0) if self.at == "DATA" and self.answers else "250 OK"
        if answer == "drop":
            self.taken.append(envelope)
            server.transport.abort()
            return "250 OK"
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer


@pytest.fixture
def smtp(settings):
    """Start a Server; Django's own SMTP backend speaks to it."""
    started = []

    def start(*answers: str, at: str = "DATA") -> Server:
        handler = Server(*answers, at=at)
        controller = Controller(handler, hostname="127.0.0.1", port=free_port())
        controller.start()
        started.append(controller)
        reach(settings, controller.port)
        return handler

    yield start
    for controller in started:
        controller.stop()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def reach(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_TIMEOUT = False, "", 0.5


@pytest.fixture
def letter(templates):
    templates("t/letter", "A letter", "The text", "<p>The text</p>")
    return lambda **options: queue_email("amara@example.org", "t/letter", {}, **options)


def again(email: OutgoingEmail) -> OutgoingEmail:
    email.refresh_from_db()
    return email


def test_a_taken_message_is_sent_once(smtp, letter):
    server = smtp()
    email = letter()

    delivery.deliver_email(email_id=email.pk)
    delivery.deliver_email(email_id=email.pk)

    assert again(email).state == EmailState.SENT
    assert email.sent_at is not None
    assert [envelope.rcpt_tos for envelope in server.taken] == [["amara@example.org"]]
    assert f"Message-ID: {email.message_id}" in server.taken[0].content.decode()
    assert b"text/html" in server.taken[0].content


def test_a_passing_refusal_is_tried_again(smtp, letter):
    server = smtp("451 Busy, try later")
    email = letter()
    ProcrastinateJob.objects.all().delete()

    delivery.deliver_email(email_id=email.pk)

    assert (again(email).state, email.attempts) == (EmailState.QUEUED, 1)
    assert email.error == "The mail server answered 451 Busy, try later"
    assert timedelta(0) < email.next_attempt_at - timezone.now() <= WAITS[0]
    assert ProcrastinateJob.objects.get().scheduled_at == email.next_attempt_at

    delivery.deliver_email(email_id=email.pk)

    assert (again(email).state, email.attempts, email.error) == (EmailState.SENT, 2, "")
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("RCPT", "The mail server refused the address: 550 No such user"),
        ("DATA", "The mail server answered 550 No such user"),
    ],
)
def test_a_lasting_refusal_fails_at_once(smtp, letter, at, said):
    smtp("550 No such user", at=at)
    email = letter()
    ProcrastinateJob.objects.all().delete()

    delivery.deliver_email(email_id=email.pk)

    assert (again(email).state, email.attempts, email.error) == (EmailState.FAILED, 1, said)
    assert ProcrastinateJob.objects.count() == 0


def test_a_passing_refusal_of_the_address_is_tried_again(smtp, letter):
    smtp("450 Greylisted", at="RCPT")
    email = letter()

    delivery.deliver_email(email_id=email.pk)

    assert again(email).state == EmailState.QUEUED


def test_a_server_that_cannot_be_reached_is_waited_for(settings, letter):
    reach(settings, free_port())
    email = letter()

    delivery.deliver_email(email_id=email.pk)

    assert again(email).state == EmailState.QUEUED
    assert email.error.startswith("The mail server could not be reached:")


def test_a_server_that_hangs_is_given_up_in_time(settings, letter):
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        reach(settings, silent.getsockname()[1])
        email = letter()
        began = time.monotonic()

        delivery.deliver_email(email_id=email.pk)

    assert time.monotonic() - began < 5
    assert again(email).state == EmailState.QUEUED
    assert email.error == "The mail server did not answer in time."


def test_a_server_that_hangs_up_after_the_text_may_get_it_twice_but_recognizes_it(smtp, letter):
    server = smtp("drop")
    email = letter()

    delivery.deliver_email(email_id=email.pk)
    assert again(email).state == EmailState.QUEUED
    assert email.error.startswith("The mail server hung up")
    delivery.deliver_email(email_id=email.pk)

    assert again(email).state == EmailState.SENT
    assert len(server.taken) == 2
    assert all(email.message_id in envelope.content.decode() for envelope in server.taken)


@pytest.mark.parametrize(("secret", "waits"), [(False, WAITS), (True, SECRET_WAITS)])
def test_after_eight_tries_staff_are_left_to_decide(smtp, letter, secret, waits):
    smtp(*["451 Busy"] * 20)
    email = letter(secret=secret)

    for _ in range(8):
        assert again(email).state == EmailState.QUEUED
        delivery.attempt_delivery(email.pk)

    assert (again(email).state, email.attempts) == (EmailState.FAILED, 8)
    assert len(waits) == 7


def test_eight_tries_are_about_a_day():
    assert timedelta(hours=20) < sum(WAITS, timedelta()) < timedelta(hours=28)
    assert list(WAITS) == sorted(WAITS)


def test_a_secret_text_is_wiped_once_it_is_sent(smtp, letter, settings):
    settings.DEMO = False
    server = smtp("451 Busy")
    email = letter(secret=True)

    delivery.deliver_secret_email(email_id=email.pk)
    assert again(email).text == "The text\n"
    delivery.deliver_secret_email(email_id=email.pk)

    assert (again(email).state, email.text, email.html) == (EmailState.SENT, "", "")
    assert b"The text" in server.taken[0].content


def test_the_demonstration_keeps_secret_texts(smtp, letter, settings):
    settings.DEMO = True
    smtp()
    email = letter(secret=True)

    delivery.deliver_secret_email(email_id=email.pk)

    assert again(email).text == "The text\n"


def test_a_secret_text_that_was_never_delivered_is_wiped_after_two_days(smtp, letter):
    smtp("550 No")
    email = letter(secret=True)
    delivery.attempt_delivery(email.pk)

    tidy()
    assert again(email).text == "The text\n"
    OutgoingEmail.objects.update(created_at=timezone.now() - timedelta(days=3))
    tidy()

    assert again(email).text == ""


def test_resending_begins_anew(smtp, letter):
    server = smtp("550 No such user")
    email = letter()
    delivery.attempt_delivery(email.pk)
    ProcrastinateJob.objects.all().delete()

    delivery.resend_email(again(email))

    assert (again(email).state, email.attempts) == (EmailState.QUEUED, 0)
    assert ProcrastinateJob.objects.count() == 1
    delivery.attempt_delivery(email.pk)
    assert again(email).state == EmailState.SENT
    assert len(server.taken) == 1


def test_a_letter_that_its_room_has_overtaken_is_kept_back_for_good(smtp, letter, monkeypatch):
    server = smtp("450 Later")
    email, holds = letter(), [True]
    rule = replace(mail_kinds.get("t"), still_holds=lambda email: holds[0])
    monkeypatch.setitem(mail_kinds._items, "t", rule)
    delivery.attempt_delivery(email.pk)
    assert (again(email).state, email.attempts) == (EmailState.QUEUED, 1)

    holds[0] = False
    delivery.attempt_delivery(email.pk)
    assert (again(email).state, email.why_not_sent, email.attempts) == (
        EmailState.SUPPRESSED,
        WhyNotSent.OVERTAKEN,
        1,
    )
    assert server.taken == []
    with pytest.raises(NotAllowed, match="not so any more"):
        delivery.resend_email(email)


def test_a_wiped_secret_is_not_sent_again(smtp, letter, settings):
    settings.DEMO = False
    smtp()
    email = letter(secret=True)
    delivery.attempt_delivery(email.pk)

    with pytest.raises(NotAllowed, match="no longer kept"):
        delivery.resend_email(again(email))


def test_a_message_that_lost_its_task_is_taken_up_again(letter):
    email = letter()
    ProcrastinateJob.objects.all().delete()

    run_due(timezone.now())
    assert ProcrastinateJob.objects.count() == 0
    OutgoingEmail.objects.update(next_attempt_at=timezone.now() - timedelta(hours=2))
    run_due(timezone.now())
    run_due(timezone.now())

    assert ProcrastinateJob.objects.get().args == {"email_id": email.pk}


def test_staff_can_hold_a_message(smtp, letter):
    server = smtp()
    email = letter()
    Hold.objects.create(work="mail", key=str(email.pk))

    assert delivery.attempt_delivery(email.pk) is None

    assert again(email).attempts == 0
    assert server.taken == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same_message(smtp, letter):
    server = smtp()
    email = letter()

    outcomes = at_once(*[lambda: delivery.attempt_delivery(email.pk)] * 4)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert len(server.taken) == 1
    assert (again(email).state, email.attempts) == (EmailState.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_a_message_in_another_workers_hands_is_left_alone(smtp, letter):
    server = smtp()
    email = letter()
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            OutgoingEmail.objects.select_for_update().get(pk=email.pk)
            taken.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    taken.wait(10)
    try:
        assert delivery.attempt_delivery(email.pk) is None
    finally:
        done.set()
        other.join(10)

    assert server.taken == []
