"""Letters to institutions about the end of their seats, as rows, and which of them was sent."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .bundle import Bundle
from .reminder import FARTHEST_DAYS


class SeatReminder(models.Model):
    """One letter. Its short name stands in the notes of what was sent, so it never changes."""

    class Kind(models.TextChoices):
        BEFORE_END = "before_end", "Days before the last day of the seats"
        AFTER_END = "after_end", "Days after the last day of the seats"

    name = models.CharField(max_length=80, unique=True, help_text="For your colleagues: “Two months before the end”.")
    slug = models.SlugField("short name", max_length=40, unique=True)
    kind = models.CharField("counted as", max_length=12, choices=Kind.choices, default=Kind.BEFORE_END)
    days = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(FARTHEST_DAYS)], help_text="0 is the day itself. Letters go at 8 in the morning."
    )
    is_on = models.BooleanField("is sent", default=True, help_text="Unchecked, it waits; nothing is sent afterwards.")
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=5_000)

    class Meta:
        ordering = ["-kind", "-days", "pk"]
        verbose_name = "reminder to institutions"
        verbose_name_plural = "reminders to institutions"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["before_end", "after_end"]), name="membership_seat_reminder_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(days__range=(0, FARTHEST_DAYS)),
                name="membership_seat_reminder_days",
                violation_error_message="Choose a day within a year of the end.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def day_of(self, ends_on: date) -> date:
        """When it goes to an institution whose seats end on a day."""
        return ends_on + timedelta(days=-self.days if self.kind == self.Kind.BEFORE_END else self.days)


class SeatNotice(models.Model):
    """A letter about the end of an institution's seats that has been queued: `step` is the short name of its row."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="notices")
    ends_on = models.DateField("seats end")
    step = models.CharField("letter", max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "ends_on", "step"], name="membership_seat_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.bundle}, {self.ends_on}"
