"""Employers whose positions staff may approve together: a mark that staff give and take, and what it is good for.

A mark belongs to a verified organization under the name that staff knew; it goes with the verification.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, staff_word

from .. import own_name
from ..choices import EmployerDecisionKind
from ..job_words import words_for_readers
from ..models import Employer, Job
from ..queries.review import review_mark
from ..states import JobStatus
from . import employer_decisions, jobs, runs
from .credit_ledger import lock_employer
from .employers import CLOSED_TO_STAFF

MOST_AT_ONCE = 100
CHANGED = "it has changed since you opened this page."
NOT_TRUSTED = "its employer is not trusted any more."
GIVEN_AWAY = "it is confidential, and its words tell whose it is. Read it at the desk."


@transaction.atomic
def trust_employer(employer: Employer, *, by: Actor, why: str) -> Employer:
    """From now on its positions may be approved together. Takes the employer's lock.

    NotAllowed for one that is not verified, is closed, or is trusted already.
    """
    locked = lock_employer(employer.pk)
    if locked.closed_at:
        raise NotAllowed(CLOSED_TO_STAFF)
    if not locked.verified:
        raise NotAllowed("It is not verified. Verify it first: trust is for an organization that you know.")
    return _mark(locked, True, EmployerDecisionKind.TRUSTED, by=by, why=why)


@transaction.atomic
def end_trust(employer: Employer, *, by: Actor, why: str) -> Employer:
    """Each of its positions is read by itself again. Takes the employer's lock. NotAllowed when it is not trusted."""
    return _mark(lock_employer(employer.pk), False, EmployerDecisionKind.TRUST_ENDED, by=by, why=why)


def _mark(locked: Employer, trusted: bool, kind: EmployerDecisionKind, *, by: Actor, why: str) -> Employer:
    if locked.trusted is trusted:
        raise NotAllowed("Somebody has decided already.")
    locked.trusted = trusted
    locked.save(update_fields=["trusted"])
    employer_decisions.record_decision(locked, kind, by=by, reason=why)
    return locked


@dataclass(frozen=True)
class SeenJob:
    """A position as somebody of the staff has seen it: its key, and the mark that it had then."""

    pk: int
    mark: str


@dataclass(frozen=True)
class BulkApproval:
    """What became of positions that were to be approved together: those that were, and why others were left out."""

    approved: tuple[Job, ...]
    left_out: tuple[str, ...]


def approve_as_seen(seen: Sequence[SeenJob], *, by: Actor) -> BulkApproval:
    """Approve each in a transaction of its own, as at the desk: one that is refused stops no other.

    Left out is what has changed since it was seen, what somebody else has decided, what tells the name that it
    withholds, and what is no trusted employer's. Call it outside of a transaction.
    """
    approved, left_out = list[Job](), list[str]()
    for one in dict.fromkeys(seen[:MOST_AT_ONCE]):
        job = Job.objects.defer("search").filter(pk=one.pk).first()
        if job is None:
            left_out.append(f"Position {one.pk}: it is not there any more.")
            continue
        try:
            approved.append(_approve(job, one.mark, by=by))
        except NotAllowed as refused:
            left_out.append(f"“{job.title}”, position {job.number}: {refused}")
    return BulkApproval(tuple(approved), tuple(left_out))


@transaction.atomic
def _approve(job: Job, mark: str, *, by: Actor) -> Job:
    """Holds the employer and the position still between the look and the decision."""
    employer, locked = runs.lock_with_employer(job)
    if locked.status != JobStatus.IN_REVIEW:
        raise NotAllowed(f"somebody was faster, it is now “{staff_word(locked)}”.")
    if not employer.trusted:
        raise NotAllowed(NOT_TRUSTED)
    if review_mark(locked) != mark:
        raise NotAllowed(CHANGED)
    if gives_its_employer_away(locked):
        raise NotAllowed(GIVEN_AWAY)
    return jobs.approve_job(locked, by=by)


def gives_its_employer_away(job: Job) -> bool:
    """Whether a confidential position names its employer, or holds a telling part of the name."""
    if not job.confidential:
        return False
    words, name = words_for_readers(job), job.employer.name
    return own_name.names(words, name) or bool(own_name.hints_at(words, name))
