"""The bounce mailbox, read from a real server over TLS."""

import imaplib
import ssl

import pytest

from aapm_site.mail.domain import bounce_mailbox
from aapm_site.mail.domain.undeliverable import is_undeliverable
from aapm_site.mail.tasks import read_bounce_mailbox

from .imap_server import LOOPBACK, ImapServer
from .test_bounces import READER, complaint, letter, report, sent, smtp  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings, tmp_path, monkeypatch):
    """Start the server with these messages; the site's settings lead to it."""
    settings.BOUNCE_ADDRESS = "bounces@aapm.example"
    started = []

    def start(*messages: bytes) -> ImapServer:
        server = ImapServer(tmp_path, list(messages))
        started.append(server)
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT = LOOPBACK, server.server_address[1]
        settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = server.user, server.password
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


def test_what_is_unread_is_handled_once_whatever_lies_between(mailbox, sent, monkeypatch):  # noqa: F811
    monkeypatch.setattr(bounce_mailbox, "LONGEST", 20_000)
    server = mailbox(b"Subject: Hi\r\n\r\nAway", b"\0\xff" * 20_000, report(quotes="<x@y>"), report(sent))

    assert bounce_mailbox.read_bounces() == {"no report": 1, "too long": 1, "not ours": 1, "mailbox gone": 1}

    assert is_undeliverable(READER)
    assert server.seen == {1, 2, 3, 4}
    assert server.heard[-1] == "LOGOUT"
    assert bounce_mailbox.read_bounces() == {}


def test_nothing_is_asked_while_no_mailbox_is_set(mailbox, settings):
    server = mailbox()
    settings.BOUNCE_IMAP_HOST = ""

    read_bounce_mailbox()

    assert server.heard == []


def test_a_wrong_password_and_a_foreign_certificate_are_refused(mailbox, settings, monkeypatch):
    server = mailbox(complaint("<x@y>"))
    settings.BOUNCE_IMAP_PASSWORD = "wrong"  # noqa: S105
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        bounce_mailbox.read_bounces()

    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(ssl.SSLCertVerificationError):
        bounce_mailbox.read_bounces()
    assert (server.seen, server.heard.count("LOGIN")) == (set(), 1)
