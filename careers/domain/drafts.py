"""What is typed into the form of a position, kept as versions: by itself while one writes, and with each save.

Every change takes the position's row first, so that of two who save at once one is told of the other. Nothing here
touches what readers see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import Profession
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor

from ..choices import Setting
from ..models import Employer, Job, JobDraftVersion
from . import jobs

MOST_VERSIONS = 20
SITTING = timedelta(minutes=5)  # what one person types within it is one version
LONGEST = 600_000  # characters of all fields together
UNTITLED = "Untitled position"

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kept:
    """Where typed words stand now. `overtaken_by` is what somebody saved meanwhile; then the words stand beside it.

    `closed` says why the position could not be changed; then they stand beside as well.
    """

    version: JobDraftVersion
    overtaken_by: JobDraftVersion | None = None
    closed: str = ""

    @property
    def is_in_line(self) -> bool:
        return self.overtaken_by is None and not self.closed


@transaction.atomic
def begin_draft(employer: Employer, typed: Typed, *, by: Actor) -> Kept:
    """A new position of which something is typed. Raises NotAllowed for an employer that is closed.

    What it lacks to be a position has a stand-in, which nobody sees: such words are not checked, so it is not sent.
    """
    _refuse_length(typed)
    profession = Profession.objects.first()
    if profession is None:
        raise NotAllowed("Our staff have not entered any professions yet, so nothing can be posted.")
    fields = {"title": _title(typed), "profession": profession, "setting": Setting.values[0]}
    job = jobs.create_job(employer, by=by, fields=fields)
    return Kept(_add(job, typed, by=by))


@transaction.atomic
def keep_typed(job: Job, typed: Typed, *, by: Actor, token: str) -> Kept:
    """Keep what was typed into a form that began with the version `token`, unchecked."""
    _refuse_length(typed)
    locked = _locked(job)
    if not locked.is_freely_editable:
        return Kept(_aside(locked, typed, by=by), closed=_closed(locked))
    newest = newest_version(locked)
    if _is_overtaken(newest, token):
        return Kept(_aside(locked, typed, by=by), overtaken_by=newest)
    if newest is not None and _same(newest, typed):
        return Kept(newest)
    if is_only_begun(locked):
        _call_it(locked, typed)
    if newest is not None and _is_one_sitting(newest, by):
        return Kept(_go_on(newest, typed))
    return Kept(_add(locked, typed, by=by))


@transaction.atomic
def save_checked(job: Job, typed: Typed, *, by: Actor, token: str, parts: Mapping[str, Any]) -> tuple[Job, Kept]:
    """Save a form that was checked: the position, and the version of it. If somebody saved meanwhile, nothing changes.

    `parts` is what `jobs.edit_job` takes. Raises NotAllowed as that does.
    """
    _refuse_length(typed)
    locked = _locked(job)
    newest = newest_version(locked)
    if locked.is_freely_editable and _is_overtaken(newest, token):
        return locked, Kept(_aside(locked, typed, by=by), overtaken_by=newest)
    saved = jobs.edit_job(locked, by=by, is_locked=True, **parts)
    return saved, Kept(_add(saved, typed, by=by, is_checked=True))


@transaction.atomic
def create_checked(employer: Employer, typed: Typed, *, by: Actor, parts: Mapping[str, Any]) -> Job:
    """A new position from a form that was checked. Raises NotAllowed for an employer that is closed."""
    _refuse_length(typed)
    job = jobs.create_job(employer, by=by, **parts)
    _add(job, typed, by=by, is_checked=True)
    return job


@transaction.atomic
def bring_back(version: JobDraftVersion, *, by: Actor) -> JobDraftVersion:
    """Make these words the newest ones, unchecked. NotAllowed while the position cannot be changed."""
    locked = _locked(version.job)
    if not locked.is_freely_editable:
        raise NotAllowed(_closed(locked))
    return _add(locked, version.fields, by=by)


def newest_version(job: Job) -> JobDraftVersion | None:
    """The last version in the line, with who saved it."""
    return job.draft_versions.in_line().newest_first().select_related("by").first()


def is_only_begun(job: Job) -> bool:
    """Whether nothing of it was ever checked, so that there is nothing to preview."""
    return not job.body and job.draft_versions.exists() and not job.draft_versions.filter(is_checked=True).exists()


def _locked(job: Job) -> Job:
    return Job.objects.select_for_update(of=("self",), no_key=True).select_related("employer").get(pk=job.pk)


def _is_overtaken(newest: JobDraftVersion | None, token: str) -> bool:
    return newest is not None and newest.token != token


def _is_one_sitting(newest: JobDraftVersion, by: Actor) -> bool:
    is_recent = newest.begun_at > timezone.now() - SITTING
    return is_recent and not newest.is_checked and newest.by == actor(by)


def _same(version: JobDraftVersion, typed: Typed) -> bool:
    return bool(version.fields == {name: list(values) for name, values in typed.items()})


def _go_on(version: JobDraftVersion, typed: Typed) -> JobDraftVersion:
    version.fields = {name: list(values) for name, values in typed.items()}
    version.saves += 1
    version.at = timezone.now()
    version.save(update_fields=["fields", "saves", "at"])
    return version


def _aside(job: Job, typed: Typed, *, by: Actor) -> JobDraftVersion:
    """Beside the line: one row a person and quarrel, which goes on while they type."""
    last = job.draft_versions.newest_first().filter(by=actor(by)).first()
    if last is not None and last.is_aside and last.begun_at > timezone.now() - SITTING:
        return last if _same(last, typed) else _go_on(last, typed)
    return _add(job, typed, by=by, is_aside=True)


def _add(job: Job, typed: Typed, *, by: Actor, **facts: bool) -> JobDraftVersion:
    fields = {name: list(values) for name, values in typed.items()}
    version = JobDraftVersion.objects.create(job=job, fields=fields, by=actor(by), **facts)
    newest = job.draft_versions.in_line().newest_first().values("pk")[:1]
    kept = job.draft_versions.newest_first().values("pk")[:MOST_VERSIONS]
    job.draft_versions.exclude(pk__in=kept).exclude(pk__in=newest).delete()
    return version


def _call_it(job: Job, typed: Typed) -> None:
    """Until a draft is checked once, it goes by the title that is typed."""
    if job.title != (title := _title(typed)):
        Job.objects.filter(pk=job.pk).update(title=title)


def _title(typed: Typed) -> str:
    words = " ".join((typed.get("title") or [""])[0].split())
    return words[:120] or UNTITLED


def _closed(job: Job) -> str:
    return f"This position is now “{job.get_status_display()}” and cannot be changed."


def _refuse_length(typed: Typed) -> None:
    length = sum(len(value) for values in typed.values() for value in values)
    if length > LONGEST:
        raise NotAllowed(
            f"All of this together has {length:,} characters, more than we can keep. Shorten the longest text, please."
        )
