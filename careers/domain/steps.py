"""The step that a person and the site itself take in the same way."""

from typing import Any

from aapm_site.core.transitions import move

from ..kinds import PostingKind
from ..models import Job
from ..states import JobStatus
from . import notices


def to_review(job: Job, kind: PostingKind | None, *, by: Any) -> Job:
    """Send a position to the staff, and tell them. The posting that it used says how long it runs, and where."""
    changes = {"runs_days": kind.runs_days, "featured": kind.featured} if kind else {}
    done = move(job, JobStatus.IN_REVIEW, by=by, **changes)
    done.employer = job.employer
    notices.tell_staff(done, "job_submitted")
    return done
