"""Declining several applications at once, kindly: each person gets a letter of their own, once.

Who presses has seen each application in a state. One that stands elsewhere by now is left out: a colleague has decided,
the person has withdrawn, or the same button was pressed before.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from aapm_site.accounts.models import User

from ..application_states import JobApplicationStatus
from ..models import Job, JobApplication
from .applications import decide_uncounted
from .reply_clocks import count_replies

MOST = 100  # applications declined by one press
KIND_WORDS = (
    "Thank you for writing to us, and for the care that you put into your application. We have read it. For this "
    "position we are going on with people whose experience is closer to what it asks for today. We wish you well, and "
    "would be glad to read from you again."
)
DECLINABLE = (JobApplicationStatus.VIEWED, JobApplicationStatus.IN_CONTACT)


@dataclass(frozen=True)
class SeenApplication:
    """One that was chosen, in the state in which whoever chose it saw it."""

    public_id: str
    status: str

    def __str__(self) -> str:
        """As a form carries it."""
        return f"{self.public_id}.{self.status}"


@dataclass(frozen=True)
class LeftOut:
    """One that is not declined, and why."""

    application: JobApplication
    reason: str


@dataclass(frozen=True)
class DeclinedTogether:
    """Which are declined (or would be), and which are left out."""

    declined: list[JobApplication]
    left_out: list[LeftOut]


def to_decline(job: Job, seen: Iterable[SeenApplication]) -> DeclinedTogether:
    """What a press would do now; nothing is written. What was not sent for this job is in neither list."""
    return _sorted_out(job.applications.sent().select_related("job__employer", "user"), seen)


@transaction.atomic
def decline_together(job: Job, seen: Iterable[SeenApplication], *, by: User, words: str) -> DeclinedTogether:
    """Decline those that stand where they were seen, and write to each. Locks them in the order of their keys.

    The reply clock is recounted once for all of them.
    """
    rows = job.applications.sent().select_related("job__employer", "user")
    found = _sorted_out(rows.select_for_update(of=("self",)), seen)
    for application in found.declined:
        decide_uncounted(application, JobApplicationStatus.DECLINED, by=by, words=words)
    if not job.confidential and any(one.answered_at is None for one in found.declined):
        count_replies(job.employer_id)
    return found


def _sorted_out(rows: QuerySet[JobApplication], seen: Iterable[SeenApplication]) -> DeclinedTogether:
    as_seen = {one.public_id: one.status for one in list(seen)[:MOST]}
    found = list(rows.filter(public_id__in=as_seen).defer("job__search", "job__body").order_by("pk"))
    result = DeclinedTogether([], [])
    for application in found:
        reason = _why_not(application, as_seen[application.public_id])
        if reason:
            result.left_out.append(LeftOut(application, reason))
        else:
            result.declined.append(application)
    return result


def _why_not(application: JobApplication, seen: str) -> str:
    """Why it is not declined with the others; empty where it is."""
    if application.status == JobApplicationStatus.SENT:
        return "nobody of you has opened it yet, and the applicant would see that"
    if application.status not in DECLINABLE:
        return f"it is “{application.get_status_display()}” by now"
    return "" if application.status == seen else f"it is “{application.get_status_display()}” since you chose it"
