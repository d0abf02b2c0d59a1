"""Delivery: each message is handed to the mail server once, tried again for about a day, or shown to staff."""

import smtplib
from collections.abc import Iterable, Iterator
from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.background.queue import SECRET, NewTask, Task, defer, defer_new, task
from aapm_site.core.models import Hold
from aapm_site.core.transitions import NotAllowed

from ..models import OutgoingEmail
from ..refusals import mailbox_is_gone
from ..registry import UnknownKind, is_confirmed, kind_of
from ..return_path import return_path
from ..sender import sender
from ..states import SECRET_WAITS, STUCK_AFTER, WAITS, BounceSource, EmailState, WhyNotSent
from .undeliverable import is_list_mail, is_undeliverable, mark_undeliverable

log = structlog.get_logger(__name__)

DUE_WORK = "mail"
MOST_AT_ONCE = 500
ERROR_LENGTH = 1_000
NOBODYS = "mail.see_unregistered_kinds"


@task("mail.deliver")
def deliver_email(email_id: int) -> None:
    """Deliver one message; see attempt()."""
    attempt_delivery(email_id)


@task("mail.deliver_secret", queue=SECRET)
def deliver_secret_email(email_id: int) -> None:
    """Deliver one secret message, before all others."""
    attempt_delivery(email_id)


def schedule_delivery(email: OutgoingEmail) -> None:
    """Queue the next attempt in the present transaction; while one waits, no second is added."""
    defer(
        _task_of(email),
        once=_once(email),
        at=email.next_attempt_at if email.next_attempt_at > timezone.now() else None,
        email_id=email.pk,
    )


def schedule_deliveries(emails: Iterable[OutgoingEmail]) -> None:
    """Queue the first attempts of messages that were written just now."""
    defer_new([NewTask(_task_of(email), _once(email), {"email_id": email.pk}) for email in emails])


def _task_of(email: OutgoingEmail) -> Task:
    return deliver_secret_email if email.secret else deliver_email


def _once(email: OutgoingEmail) -> str:
    return f"mail-{email.pk}"


def attempt_delivery(email_id: int) -> OutgoingEmail | None:
    """Hand a waiting message to the mail server; None when it is not waiting, held, or in another worker's hands.

    The row stays locked while the server is spoken to, so that no two workers send it. A worker that dies loses the
    lock and not the message; if the server had taken it by then, the second copy bears the same Message-ID.
    """
    with transaction.atomic():
        email = (
            OutgoingEmail.objects.select_for_update(skip_locked=True)
            .filter(pk=email_id, state=EmailState.QUEUED)
            .first()
        )
        if email is None or Hold.objects.filter(work=DUE_WORK, key=str(email_id)).exists():
            return None
        if is_list_mail(email) and is_undeliverable(email.to):
            keep_back(email, WhyNotSent.BOUNCED)
            email.save()
            return email
        if not _still_holds(email):
            keep_back(email, WhyNotSent.OVERTAKEN)
            email.save()
            return email
        email.attempts += 1
        try:
            _message(email).send()
        except Exception as refusal:  # noqa: BLE001 - whatever goes wrong, the message is kept and the reason shown
            _refused(email, refusal)
        else:
            _sent(email)
        email.save()
        if email.state == EmailState.QUEUED:
            schedule_delivery(email)
        return email


def _still_holds(email: OutgoingEmail) -> bool:
    """Whether what it tells is so at this moment, as far as its room can say."""
    try:
        rule = kind_of(email.kind)
    except UnknownKind:
        return True
    return rule.still_holds is None or rule.still_holds(email)


def keep_back(email: OutgoingEmail, why: WhyNotSent) -> None:
    """Do not send a message that is about to be written or sent; staff see why. No code is kept for nobody."""
    email.state, email.why_not_sent = EmailState.SUPPRESSED, why
    _wipe_secret(email)
    log.warning("mail.kept_back", email=email.public_id, template=email.template, reason=why.value)


def _wipe_secret(email: OutgoingEmail) -> None:
    if email.secret and not settings.DEMO:
        email.text = email.html = ""


def _message(email: OutgoingEmail) -> EmailMultiAlternatives:
    # The sender that people see, and the one to whom mail servers send what they cannot deliver.
    returns_to = return_path(email)
    headers = {**email.headers, "Message-ID": email.message_id}
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=email.text,
        from_email=returns_to or sender(),
        to=[email.to],
        reply_to=[email.reply_to] if email.reply_to else None,
        headers={**headers, "From": sender()} if returns_to else headers,
    )
    if email.html:
        message.attach_alternative(email.html, "text/html")
    return message


def _sent(email: OutgoingEmail) -> None:
    email.state = EmailState.SENT
    email.sent_at = timezone.now()
    email.error = ""
    _wipe_secret(email)
    log.info("mail.sent", email=email.public_id, template=email.template, attempts=email.attempts)


def _refused(email: OutgoingEmail, refusal: Exception) -> None:
    waits = SECRET_WAITS if email.secret else WAITS
    email.error = refusal_reason(refusal)
    if is_permanent_refusal(refusal) or email.attempts > len(waits):
        email.state = EmailState.FAILED
        if mailbox_is_gone(refusal):
            mark_undeliverable(email.to, BounceSource.REFUSED, email.error, letter=email)
        log.error("mail.failed", email=email.public_id, template=email.template, reason=email.error)
        return
    email.next_attempt_at = timezone.now() + waits[email.attempts - 1]
    log.warning("mail.refused", email=email.public_id, attempts=email.attempts, reason=email.error)


def is_permanent_refusal(refusal: Exception) -> bool:
    """Whether trying again cannot help: the server refused this recipient or text for good, or it is not sendable.

    A refused sign-in or connection is ours to mend, so such messages wait.
    """
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in refusal.recipients.values())
    if isinstance(refusal, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    if isinstance(refusal, smtplib.SMTPResponseException):
        return refusal.smtp_code >= 500
    return isinstance(refusal, ValueError)


def refusal_reason(refusal: Exception) -> str:
    """The refusal in words for staff, with the server's own answer."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        answers = (f"{code} {_words(said)}" for code, said in refusal.recipients.values())
        return f"The mail server refused the address: {'; '.join(answers)}"[:ERROR_LENGTH]
    if isinstance(refusal, smtplib.SMTPResponseException):
        return f"The mail server answered {refusal.smtp_code} {_words(refusal.smtp_error)}"[:ERROR_LENGTH]
    # smtplib wraps the time-out that it met.
    if isinstance(refusal, TimeoutError) or isinstance(refusal.__context__, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(refusal, smtplib.SMTPServerDisconnected):
        return f"The mail server hung up: {refusal}"[:ERROR_LENGTH]
    if isinstance(refusal, OSError):
        return f"The mail server could not be reached: {refusal}"[:ERROR_LENGTH]
    return f"{type(refusal).__name__}: {refusal}"[:ERROR_LENGTH]


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())


def resend_email(email: OutgoingEmail) -> OutgoingEmail:
    """Put a message that could not be delivered, or was sent and did not arrive, back in the queue.

    Also what was kept back because the reader had had the day's letters: a person on the staff has looked at it now.
    Raises NotAllowed for what the reader does not want, for what has been wiped, and for what repeats typed words to
    an address that is still not confirmed.
    """
    with transaction.atomic():
        locked = OutgoingEmail.objects.select_for_update().get(pk=email.pk)
        if locked.why_not_sent == WhyNotSent.PAUSED:
            raise NotAllowed("The reader has paused this kind of mail, so it is not sent.")
        if locked.why_not_sent == WhyNotSent.OVERTAKEN:
            raise NotAllowed("What it tells is not so any more. What still holds comes in the next letter.")
        if is_list_mail(locked) and is_undeliverable(locked.to):
            raise NotAllowed("Mail to this address came back. Lift that first, under “Undeliverable addresses”.")
        if locked.why_not_sent == WhyNotSent.UNCONFIRMED and not is_confirmed(locked.to):
            raise NotAllowed("It repeats what people typed, and nobody has confirmed this address yet.")
        if locked.secret and not locked.text:
            raise NotAllowed("Its code or link is no longer kept. Ask the person to request a new one.")
        locked.state, locked.attempts, locked.sent_at = EmailState.QUEUED, 0, None
        locked.why_not_sent = ""
        locked.next_attempt_at = timezone.now()
        locked.save()
        schedule_delivery(locked)
        return locked


def due_deliveries(at: datetime) -> Iterator[DueRow]:
    """Messages that were refused and wait for another try, and those that nobody has taken up for an hour."""
    waiting = OutgoingEmail.objects.filter(state=EmailState.QUEUED).filter(
        Q(attempts__gt=0, next_attempt_at__lte=at) | Q(attempts=0, next_attempt_at__lte=timezone.now() - STUCK_AFTER)
    )
    for email in waiting.order_by("next_attempt_at")[:MOST_AT_ONCE]:
        said = f" (try {email.attempts + 1}; {email.error})" if email.attempts else ""
        url = reverse("admin:mail_outgoingemail_change", args=[email.pk])
        yield DueRow(
            key=str(email.pk),
            title=f"“{email.subject}” to {email.to}{said}",
            at=email.next_attempt_at,
            url=url,
            permission=_permission_of(email),
        )


def _permission_of(email: OutgoingEmail) -> str:
    """That of its kind. What no room answers for any more is for superusers: nobody else holds this."""
    try:
        return kind_of(email.kind).permission
    except UnknownKind:
        return NOBODYS


def take_up_delivery(key: str) -> None:
    """Give a waiting message its task back, if it has lost it."""
    email = OutgoingEmail.objects.filter(pk=key, state=EmailState.QUEUED).first()
    if email is not None:
        schedule_delivery(email)
