"""What staff say while they read a position, kept beside its steps."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor

from ..choices import ChangeOutcome, ReviewNoteKind
from ..job_words import said
from ..models import Job, JobChange, ReviewNote
from ..states import JobStatus
from . import credit_ledger, notifications

MOST = 2_000  # characters of one word


def note_return(job: Job, *, by: Actor, text: str, codes: Sequence[str] = ()) -> ReviewNote:
    """Keep why a job goes back, and what it says at that moment. Call it in the transaction of the step."""
    return ReviewNote.objects.create(
        job=job, kind=ReviewNoteKind.RETURNED, codes=list(codes), text=text.strip(), said=said(job), by=actor(by)
    )


def end_change(job: Job) -> None:
    """What was asked for ends with its position. Call it in the transaction of the step."""
    JobChange.objects.filter(job=job, outcome=ChangeOutcome.OPEN).update(
        outcome=ChangeOutcome.ENDED, decided_at=timezone.now()
    )


def hold_still(job: Job) -> None:
    """Nobody of its employer takes the job back, or sends it, until the transaction ends.

    The employer's lock is the first that such a step takes, so who decides after this decides on what they have read.
    """
    credit_ledger.lock_employer(job.employer_id)


@transaction.atomic
def mark_read(job: Job, *, by: Actor) -> Job:
    """Somebody on the staff has read what the employer changed by itself since it was approved.

    NotAllowed when nothing is unread any more, or it was never approved.
    """
    locked = Job.objects.select_for_update(of=("self",)).defer("search").get(pk=job.pk)
    if locked.approved_at is None or not locked.has_unread_words:
        raise NotAllowed("Nothing of it is unread: a colleague was faster, or nobody has changed it.")
    locked.read_at = timezone.now()
    locked.save(update_fields=["read_at"])
    return locked


@transaction.atomic
def note_among_staff(job: Job, *, by: Actor, text: str) -> ReviewNote:
    """A word that staff alone read. NotAllowed without any."""
    return _noted(job, ReviewNoteKind.NOTE, by, text)


@transaction.atomic
def ask_team(job: Job, *, by: Actor, text: str) -> ReviewNote:
    """A question to the team's writers, by mail; the job stays where it is. NotAllowed once somebody has decided."""
    hold_still(job)
    now = Job.objects.select_related("employer").get(pk=job.pk)
    if now.status != JobStatus.IN_REVIEW and not JobChange.objects.waiting().filter(job=now).exists():
        raise NotAllowed("Somebody has decided on this position already, so nobody was asked.")
    note = _noted(now, ReviewNoteKind.QUESTION, by, text)
    notifications.tell_team(now, "job_question", question=note.text, answer_to=settings.STAFF_EMAIL)
    return note


def _noted(job: Job, kind: ReviewNoteKind, by: Actor, text: str) -> ReviewNote:
    if not text.strip():
        raise NotAllowed("Please write what you want to say.")
    return ReviewNote.objects.create(job=job, kind=kind, text=text.strip()[:MOST], by=actor(by))
