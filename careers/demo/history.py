"""How a sample job came to stand where it stands: its moments and its steps, as if people had taken them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..rules import open_until
from ..states import JobStatus

# What a sample's state in the data files means here. Live, past and scheduled are all approved: the dates differ.
STATUS = {
    "live": JobStatus.APPROVED,
    "past": JobStatus.APPROVED,
    "scheduled": JobStatus.APPROVED,
    "in_review": JobStatus.IN_REVIEW,
    "returned": JobStatus.RETURNED,
    "draft": JobStatus.DRAFT,
    "filled": JobStatus.FILLED,
    "withdrawn": JobStatus.WITHDRAWN,
    "paused": JobStatus.PAUSED,
}
READING = (4, 9, 20, 26, 31, 50)  # hours
WRITING = timedelta(hours=3)


@dataclass(frozen=True)
class Taken:
    """One step: from, to, when, by the employer or by staff, and why."""

    from_status: str
    to_status: str
    at: datetime
    by_staff: bool = False
    reason: str = ""


@dataclass(frozen=True)
class History:
    """The moments of a job and its steps."""

    moments: dict[str, Any]
    steps: tuple[Taken, ...]


def _reading(moment: datetime) -> timedelta:
    """How long staff took, which is not always the same."""
    return timedelta(hours=READING[moment.timetuple().tm_yday % len(READING)])


def history_of(state: str, begun: datetime, runs_days: int, reason: str, at: datetime) -> History:
    """`begun` is the first day of what was approved; for the others, when it was written or sent."""
    status = STATUS[state]
    if status == JobStatus.DRAFT:
        return History({"created_at": begun}, ())
    if status in {JobStatus.IN_REVIEW, JobStatus.RETURNED}:
        return _unread(status, begun, reason)
    approved = min(begun, at - timedelta(hours=2))
    submitted = approved - _reading(begun)
    moments = {
        "created_at": submitted - WRITING,
        "submitted_at": submitted,
        "approved_at": approved,
        "starts_at": begun,
        "ends_at": open_until(begun, runs_days),
    }
    steps = [
        Taken(JobStatus.DRAFT, JobStatus.IN_REVIEW, submitted),
        Taken(JobStatus.IN_REVIEW, JobStatus.APPROVED, approved, by_staff=True),
    ]
    if status != JobStatus.APPROVED:
        # Taken down after about two thirds of the time that it has been live.
        taken_down = begun + (min(at, moments["ends_at"]) - begun) * 2 / 3
        moments["taken_down_at"] = taken_down
        steps.append(Taken(JobStatus.APPROVED, status, taken_down))
    return History(moments, tuple(steps))


def _unread(status: str, sent: datetime, reason: str) -> History:
    moments = {"created_at": sent - WRITING, "submitted_at": sent}
    steps = [Taken(JobStatus.DRAFT, JobStatus.IN_REVIEW, sent)]
    if status == JobStatus.RETURNED:
        steps.append(
            Taken(JobStatus.IN_REVIEW, JobStatus.RETURNED, sent + timedelta(hours=20), by_staff=True, reason=reason)
        )
    return History(moments, tuple(steps))
