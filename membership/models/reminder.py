"""Letters about the end of a term, as rows: when each goes, to which categories, and what it says."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from ..rules import TermLike, last_day_of_grace
from .plan import Plan

FARTHEST_DAYS = 365


class Reminder(models.Model):
    """One letter. Its short name stands in the notes of what was sent, so it never changes."""

    class Kind(models.TextChoices):
        BEFORE_END = "before_end", "Days before the last day of the term"
        AFTER_END = "after_end", "Days after the last day of the term"
        BEFORE_GRACE_END = "before_grace", "Days before the last day of grace"
        AFTER_GRACE_END = "after_grace", "Days after the last day of grace"

    name = models.CharField(max_length=80, unique=True, help_text="For your colleagues: “A month before the end”.")
    slug = models.SlugField("short name", max_length=40, unique=True)
    kind = models.CharField("counted as", max_length=12, choices=Kind.choices, default=Kind.BEFORE_END)
    days = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(FARTHEST_DAYS)], help_text="0 is the day itself. Letters go at 8 in the morning."
    )
    plans = models.ManyToManyField(
        Plan, blank=True, related_name="+", verbose_name="categories", help_text="None chosen: to members of each."
    )
    is_on = models.BooleanField("is sent", default=True, help_text="Unchecked, it waits; nothing is sent afterwards.")
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=5_000)

    class Meta:
        ordering = ["kind", "-days", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["before_end", "after_end", "before_grace", "after_grace"]),
                name="membership_reminder_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(days__range=(0, FARTHEST_DAYS)),
                name="membership_reminder_days",
                violation_error_message="Choose a day within a year of the end.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def day_of(self, term: TermLike) -> date:
        """When it goes to whoever has this term last."""
        last = term.ends_on if self.kind in {self.Kind.BEFORE_END, self.Kind.AFTER_END} else last_day_of_grace(term)
        is_before = self.kind in {self.Kind.BEFORE_END, self.Kind.BEFORE_GRACE_END}
        return last + timedelta(days=-self.days if is_before else self.days)

    def fits(self, term: TermLike) -> bool:
        """A term without grace has no letter about its grace; none goes before the term's second day."""
        is_of_grace = self.kind in {self.Kind.BEFORE_GRACE_END, self.Kind.AFTER_GRACE_END}
        return self.day_of(term) > term.starts_on and (term.grace_days > 0 or not is_of_grace)
