"""What a team notes about an application among itself. Whoever writes locks the application first.

So a note that is written while the applicant withdraws or erases is either refused or gone with it.
"""

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..application_states import JobApplicationStatus
from ..models import ApplicantNote, JobApplication
from .applications import ERASED

MOST_NOTES = 100
NOTES_FULL = f"There are {MOST_NOTES} notes here, and that is all. Remove one first."
WITHDRAWN = "The applicant has withdrawn it, so nothing is noted about them any more."


@transaction.atomic
def add_note(application: JobApplication, text: str, *, by: User) -> ApplicantNote:
    """Keep a note for the team; the same words of the same person are kept once, however often they are sent.

    NotAllowed before the application is opened, after it was withdrawn or erased, and at the limit.
    """
    locked = JobApplication.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
    _refuse_note(locked)
    notes = ApplicantNote.objects.filter(application=application.pk)
    if said := notes.filter(by=by, text=text).first():
        return said
    if notes.count() >= MOST_NOTES:
        raise NotAllowed(NOTES_FULL)
    return ApplicantNote.objects.create(application=application, text=text, by=by)


def _refuse_note(application: JobApplication | None) -> None:
    if application is None:
        raise NotAllowed(ERASED)
    if application.is_withdrawn:
        raise NotAllowed(WITHDRAWN)
    if application.status == JobApplicationStatus.SENT:
        raise NotAllowed("Open the application first.")


def change_note(note: ApplicantNote, text: str) -> None:
    """Put other words in its place; whether they may, the caller has asked. NotAllowed where it is gone meanwhile."""
    if not ApplicantNote.objects.filter(pk=note.pk).update(text=text, changed_at=timezone.now()):
        raise NotAllowed("This note has been removed meanwhile. What you typed is still here.")


def remove_note(note: ApplicantNote) -> None:
    """Remove it; one that is gone already is no error."""
    ApplicantNote.objects.filter(pk=note.pk).delete()
