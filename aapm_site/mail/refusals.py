"""What a refusal says of the mailbox: only one that is gone for good stops list mail (RFC 5321, RFC 3463)."""

import re
import smtplib

# Subjects and details of enhanced status codes, all of class 5, that are about the mailbox or its domain: no such
# mailbox, no such domain, an address that cannot be, moved away, no mail accepted there, disabled, nowhere to go to.
# Full mailboxes (5.2.2), what we may not send (5.7.x) and what is wrong with a letter (5.6.x) are none of them.
GONE = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})
# Without an enhanced code these say so of an address, unless the words tell of a policy.
GONE_AT_RECIPIENT = frozenset({550, 551, 553})
_enhanced = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
_policy = re.compile(
    r"relay|block|black|spam|policy|polic|denied|reject|authenticat|spf|dkim|dmarc|reputation|sender|greylist|quota|full",
    re.IGNORECASE,
)


def mailbox_is_gone(refusal: Exception) -> bool:
    """Whether the mail server said of the one recipient that this mailbox does not exist or takes nothing any more.

    A refused sign-in, sender or text, and what may pass, say nothing of the mailbox.
    """
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        answers = list(refusal.recipients.values())
        return bool(answers) and all(_says_gone(code, said, at_recipient=True) for code, said in answers)
    if isinstance(refusal, smtplib.SMTPDataError):
        return _says_gone(refusal.smtp_code, refusal.smtp_error, at_recipient=False)
    return False


def status_is_gone(status: str) -> bool:
    """The same of the status in a report, such as 5.1.1."""
    return status.strip() in GONE


def status_in(said: str) -> str:
    """The enhanced status with which an answer begins; empty when there is none."""
    found = _enhanced.match(said)
    return found[1] if found else ""


def _says_gone(code: int, said: bytes | str, *, at_recipient: bool) -> bool:
    if not 500 <= code <= 599:
        return False
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if status := status_in(words):
        return status in GONE
    return at_recipient and code in GONE_AT_RECIPIENT and not _policy.search(words)
