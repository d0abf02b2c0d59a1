"""“Is it still open?”: what a team is asked about a position that has been live for a month."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .job import Job


class OpenAnswer(models.TextChoices):
    """How a question about a position ended."""

    WAITING = "", "Not answered yet"
    OPEN = "open", "Still open"
    FILLED = "filled", "Filled"
    NONE = "none", "Not answered, so it was paused"


class OpenQuestion(models.Model):
    """A question about a job, asked once for each time that it was approved; unanswered, the job is paused."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="open_questions")
    approved_at = models.DateTimeField(help_text="The approval that it is about.")
    asked_at = models.DateTimeField(default=timezone.now)
    answer_until = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=OpenAnswer, blank=True, default=OpenAnswer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = "question whether a position is open"
        verbose_name_plural = "questions whether positions are open"
        indexes = [
            models.Index(fields=["answer_until"], name="careers_question_waits", condition=Q(answer="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job", "approved_at"], name="careers_question_once"),
            models.CheckConstraint(condition=Q(answer__in=OpenAnswer.values), name="careers_question_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="careers_question_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.get_answer_display()}"
