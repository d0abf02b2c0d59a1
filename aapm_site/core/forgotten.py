"""What the ground floor forgets of its own."""

from datetime import datetime

from django.contrib.admin.models import LogEntry

from .models import Count
from .retention import RetentionRule, delete_batch


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
