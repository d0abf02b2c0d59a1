"""Which jobs end by the clock alone: their last day is over, or a pause has lasted as long as it may."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow

from ..models import Job
from ..states import JobStatus


def due_ends(at: datetime) -> Iterator[DueRow]:
    """What ends after now and by `at`; of a pause the moment up to which it can be ended."""
    now = timezone.now()
    live = Job.objects.filter(status=JobStatus.APPROVED, ends_at__gt=now, ends_at__lte=at)
    paused = Job.objects.filter(status=JobStatus.PAUSED, resumable_until__gt=now, resumable_until__lte=at)
    for key, title, ends_at in live.order_by("ends_at", "pk").values_list("pk", "title", "ends_at"):
        yield _row(key, "end", f"“{title}” ends", ends_at)
    for key, title, until in paused.order_by("resumable_until", "pk").values_list("pk", "title", "resumable_until"):
        yield _row(key, "pause", f"The pause of “{title}” runs out, and it ends", until)


def _row(key: int, what: str, title: str, at: Any) -> DueRow:
    """With the address at which staff look at it; `at` is there, since it was asked for."""
    return DueRow(f"{key}:{what}", title, at, reverse("admin:careers_job_change", args=[key]))
