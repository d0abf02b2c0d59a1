"""A person's saved positions as their list shows them: open ones, and what became of the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html

from aapm_site.core.templatetags.ui import day

from ..domain.saved_jobs import LIMIT
from ..models import Job, SavedJob
from .job import closing_of


@dataclass(frozen=True)
class SavedRow:
    """One of them: where the position stands, as a word with its tone, and a sentence on what became of it."""

    saved: SavedJob
    job: Job
    is_open: bool
    label: str
    tone: str
    sentence: str


def saved_rows(saved: Iterable[SavedJob], at: datetime) -> list[SavedRow]:
    return [_row(one, at) for one in saved]


def _row(saved: SavedJob, at: datetime) -> SavedRow:
    job = saved.job
    if job.is_live(at):
        return SavedRow(saved, job, True, format_html("Open until {}", day(job.ends_at)), "live", "")
    closing = closing_of(job, at)
    return SavedRow(saved, job, False, closing.label, closing.tone, closing.sentence)


def how_full(count: int) -> str:
    """“37 of 100”."""
    return f"{count} of {LIMIT}"
