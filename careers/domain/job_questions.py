"""What an employer asks everybody who applies on the site."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..models import Job, JobQuestion
from ..models.question import MOST_QUESTIONS


def set_job_questions(job: Job, questions: Sequence[Mapping[str, Any]]) -> None:
    """Replace the questions of a job, under its lock. Answers that were given keep the words that were asked then."""
    job.questions.all().delete()
    JobQuestion.objects.bulk_create(
        JobQuestion(job=job, order=order, **row) for order, row in enumerate(questions[:MOST_QUESTIONS])
    )
