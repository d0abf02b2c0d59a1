"""The counters that documents take their numbers from: one a series and year, gapless because it is locked."""

from django.db import models

from .base import kept_history, never_deleted


@kept_history()
class Counter(models.Model):
    """The last number given in a series, such as INV-2026. A rolled-back document gives its number back."""

    series = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["series"]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
