"""What the page of a job says about where it stands: that it is gone, or that this is only the preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html

from aapm_site.core.templatetags.ui import day

from ..credit_types import CreditType
from ..models import Job, ReportedJob
from ..states import JobStatus


@dataclass(frozen=True)
class JobClosing:
    """Why nobody can apply: one word with its tone, and a sentence."""

    label: str
    sentence: str
    tone: str = "end"
    is_paused: bool = False


def closing_of(job: Job, at: datetime) -> JobClosing:
    """What became of a job that was public. A pause that has outlived the job is its end."""
    if job.status == JobStatus.PAUSED and not job.is_past(at):
        if ReportedJob.objects.hiding(job).exists():
            looked_at = "Our staff are looking at this position. It may open again within a day."
            return JobClosing("Paused", looked_at, "pause", is_paused=True)
        may_open = "The employer has paused this position. It may open again."
        return JobClosing("Paused", may_open, "pause", is_paused=True)
    if job.status == JobStatus.FILLED:
        return JobClosing("Filled", "This position is filled.")
    if job.status == JobStatus.WITHDRAWN:
        return JobClosing("Withdrawn", "This position has been withdrawn.")
    return JobClosing("Ended", format_html("This position was open until {}.", day(job.ends_at)))


def preview_words(job: Job, *, lacking: Sequence[str], may_submit: bool, held: CreditType | None) -> str:
    """What stands between the preview and the public page."""
    if lacking:
        return f"Before you can send it, it needs {' and '.join(lacking)}."
    if may_submit:
        words, credit = "If it is as you want it, send it to our staff.", "It has its posting: live for"
    else:
        words, credit = f"It is now “{job.get_status_display()}”.", "It will be live for"
        held = None if job.starts_at else held
    return f"{words} {credit} {held}." if held else words
