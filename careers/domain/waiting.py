"""Positions that wait for a posting go to review by themselves when one is there."""

from collections.abc import Mapping

from ..kinds import PostingKind
from ..models import Employer, Job
from ..states import JobStatus
from . import balances, notices
from .steps import to_review


def release(employer: Employer, left: Mapping[PostingKind, int]) -> list[Job]:
    """Send waiting positions to review, the oldest first, each with one posting of a kind of which some are left.

    Call it under the employer's lock, in the transaction in which the postings came.
    """
    usable = [kind for kind, count in left.items() for _ in range(count)]
    waiting = Job.objects.filter(employer=employer, status=JobStatus.AWAITING_PAYMENT).order_by("submitted_at", "pk")
    released = []
    for job, kind in zip(waiting.select_related("employer")[: len(usable)], usable, strict=False):
        balances.spend(job, kind, by=None)
        done = to_review(job, kind, by=None)
        notices.tell_team(done, "job_released", kind=str(kind))
        released.append(done)
    return released
