"""What an applicant and an employer write to each other, and what is reported of it.

Whoever writes locks the application first, so limits hold for presses that meet, and what is withdrawn or erased
meanwhile takes no more. The other side gets a letter that there is a message; its text stands on the page alone.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed, actor
from aapm_site.mail.domain.queue import queue_email

from ..application_states import JobApplicationStatus
from ..letters import APPLICATIONS
from ..models import JobApplication, JobApplicationMessage
from . import application_letters as letters
from .applications import locked_application
from .reply_clocks import count_replies

MESSAGES_A_DAY = 20  # of one side about one application
IN_A_ROW = 3  # without an answer
OPEN_FIRST = "Open the application first."
WITHDRAWN = "This application is withdrawn, so nothing is written about it any more."
WAIT = f"You have written {IN_A_ROW} messages without an answer. Please wait for one."
DAY_FULL = f"You have written {MESSAGES_A_DAY} messages within a day, and that is all. Go on tomorrow."
DECIDED = "Somebody has decided already."


@transaction.atomic
def write_message(
    application: JobApplication, text: str, *, by: User | None, by_employer: bool
) -> JobApplicationMessage:
    """Say something to the other side. The same words twice in a row are one message, however often they are sent.

    An employer's first message is an answer, for which its reply clock is recounted. NotAllowed after a withdrawal or
    an erasure, for an employer that has not opened it, for a fourth without an answer, for more than MESSAGES_A_DAY.
    """
    locked = locked_application(application)
    _refuse_message(locked, by_employer=by_employer)
    last = list(locked.talk.order_by("-sent_at", "-pk")[:IN_A_ROW])
    if last and last[0].by_employer == by_employer and last[0].text == text:
        return last[0]
    _refuse_many(locked, last, by_employer=by_employer)
    made = JobApplicationMessage.objects.create(
        application=locked, text=text, by=actor(by), by_employer=by_employer, sent_at=timezone.now()
    )
    if by_employer:
        letters.tell_person(locked, "application_message")
        _note_answer(locked)
    else:
        letters.tell_team(locked, "application_reply")
    return made


def _refuse_message(application: JobApplication, *, by_employer: bool) -> None:
    if application.is_withdrawn:
        raise NotAllowed(WITHDRAWN)
    if by_employer and application.status == JobApplicationStatus.SENT:
        raise NotAllowed(OPEN_FIRST)


def _refuse_many(application: JobApplication, last: list[JobApplicationMessage], *, by_employer: bool) -> None:
    if [one.by_employer for one in last] == [by_employer] * IN_A_ROW:
        raise NotAllowed(WAIT)
    day = application.talk.filter(by_employer=by_employer, sent_at__gt=timezone.now() - timedelta(days=1))
    if day.count() >= MESSAGES_A_DAY:
        raise NotAllowed(DAY_FULL)


def _note_answer(application: JobApplication) -> None:
    """Last of all, because the clock's row is locked last."""
    if application.answered_at is not None:
        return
    JobApplication.objects.filter(pk=application.pk).update(answered_at=timezone.now())
    if not application.job.confidential:
        count_replies(application.job.employer_id)


# What is reported -----------------------------------------------------------------------------------------------------
@transaction.atomic
def report_message(message: JobApplicationMessage, *, by_employer: bool) -> bool:
    """Show a message of the other side to our staff, who hear of it without its text; False if that was done before.

    NotAllowed for a message of one's own side, or one that is gone.
    """
    locked = _locked_message(message)
    if locked.by_employer == by_employer:
        raise NotAllowed("That message is of your own side.")
    if locked.reported_at:
        return False
    locked.reported_at = timezone.now()
    locked.save(update_fields=["reported_at"])
    _tell_staff(locked)
    return True


def _locked_message(message: JobApplicationMessage) -> JobApplicationMessage:
    rows = JobApplicationMessage.objects.select_for_update(of=("self",)).select_related("application__job")
    found = rows.filter(pk=message.pk).first()
    if found is None:
        raise NotAllowed("This message has been erased meanwhile.")
    return found


def _tell_staff(message: JobApplicationMessage) -> None:
    """Without the text: a letter in the log would outlast what it is about."""
    context: dict[str, Any] = {
        "number": message.application.job_id,
        "by_employer": message.by_employer,
        "url": absolute(reverse("admin:careers_jobapplicationmessage_change", args=[message.pk])),
    }
    event = "application_message_reported"
    queue_email(settings.STAFF_EMAIL, f"careers/{event}", context, kind=f"{APPLICATIONS.name}.{event}")


@transaction.atomic
def settle_message(message: JobApplicationMessage, *, by: User, removes: bool) -> JobApplicationMessage:
    """Staff have read a reported message: it stays, or its text goes for both sides. NotAllowed the second time."""
    locked = _locked_message(message)
    if locked.settled_at or not locked.reported_at:
        raise NotAllowed(DECIDED)
    locked.settled_at, locked.settled_by = timezone.now(), by
    if removes:
        locked.removed_at, locked.text = locked.settled_at, ""
    locked.save(update_fields=["settled_at", "settled_by", "removed_at", "text"])
    return locked
