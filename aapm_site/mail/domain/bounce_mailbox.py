"""The mailbox to which reports come, read over IMAP with TLS."""

import imaplib
import re
import ssl

import structlog
from django.conf import settings

from .bounces import receive_report

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 200
LONGEST = 1_000_000  # bytes; reports quote a letter at most
TIMEOUT = 30
_size = re.compile(rb"RFC822\.SIZE (\d+)")


def read_bounces() -> dict[str, int]:
    """Handle the unread messages of the mailbox, and count what they were. Does nothing while none is set.

    A message is marked as read once it was handled, so what a crash leaves is read again; repeating does no harm.
    """
    counted: dict[str, int] = {}
    if not settings.BOUNCE_IMAP_HOST:
        return counted
    with _connect() as mailbox:
        mailbox.login(settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD)
        mailbox.select("INBOX")
        for number in _unread(mailbox):
            outcome = _handle(mailbox, number)
            counted[outcome] = counted.get(outcome, 0) + 1
            mailbox.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
    if counted:
        log.info("mail.bounces_read", **{outcome.replace(" ", "_"): count for outcome, count in counted.items()})
    return counted


def _connect() -> imaplib.IMAP4_SSL:
    host, port = settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT
    return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)


def _unread(mailbox: imaplib.IMAP4_SSL) -> list[str]:
    _, found = mailbox.uid("SEARCH", "UNSEEN")
    return [number.decode() for number in (found[0] or b"").split()][:MOST_AT_ONCE]


def _handle(mailbox: imaplib.IMAP4_SSL, number: str) -> str:
    _, measured = mailbox.uid("FETCH", number, "(RFC822.SIZE)")
    size = _size.search(measured[0] if isinstance(measured[0], bytes) else b"")
    if size is None or int(size[1]) > LONGEST:
        return "too long"
    _, fetched = mailbox.uid("FETCH", number, "(BODY.PEEK[])")
    raw = next((part[1] for part in fetched if isinstance(part, tuple)), b"")
    try:
        return receive_report(raw)
    except (LookupError, TypeError, ValueError, AttributeError) as wrong:
        # Anybody can send something there that no parser takes; the next message is read all the same.
        log.warning("mail.report_unreadable", kind=type(wrong).__name__)
        return "unreadable"
