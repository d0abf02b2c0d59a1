"""What a search that tells of new things is compared by: columns, so that one statement asks all such searches."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import AlertPace


class CompiledSearch(models.Model):
    """A search that somebody keeps, compiled from its criteria (domain/alert_criteria.py), and how often it tells."""

    pace = models.CharField("how often", max_length=10, choices=AlertPace.choices, default=AlertPace.DAILY)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True)

    # What has none of the keys cannot fit.
    keys = ArrayField(models.TextField())
    facets = SearchQueryField(null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    miles = models.PositiveSmallIntegerField(null=True)

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]
        default_permissions = ()
        indexes = (GinIndex(fields=["keys"], fastupdate=False, name="%(app_label)s_%(class)s_keys"),)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=Q(pace__in=AlertPace.values), name="%(app_label)s_%(class)s_pace_known"),
            models.CheckConstraint(condition=~Q(keys=[]), name="%(app_label)s_%(class)s_has_keys"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True, miles__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, miles__gt=0),
                name="%(app_label)s_%(class)s_near_whole",
            ),
        )

    @property
    def paces(self) -> list[tuple[str, str]]:
        """How often it may tell."""
        return AlertPace.choices
