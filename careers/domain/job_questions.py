"""What an employer asks everybody who applies on the site."""

from collections.abc import Mapping, Sequence
from typing import Any

from aapm_site.core.row_sets import write_row_sets

from ..models import Job
from .job_rows import question_rows


def set_job_questions(job: Job, questions: Sequence[Mapping[str, Any]]) -> None:
    """Replace the questions of a job, under its lock."""
    write_row_sets(job, [question_rows(questions)])
