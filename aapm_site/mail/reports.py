"""Reports about mail, as mail servers write them: what came back (RFC 3464), and complaints (RFC 5965).

Anybody can write one, so nothing here is believed: domain/bounces.py asks whether it is about a letter of ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import getaddresses

from .refusals import status_in

COMPLAINTS = frozenset({"abuse", "fraud", "opt-out"})
RETURN_HEADERS = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
MOST_NAMED = 20
SAID_LENGTH = 500


@dataclass(frozen=True)
class MailReport:
    """`returned_to` are the addresses that it came to, `message_ids` those of the letter that it quotes."""

    is_complaint: bool
    has_failed: bool
    status: str
    said: str
    returned_to: tuple[str, ...]
    message_ids: tuple[str, ...]


def read_report(raw: bytes) -> MailReport | None:
    """The report in a message; None when it is another message."""
    message = message_from_bytes(raw)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    failed = next(_failures(message), None)
    complaint = next((part for part in _parts(message, "message/feedback-report") if _is_complaint(part)), None)
    status, said = _status_of(failed) if failed is not None else ("", "")
    return MailReport(
        is_complaint=complaint is not None,
        has_failed=failed is not None,
        status=status,
        said=said,
        returned_to=tuple(_returned_to(message)),
        message_ids=tuple(_message_ids(message)),
    )


def _parts(message: Message, kind: str) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() == kind)


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a part; a part that is no such thing has none."""
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _failures(message: Message) -> Iterator[Message]:
    """What was said of a recipient for whom it failed for good; not of one for whom it is late, or relayed on."""
    for part in _parts(message, "message/delivery-status"):
        for block in _blocks(part):
            if _field(block, "Action").casefold() == "failed":
                yield block


def _status_of(failed: Message) -> tuple[str, str]:
    """The enhanced status, of the report or of the answer that it quotes, and that answer."""
    diagnostic = _field(failed, "Diagnostic-Code").partition(";")[2].strip()
    quoted = status_in(re.sub(r"^\d{3}[ -]", "", diagnostic))
    said = f"{_field(failed, 'Status')} {diagnostic}".strip()
    return quoted or _field(failed, "Status").split(" ", 1)[0], said[:SAID_LENGTH]


def _is_complaint(part: Message) -> bool:
    return any(_field(block, "Feedback-Type").casefold() in COMPLAINTS for block in _blocks(part))


def _returned_to(message: Message) -> Iterator[str]:
    named = [str(value) for header in RETURN_HEADERS for value in message.get_all(header, [])]
    return (address for _, address in getaddresses(named[:MOST_NAMED]) if address)


def _message_ids(message: Message) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            yield from (_field(block, "Message-ID") for block in _blocks(part))
        elif part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            text = headers.decode("utf-8", "replace") if isinstance(headers, bytes) else ""
            yield _field(message_from_string(text), "Message-ID")


def _field(block: Message, name: str) -> str:
    """On one line, without the marks that databases and pages do not take."""
    return " ".join(str(block.get(name, "")).replace("\0", "").split())
