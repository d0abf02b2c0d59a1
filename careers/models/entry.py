"""What the search reads: one narrow row for each approved job whose last day is not over.

The database keeps it in the transaction that changes the job, its places, specialties, terms or employer: triggers call
`careers_refresh_entries`, and `careers_entries_of` makes the row (migration 0023). Nothing else writes here but the
sweep of those whose end has come.
"""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class JobEntryQuerySet(models.QuerySet["JobEntry"]):
    def live(self, at: datetime) -> "JobEntryQuerySet":
        """Those of live jobs: the condition of `Job.objects.live`, whose status the row itself stands for."""
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def over(self, at: datetime) -> "JobEntryQuerySet":
        """Those that nobody finds any more."""
        return self.filter(ends_at__lte=at)


class JobEntry(models.Model):
    """A job as the search compares it. Tags are those of careers/criteria.py, cells squares of the map."""

    job = models.OneToOneField("careers.Job", on_delete=models.CASCADE, primary_key=True, related_name="entry")
    featured = models.BooleanField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pay_year = models.IntegerField("most pay, by the year")  # 0: nobody states it
    tags = ArrayField(models.TextField())
    cells = ArrayField(models.IntegerField())
    latitudes = ArrayField(models.FloatField())
    longitudes = ArrayField(models.FloatField())
    search = SearchVectorField()

    objects = JobEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entry of the search"
        verbose_name_plural = "entries of the search"
        default_permissions = ()
        indexes = [
            GinIndex(fields=["search", "tags", "cells"], fastupdate=False, name="careers_jobentry_all"),
            models.Index(fields=["-featured", "-starts_at", "-job"], name="careers_jobentry_newest"),
            models.Index(fields=["-pay_year", "-starts_at", "-job"], name="careers_jobentry_pay"),
            models.Index(fields=["ends_at"], name="careers_jobentry_ends"),
        ]

    def __str__(self) -> str:
        return f"Entry of position {self.job_id}"
