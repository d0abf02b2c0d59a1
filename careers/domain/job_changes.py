"""Changes of a position that readers see: small ones at once, what they searched by once staff have read it.

Words that bring a new address, telephone number or e-mail wait too: they are what a fraud needs.

Lock order: employer, job, change. Whatever asks, decides or takes back holds the employer's lock first, so that nobody
decides on words that are being changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core import contact_marks
from aapm_site.core.transitions import NotAllowed, actor

from ..choices import ChangeOutcome
from ..models import Job, JobAnnouncement, JobChange
from . import credit_ledger, notifications, wanted
from .alert_matching import fitting_alerts, match_job
from .jobs import TEXT_FIELDS, set_job_places, set_job_terms


class ChangeOvertaken(NotAllowed):
    """Somebody has changed the position, or the wish, since the person opened it."""


DECIDED = "Somebody has decided on this change already, or its employer took it back."
OVERTAKEN = (
    "A colleague of yours, or our staff, have changed this position since you opened it. What you wrote still stands "
    "below. Look at what it says now, and press again to save yours."
)


@dataclass(frozen=True)
class LiveEdit:
    """What became of an edit: the words that readers see now, and what waits for staff."""

    job: Job
    at_once: tuple[str, ...]
    change: JobChange | None


def seen_of(job: Job, change: JobChange | None) -> str:
    """A mark that is another after every edit of the position or of its open wish."""
    waits = change if change is not None and change.is_open else None
    return f"{job.updated_at.isoformat()}/{waits.edited_at.isoformat() if waits else ''}"


def _locked(job: Job) -> Job:
    credit_ledger.lock_employer(job.employer_id)
    return Job.objects.select_for_update(of=("self",)).select_related("employer", "profession").get(pk=job.pk)


def _open_change(job: Job) -> JobChange | None:
    return JobChange.objects.select_for_update().filter(job=job, outcome=ChangeOutcome.OPEN).first()


@transaction.atomic
def edit_live_job(
    job: Job,
    *,
    by: Actor,
    fields: Mapping[str, Any],
    specialties: Iterable[Any],
    places: Iterable[Mapping[str, Any]],
    terms: Mapping[str, Any],
    seen: str = "",
) -> LiveEdit:
    """Everything that the form holds: its words are saved, the rest is asked for in place of what was asked before.

    Nothing that differs from what readers see: the open wish, if there is one, is taken back. NotAllowed once the
    position has ended, ChangeOvertaken when `seen` is not what stands now.
    """
    locked = _locked(job)
    if not locked.is_text_editable:
        raise NotAllowed(
            f"This position is now “{locked.get_status_display()}”, or its last day is over. Nothing changed."
        )
    change = _open_change(locked)
    if seen and seen != seen_of(locked, change):
        raise ChangeOvertaken(OVERTAKEN)
    changed = [name for name in TEXT_FIELDS if name in fields and fields[name] != getattr(locked, name)]
    at_once = tuple(name for name in changed if not contact_marks.new_ways(getattr(locked, name), fields[name]))
    others = {name: value for name, value in fields.items() if name not in {*TEXT_FIELDS} - {*changed} | {*at_once}}
    found = wanted.differences(locked, others, specialties, places, terms)
    if at_once:
        _save(locked, {name: fields[name] for name in at_once})
    return LiveEdit(locked, at_once, _wish(locked, change, found, by))


def _save(job: Job, values: Mapping[str, Any], *, is_read: bool = False) -> None:
    for name, value in values.items():
        setattr(job, name, value)
    job.slug = job.wanted_slug
    job.updated_at = timezone.now()
    if is_read:
        job.read_at = job.updated_at
    job.save()


def _wish(job: Job, change: JobChange | None, found: dict[str, Any], by: Actor) -> JobChange | None:
    """The open wish as it is now; an edit of one keeps its place in the queue."""
    if not found:
        if change is not None:
            _close(change, ChangeOutcome.TAKEN_BACK, by)
        return None
    if change is None:
        change = JobChange.objects.create(job=job, wanted=found, asked_by=actor(by))
        notifications.tell_staff(job, "job_change_asked")
    elif change.wanted != found:
        change.wanted, change.asked_by, change.edited_at = found, actor(by), timezone.now()
        change.save(update_fields=["wanted", "asked_by", "edited_at"])
    return change


def _close(change: JobChange, outcome: ChangeOutcome, by: Actor, **words: Any) -> None:
    change.outcome, change.decided_at, change.decided_by = outcome, timezone.now(), actor(by)
    for name, value in words.items():
        setattr(change, name, value)
    change.save(update_fields=["outcome", "decided_at", "decided_by", *words])


def _to_decide(job: Job) -> tuple[Job, JobChange]:
    locked = _locked(job)
    change = _open_change(locked)
    if change is None:
        raise NotAllowed(DECIDED)
    if not locked.is_text_editable:
        raise NotAllowed("The position has ended meanwhile, and its change with it.")
    return locked, change


@transaction.atomic
def approve_change(job: Job, *, by: Actor) -> Job:
    """Readers see from now on what the employer asked for; a new title makes a new address.

    Whoever presses has read all of it. Alerts are asked again only for places that are new, and only those that did not
    fit before; the finds of a paused position are told once it is back. NotAllowed when nothing is asked for, or the
    position has ended.
    """
    locked, change = _to_decide(job)
    asks = wanted.PLACES in change.wanted and JobAnnouncement.objects.filter(job=locked).exists()
    known = fitting_alerts(locked, timezone.now()) if asks else []
    if (specialties := wanted.specialties_of(change.wanted)) is not None:
        locked.specialties.set(specialties)
    if (places := wanted.places_of(change.wanted)) is not None:
        set_job_places(locked, places)
    if (terms := wanted.terms_of(change.wanted)) is not None:
        set_job_terms(locked, terms)
    _save(locked, wanted.fields_of(change.wanted), is_read=True)
    _close(change, ChangeOutcome.APPROVED, by)
    if asks:
        match_job(locked, timezone.now(), known)
    notifications.tell_team(locked, "job_change_approved")
    return locked


@transaction.atomic
def return_change(job: Job, *, by: Actor, text: str, codes: Sequence[str] = ()) -> Job:
    """Readers go on seeing what they saw, and the team reads why. NotAllowed without a reason."""
    if not text.strip():
        raise NotAllowed("Please give a reason; the employer's team will read it.")
    locked, change = _to_decide(job)
    _close(change, ChangeOutcome.RETURNED, by, words=text.strip(), codes=list(codes))
    notifications.tell_team(locked, "job_change_returned", reason=text.strip())
    return locked


@transaction.atomic
def take_change_back(job: Job, *, by: Actor) -> Job:
    """The employer does not want it any more. NotAllowed when nothing is asked for."""
    locked = _locked(job)
    change = _open_change(locked)
    if change is None:
        raise NotAllowed(
            "No change of this position waits any more: our staff have decided, or a colleague took it back."
        )
    _close(change, ChangeOutcome.TAKEN_BACK, by)
    return locked
