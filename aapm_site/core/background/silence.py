"""Whether anything works in the background: without a worker no mail leaves and nothing timed happens."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from procrastinate.contrib.django.models import ProcrastinateWorker

# A worker gives a sign every ten seconds; while it is started anew, or the database is busy, a few are missed.
BEARABLE = timedelta(minutes=2)


def last_heard() -> datetime | None:
    """When a worker last gave a sign; None if there never was one. One query."""
    return ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]


def is_working(heard: datetime | None, now: datetime) -> bool:
    """Whether a worker that gave its last sign then is still at work."""
    return heard is not None and now - heard <= BEARABLE


def worker_stands_still(user: Any) -> tuple[str, str, str] | None:
    """For the front page of staff who see what is due; one query."""
    if not user.has_perm("core.see_due_work"):
        return None
    now, heard = timezone.now(), last_heard()
    if is_working(heard, now):
        return None
    since = f"for {timesince(heard, now, depth=1)}" if heard else "at all yet"
    words = (
        f"Nothing has worked in the background {since}: no mail leaves and nothing timed happens. Tell the operator."
    )
    return words, "What is due", reverse("admin:due")
