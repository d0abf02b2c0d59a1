"""What the ground floor forgets of its own."""

from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet

from .models import Count
from .retention import BATCH, RetentionRule


def delete_batch(rows: "QuerySet[Any]") -> int:
    """Delete the oldest BATCH of the rows, all that hangs on them too; how many they were."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    rows.model._base_manager.filter(pk__in=keys).delete()
    return len(keys)


def _counts(before: datetime) -> int:
    return delete_batch(Count.objects.filter(on__lt=before))


def _log(before: datetime) -> int:
    return delete_batch(LogEntry.objects.filter(action_time__lt=before))


RULES = (
    RetentionRule(
        "counts",
        "Daily numbers of views and searches",
        "The numbers of earlier days.",
        1_100,
        30,
        _counts,
        order=80,
    ),
    RetentionRule(
        "staff-log",
        "What staff did in the admin",
        "The lines of the admin's “History”. The books and the histories of orders, positions and memberships stay.",
        1_825,
        365,
        _log,
        order=90,
    ),
)
