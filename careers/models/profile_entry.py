"""What the search of profiles reads: one narrow row for each profile that its person lets employers find.

The database keeps it in the transaction that changes the profile, its places and specialties, or the person's account:
triggers call `careers_refresh_profileentries`, and `careers_profileentries_of` makes the row (migration
0041). Nothing else writes here. It holds answers out of lists, and nothing that a person wrote.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ProfileEntry(models.Model):
    """A profile as the search compares it. Tags are those of careers/profile_criteria.py, cells squares of the map."""

    profile = models.OneToOneField("careers.Profile", on_delete=models.CASCADE, primary_key=True, related_name="entry")
    updated_at = models.DateTimeField()
    available_on = models.DateField(null=True)
    tags = ArrayField(models.TextField())
    cells = ArrayField(models.IntegerField())
    latitudes = ArrayField(models.FloatField())
    longitudes = ArrayField(models.FloatField())

    class Meta:
        verbose_name = "entry of the search of profiles"
        verbose_name_plural = "entries of the search of profiles"
        default_permissions = ()
        indexes = [
            GinIndex(fields=["tags", "cells"], fastupdate=False, name="careers_profileentry_all"),
            models.Index(fields=["-updated_at", "-profile"], name="careers_profileentry_newest"),
        ]

    def __str__(self) -> str:
        return f"Entry of profile {self.profile_id}"
