"""What “Ask us anything” promises: within how many working days a person writes back. One row, which staff edit."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from aapm_site.core.cache.revisions import revised

ONLY = 1
USUAL, MOST = 2, 30


class AnswerPromise(models.Model):
    """Said wherever somebody may ask, in the receipt, and by the queue of questions that wait for longer."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    working_days = models.PositiveSmallIntegerField(
        "we answer within",
        default=USUAL,
        validators=[
            MinValueValidator(1, "Promise at least one working day."),
            MaxValueValidator(MOST, f"Promise at most {MOST} working days."),
        ],
        help_text="Working days, Monday to Friday, from 1 to 30. It is said beside the form, below every answer, in "
        "the receipt and on the person’s own page; a question that waits for longer is named on your front page.",
    )

    class Meta:
        verbose_name = "promise of an answer"
        verbose_name_plural = "promise of an answer"
        triggers = [revised()]
        constraints = [
            models.CheckConstraint(condition=models.Q(id=ONLY), name="content_promise_only_one"),
            models.CheckConstraint(
                condition=models.Q(working_days__gte=1, working_days__lte=MOST), name="content_promise_of_some_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.working_days} working day{'' if self.working_days == 1 else 's'}"

    @classmethod
    def days(cls) -> int:
        """The number as it stands now, or the usual one while staff have not said another."""
        return cls.objects.filter(pk=ONLY).values_list("working_days", flat=True).first() or USUAL
