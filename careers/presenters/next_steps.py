"""What comes next for a position, as its team reads it on the board; empty where nothing has to be done."""

from datetime import datetime

from django.utils import dateformat, timezone

from ..domain import renewals
from ..models import Job
from ..queries.review import QueuePlace
from ..states import JobStatus
from .review import queue_words

SOON = 14  # days before the end from which the board speaks of renewing


def next_step(job: Job, queued: QueuePlace | None, at: datetime) -> str:
    """One sentence or two. `queued` is its place among those that our staff are to read."""
    if job.is_past(at):
        return "Renew it, and the same page is live again."
    if job.status == JobStatus.APPROVED:
        return _ending(job, at)
    return {
        JobStatus.DRAFT: "Look at its preview, then send it to review." if is_written(job) else "Go on writing it.",
        JobStatus.AWAITING_PAYMENT: "Nothing, once your payment is on its way: it goes to review by itself.",
        JobStatus.RETURNED: "Correct it and send it again. It keeps its posting.",
        JobStatus.IN_REVIEW: f"{queue_words(queued)} You get an e-mail then.",
        JobStatus.PAUSED: _resuming(job),
        JobStatus.FILLED: _reopening(job),
    }.get(JobStatus(job.status), "")


def is_written(job: Job) -> bool:
    """Whether what one forgets last stands in it; what else may be missing is said where it is sent."""
    has_pay = job.pay_min is not None or bool(job.pay_exemption)
    return bool(job.summary) and has_pay and bool(job.takes_applications or job.apply_url or job.apply_email)


def _reopening(job: Job) -> str:
    until = renewals.reopens_until(job)
    if until is None or until < timezone.localdate():
        return ""
    return f"Nothing, if all went well. You can reopen it until {dateformat.format(until, 'F j')}."


def _ending(job: Job, at: datetime) -> str:
    if job.is_scheduled(at):
        return "Nothing: it goes live by itself."
    if job.ends_at is None or (job.ends_at - at).days >= SOON:
        return ""
    return "Renew it if it should stay open; its days are added at the end."


def _resuming(job: Job) -> str:
    if job.resumable_until is None:
        return ""
    day = dateformat.format(timezone.localtime(job.resumable_until), "F j, Y")
    return f"Resume it by {day}. Its days are kept until then."
