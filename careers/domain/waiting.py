"""Positions that wait for a posting go to review by themselves when one is there."""

from ..kinds import PostingKind
from ..models import Employer, Job
from ..states import JobStatus
from . import balances, notices
from .steps import to_review


def release(employer: Employer, kind: PostingKind) -> list[Job]:
    """Send waiting positions to review, the oldest first, each with one posting of the kind that has come.

    Call it under the employer's lock, in the transaction in which the postings came.
    """
    left = balances.left(employer, kind)
    waiting = Job.objects.filter(employer=employer, status=JobStatus.AWAITING_PAYMENT).order_by("submitted_at", "pk")
    released = []
    for job in waiting.select_related("employer")[:left]:
        balances.spend(job, kind, by=None)
        done = to_review(job, kind, by=None)
        notices.tell_team(done, "job_released", kind=str(kind))
        released.append(done)
    return released
