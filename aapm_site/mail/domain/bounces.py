"""Addresses to which no list mail goes: marked by a refusal, a report, a complaint or staff, and lifted again."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..models import OutgoingEmail, UndeliverableAddress
from ..refusals import status_is_gone
from ..reports import MailReport, read_report
from ..return_path import letter_of
from ..states import BounceSource, EmailState
from .delivery import ERROR_LENGTH
from .queue import one_address, queue_email
from .undeliverable import mark_undeliverable, undeliverable_rows

SALT = "mail.works"
LINK_SECONDS = 7 * 24 * 60 * 60
TRIAL = "mail/try_again"
BETWEEN_TRIALS = timedelta(hours=1)
CONFIRMED_AGAIN = "The reader has confirmed the address again."


# Marked ---------------------------------------------------------------------------------------------------------------
def enter_undeliverable(address: str, source: str, reason: str, *, by: Any) -> UndeliverableAddress:
    """Staff know it by telephone, or from a letter to the office. NotAllowed when it is marked already."""
    row = mark_undeliverable(one_address(address), source, reason, by=by)
    if row is None:
        raise NotAllowed("This address is marked already.")
    return row


def receive_report(raw: bytes) -> str:
    """Do what a message in the bounce mailbox tells, and say in a word what that was.

    It counts only if it came to the signed return path of a letter of ours, or quotes the Message-ID of one: both are
    known to nobody but the reader's mail system. Whose mail came back the letter says, never the report.
    """
    report = read_report(raw)
    if report is None:
        return "no report"
    letter = _letter_of(report)
    if letter is None:
        return "not ours"
    if report.is_complaint:
        mark_undeliverable(letter.to, BounceSource.COMPLAINT, "The reader called our mail unwanted.", letter=letter)
        return "complaint"
    return _came_back(letter, report) if report.has_failed else "no failure"


def _letter_of(report: MailReport) -> OutgoingEmail | None:
    for address in report.returned_to:
        if letter := letter_of(address):
            return letter
    quoted = [message_id for message_id in report.message_ids if message_id]
    return OutgoingEmail.objects.filter(message_id__in=quoted).first() if quoted else None


@transaction.atomic
def _came_back(letter: OutgoingEmail, report: MailReport) -> str:
    """The letter did not arrive, whatever the reason; the address is marked if its mailbox is gone."""
    locked = OutgoingEmail.objects.select_for_update().get(pk=letter.pk)
    said = f"It came back: {report.said or 'no reason was given'}"[:ERROR_LENGTH]
    if locked.state == EmailState.SENT:
        locked.state, locked.sent_at, locked.error = EmailState.FAILED, None, said
        locked.save(update_fields=["state", "sent_at", "error"])
    if not status_is_gone(report.status):
        return "came back"
    mark_undeliverable(locked.to, BounceSource.REPORT, said, letter=locked)
    return "mailbox gone"


# Lifted ---------------------------------------------------------------------------------------------------------------
@transaction.atomic
def lift_undeliverable(row: UndeliverableAddress, *, why: str, by: Any) -> UndeliverableAddress:
    """List mail goes there again, by staff who say why. NotAllowed when somebody has lifted it."""
    locked = UndeliverableAddress.objects.select_for_update().get(pk=row.pk)
    if locked.lifted_at:
        raise NotAllowed("It is lifted already.")
    _lift(UndeliverableAddress.objects.filter(pk=locked.pk), why, by=by)
    locked.refresh_from_db()
    return locked


def address_works(address: str, *, by: Any = None) -> None:
    """Its reader has just shown that mail arrives: list mail goes there again."""
    _lift(undeliverable_rows(address), CONFIRMED_AGAIN, by=by)


def _lift(rows: QuerySet[UndeliverableAddress], why: str, *, by: Any) -> None:
    rows.filter(lifted_at=None).update(lifted_at=timezone.now(), lifted_by=by, why_lifted=why)


# Tried again ----------------------------------------------------------------------------------------------------------
def try_address(person: Any) -> None:
    """Mail the person a link that lifts it: whoever follows it has got the letter. NotAllowed before the next hour."""
    since = timezone.now() - BETWEEN_TRIALS
    if OutgoingEmail.objects.filter(to=person.email, template=TRIAL, created_at__gt=since).exists():
        raise NotAllowed("We have just sent you one. Please look for it, among the spam too, or try again in an hour.")
    token = signing.dumps(person.email, salt=SALT)
    queue_email(person.email, TRIAL, {"token": token}, user=person, kind="subscription", secret=True)


def address_to_try(signed: str) -> str | None:
    """The address that such a link is about; None for a forged or old one."""
    try:
        return str(signing.loads(signed, salt=SALT, max_age=LINK_SECONDS))
    except signing.BadSignature:
        return None
