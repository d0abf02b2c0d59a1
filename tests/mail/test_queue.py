"""Queueing a message: in the transaction, to one person, with nothing in the headers that was not meant."""

import email.policy
from email import message_from_bytes

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.mail.domain.delivery import deliver_email
from aapm_site.mail.domain.queue import NotAnAddress, queue_email
from aapm_site.mail.domain.subscriptions import pause_subscription, subscribe
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.states import EmailState
from tests.factories import user

pytestmark = pytest.mark.django_db

FRAME_HTML = '{% extends "emails/base.html" %}{% block content %}<p>Hello {{ name }}</p>{% endblock %}'
FRAME_TEXT = '{% extends "emails/base.txt" %}{% block content %}Hello {{ name }}{% endblock %}'


def test_a_message_is_rendered_and_its_task_queued(templates):
    templates("t/hello", "For {{ name }}", FRAME_TEXT, FRAME_HTML)

    email = queue_email("amara@example.org", "t/hello", {"name": "Amara & Søn"})

    assert email.state == EmailState.QUEUED
    assert email.subject == "For Amara & Søn"
    assert "Hello Amara & Søn\n" in email.text
    assert "http://localhost:8000/" in email.text
    assert "<p>Hello Amara &amp; Søn</p>" in email.html
    assert email.kind == "t"
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.queue_name, job.args) == ("mail.deliver", "default", {"email_id": email.pk})


def test_the_text_makes_the_html_where_there_is_none(templates):
    templates("t/plain", "S", FRAME_TEXT.replace("Hello {{ name }}", "One <b>\n\nTwo http://localhost:8000/x/"))

    html = queue_email("amara@example.org", "t/plain", {}).html

    assert "<p>One &lt;b&gt;</p>" in html
    assert '<a href="http://localhost:8000/x/"' in html
    assert html.count("You get this because") == 1


def test_a_missing_part_of_a_html_template_is_an_error(templates):
    templates("t/broken", "S", "T", '{% include "emails/t/nowhere.html" %}')

    with pytest.raises(Exception, match="nowhere"):
        queue_email("amara@example.org", "t/broken", {})


@pytest.mark.django_db(transaction=True)
def test_a_rollback_sends_nothing(templates):
    templates("t/hello")

    with transaction.atomic():
        queue_email("amara@example.org", "t/hello", {})
        transaction.set_rollback(True)

    assert OutgoingEmail.objects.count() == 0
    assert ProcrastinateJob.objects.count() == 0


def test_a_secret_message_goes_first_on_its_own_queue(templates):
    templates("t/hello")

    queue_email("amara@example.org", "t/hello", {}, secret=True)

    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.queue_name, job.priority) == ("mail.deliver_secret", "secret", 100)


BREAKS = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x00"]


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_line_break_in_a_name_makes_no_header(templates, line_break):
    templates("t/hello", "For {{ name }}", "Hello {{ name }}")

    queued = queue_email("amara@example.org", "t/hello", {"name": f"Amara{line_break}Bcc: all@example.org"})
    deliver_email(email_id=queued.pk)

    sent = mail.outbox[0]
    parsed = message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
    assert sent.recipients() == ["amara@example.org"]
    assert parsed["Bcc"] is None
    assert parsed["To"] == "amara@example.org"
    assert "Bcc: all@example.org" in parsed["Subject"]
    assert set(parsed.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org, b@example.org",
        "a@example.org\nBcc: b@example.org",
        "Amara <a@example.org>",
        "a@example.org\u2028",
        f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 57}.example",
        "",
    ],
)
def test_anything_but_one_plain_address_is_refused(templates, address):
    templates("t/hello")

    with pytest.raises(NotAnAddress):
        queue_email(address, "t/hello", {})
    with pytest.raises(NotAnAddress):
        queue_email("amara@example.org", "t/hello", {}, reply_to=address or "no address")

    assert OutgoingEmail.objects.count() == 0


@pytest.mark.parametrize("length", [200, 201, 254])
def test_a_long_address_is_written_to(templates, length):
    templates("t/hello")
    address = f"{'a' * (length - 191)}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example"
    assert len(address) == length

    deliver_email(email_id=queue_email(address, "t/hello", {}, reply_to=address).pk)

    assert (mail.outbox[0].to, mail.outbox[0].reply_to) == ([address], [address])


def test_a_reply_goes_to_the_given_address(templates):
    templates("t/hello")

    deliver_email(email_id=queue_email("amara@example.org", "t/hello", {}, reply_to="staff@example.org").pk)

    assert mail.outbox[0].reply_to == ["staff@example.org"]


def test_list_mail_carries_the_one_click_headers_and_its_link(templates):
    templates("t/hello", "S", FRAME_TEXT, FRAME_HTML)
    person = user()
    subscription = subscribe(person, "news", "News and statements")

    email = queue_email(person.email, "t/hello", {}, user=person, subscription=subscription)

    assert email.headers["List-Unsubscribe"] == f"<{subscription.unsubscribe_url}>"
    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert subscription.unsubscribe_url in email.text
    assert subscription.unsubscribe_url in email.html


def test_paused_list_mail_is_kept_and_not_sent(templates):
    templates("t/hello")
    person = user()
    subscription = subscribe(person, "news", "News and statements")
    pause_subscription(subscription)
    subscription.refresh_from_db()

    email = queue_email(person.email, "t/hello", {}, user=person, subscription=subscription)

    assert email.state == EmailState.SUPPRESSED
    assert ProcrastinateJob.objects.count() == 0
