"""What somebody keeps for later: up to a hundred positions, each with a note and a stage of their own."""

from collections.abc import Iterable

from django.db import transaction

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..models import Job, SavedJob

LIMIT = 100


class SavedListFull(NotAllowed):
    """The list takes no more before something is taken off it."""


@transaction.atomic
def save_job(user: User, job: Job) -> int:
    """Keep an open job in the person's list; one that is there already stays as it is. How many there are then.

    Locks the person's row, so that of many presses at once none goes over the limit. Raises NotAllowed for a job that
    is not open, SavedListFull at the limit.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    kept = set(SavedJob.objects.for_user(user).values_list("job_id", flat=True))
    if job.pk in kept:
        return len(kept)
    if not job.is_live():
        raise NotAllowed("This position is not open any more, so it cannot be saved.")
    if len(kept) >= LIMIT:
        raise SavedListFull(f"Your list holds {LIMIT} positions, and that is all it takes. Remove some of them first.")
    SavedJob.objects.create(user=user, job=job)
    return len(kept) + 1


def note_job(saved: SavedJob, *, stage: str, note: str) -> SavedJob:
    """Keep how far the person is with it and what they want to remember. What was removed meanwhile stays removed."""
    saved.stage, saved.note = stage, note
    SavedJob.objects.filter(pk=saved.pk).update(stage=stage, note=note)
    return saved


def remove_jobs(user: User, numbers: Iterable[int]) -> int:
    """Take these off the person's list, with their notes. How many there were."""
    return SavedJob.objects.for_user(user).filter(job_id__in=numbers).delete()[0]
