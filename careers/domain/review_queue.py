"""The way to review: what a person and the site itself do alike, and jobs that go by themselves when paid."""

from collections.abc import Mapping, Sequence
from typing import Any

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import move
from aapm_site.mail.domain.queue import queue_emails
from aapm_site.mail.models import OutgoingEmail

from ..credit_types import CreditType
from ..models import Employer, Job
from ..states import JobStatus
from . import credit_ledger, notifications


def send_to_review(
    job: Job,
    kind: CreditType | None,
    *,
    by: Actor,
    verb: str = "submit",
    receipt: Sequence[OutgoingEmail] = (),
    is_locked: bool = False,
) -> Job:
    """Send a job to the staff, and tell them. The credit that it used says how long it runs, and where.

    A `receipt` goes out with the letter to the staff. Who has read the job under its lock says `is_locked`.
    """
    changes: dict[str, Any] = {"runs_days": kind.runs_days, "featured": kind.featured} if kind else {}
    if job.taken_down_at:  # a pause that lasted too long is over
        changes |= {"taken_down_at": None, "resumable_until": None}
    done = move(job, JobStatus.IN_REVIEW, verb=verb, by=by, is_locked=is_locked, **changes)
    done.employer = job.employer
    queue_emails([notifications.staff_letter(done, "job_submitted"), *receipt])
    return done


def release_waiting_jobs(employer: Employer, left: Mapping[CreditType, int]) -> list[Job]:
    """Send waiting jobs to review, the oldest first, each with one credit of a kind of which some are left.

    Call it under the employer's lock, in the transaction in which the credits came.
    """
    usable = [kind for kind, count in left.items() for _ in range(count)]
    waiting = Job.objects.filter(employer=employer, status=JobStatus.AWAITING_PAYMENT).order_by("submitted_at", "pk")
    released = []
    for job, kind in zip(waiting.select_related("employer")[: len(usable)], usable, strict=False):
        credit_ledger.spend_credit(job, kind, by=None)
        done = send_to_review(job, kind, by=None, verb="release")
        notifications.tell_team(done, "job_released", kind=str(kind))
        released.append(done)
    return released
