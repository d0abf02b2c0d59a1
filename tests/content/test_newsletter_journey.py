"""From the form to the last letter, through a real mail server: asked for, confirmed, sent, stopped by one click."""

import re
import socket
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.utils import timezone

from aapm_site.core.background import due
from aapm_site.core.roles import CONTENT_EDITOR
from aapm_site.mail.domain import delivery
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.states import EmailState
from content.models import Newsletter
from tests.factories import staff_client

from .makers import news

pytestmark = pytest.mark.django_db
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


class Mailbox:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Mailbox()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield handler
    controller.stop()


def deliver(mailbox: Mailbox) -> list[EmailMessage]:
    """What the worker does; the messages that the server took."""
    before = len(mailbox.taken)
    due.run_due(timezone.now())
    for row in OutgoingEmail.objects.filter(state=EmailState.QUEUED).order_by("to"):
        delivery.attempt_delivery(row.pk)
    return mailbox.taken[before:]


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def test_from_the_form_to_the_last_letter(mailbox):
    pat, ray = "pat@people.example", "ray@people.example"
    for reader in (pat, ray):
        page = Client().get("/newsletter/")
        assert page.cookies == {}
        Client().post("/newsletter/", {"email": reader}, **HERE)
    asked = deliver(mailbox)
    assert [message["To"] for message in asked] == [pat, ray]
    for message in asked:
        link = re.search(r"http://localhost:8000(/newsletter/confirm/\S+)", text_of(message)).group(1)
        Client().post(link, **HERE)

    news("told", title="What we told the Senate", kind="statement")
    staff = staff_client(CONTENT_EDITOR)
    staff.post("/admin/content/newsletter/digest/")
    first = Newsletter.objects.get()
    staff.post(f"/admin/content/newsletter/{first.pk}/send-test/")
    (test,) = deliver(mailbox)
    assert (test["To"], test["Subject"]) == (staff.user.email, f"Test: {first.subject}")
    staff.post(f"/admin/content/newsletter/{first.pk}/send/")
    sent = deliver(mailbox)
    assert [message["To"] for message in sent] == [pat, ray]
    assert deliver(mailbox) == []
    assert {message["List-Unsubscribe-Post"] for message in sent} == {"List-Unsubscribe=One-Click"}
    for message in sent:
        assert "What we told the Senate" in text_of(message)
        html = message.get_body(("html",)).get_content()
        assert 'href="http://localhost:8000/news/told/"' in html
        assert not re.search(r"<img|src=|url\(", html)

    stop = re.fullmatch(r"<http://localhost:8000(/\S+)>", sent[0]["List-Unsubscribe"].strip()).group(1)
    program = Client(enforce_csrf_checks=True)
    assert program.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    (figures,) = staff.get("/admin/content/newsletter/").context["cl"].result_list
    assert (figures.sent_number, figures.back_number, figures.stopped_number) == (2, 0, 1)

    second = Newsletter.objects.create(subject="A letter of its own", opening="<p>We meet in Austin.</p>")
    staff.post(f"/admin/content/newsletter/{second.pk}/send/")
    (last,) = deliver(mailbox)
    assert (last["To"], last["Subject"]) == (ray, "A letter of its own")
    assert "We meet in Austin." in Client().get(Newsletter.objects.get(pk=second.pk).get_absolute_url()).text
