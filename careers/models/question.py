"""What an employer asks everybody who applies for a position on the site."""

from django.db import models

from .job import Job

MOST_QUESTIONS = 5
LONGEST_QUESTION, LONGEST_ANSWER = 200, 300


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    YES_NO = "yes-no", "Yes or no"
    ONE_OF = "one-of", "One of several answers"
    SHORT = "short", "A short text"


class JobQuestion(models.Model):
    """One question of one job. Only domain/job_questions.py writes them, while the job is not approved."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="questions", verbose_name="position")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=QuestionKind)
    text = models.CharField(max_length=LONGEST_QUESTION)
    options = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)

    class Meta:
        verbose_name = "question of a position"
        verbose_name_plural = "questions of positions"
        default_permissions = ()
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=QuestionKind.values), name="careers_question_kind_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(text="") & models.Q(order__lt=MOST_QUESTIONS), name="careers_question_complete"
            ),
            models.UniqueConstraint(fields=["job", "order"], name="careers_question_order"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def offered(self) -> list[str]:
        """What may be chosen; empty for a short text."""
        return ["Yes", "No"] if self.kind == QuestionKind.YES_NO else list(self.options)
