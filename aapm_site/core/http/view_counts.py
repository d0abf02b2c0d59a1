"""Counts without cookies: what was viewed, searched or shown is added up in memory and written every few seconds.

A GET writes nothing else. Robots are left out by their User-Agent, and nothing about the person is kept.
"""

import atexit
import re
import threading
from collections import Counter
from datetime import date

import structlog
from django.db import DatabaseError, connection
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from ..models import Count

log = structlog.get_logger(__name__)

ROBOT = re.compile(r"bot|crawl|spider|slurp|preview|fetch|monitor|curl|wget|python|java/|headless|lighthouse", re.I)
SECONDS = 5
KEY_LENGTH = 200

_pending: Counter[tuple[str, str, date]] = Counter()
_lock = threading.Lock()
_timer: threading.Timer | None = None


def is_robot(user_agent: str) -> bool:
    return not user_agent or bool(ROBOT.search(user_agent))


def count(request: HttpRequest, kind: str, key: str) -> None:
    """Count this request once; a response from the page cache counts again each time it is given out.

    What staff open to see it as a member does is not counted.
    """
    if hasattr(request, "viewing"):
        return
    counted = request.__dict__.setdefault("counted", [])
    counted.append((kind, key[:KEY_LENGTH]))
    add([(kind, key[:KEY_LENGTH])], request.META.get("HTTP_USER_AGENT", ""))


def add(counted: list[tuple[str, str]], user_agent: str) -> None:
    """Add what one reader saw; called by the page cache for the responses that it gives out."""
    global _timer
    if not counted or is_robot(user_agent):
        return
    today = timezone.localdate()
    with _lock:
        for kind, key in counted:
            _pending[kind, key, today] += 1
        if _timer is None:
            _timer = threading.Timer(SECONDS, _on_time)
            _timer.daemon = True
            _timer.start()


def _on_time() -> None:
    try:
        flush()
    finally:
        connection.close()


def flush() -> None:
    """Write what is pending in one statement. If the database is away it stays pending and is tried again."""
    global _timer
    with _lock:
        _timer = None
        rows = dict(_pending)
        _pending.clear()
    if not rows:
        return
    # Sorted, so that two processes lock the rows in the same order.
    values = [(kind, key, on, times) for (kind, key, on), times in sorted(rows.items())]
    marks = ", ".join(["(%s, %s, %s, %s)"] * len(values))
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO core_count (kind, key, "on", times) VALUES {marks} '  # noqa: S608 - only placeholders
                'ON CONFLICT (kind, key, "on") DO UPDATE SET times = core_count.times + excluded.times',
                [value for row in values for value in row],
            )
    except DatabaseError:
        log.warning("counts.kept_for_later", rows=len(rows))
        with _lock:
            _pending.update(rows)


atexit.register(flush)


def total(kind: str, key: str) -> int:
    """How often in all."""
    return Count.objects.filter(kind=kind, key=key).aggregate(times=Sum("times"))["times"] or 0


def totals(kind: str, keys: list[str]) -> dict[str, int]:
    """How often in all, for many keys in one query; a key never counted is missing."""
    rows = Count.objects.filter(kind=kind, key__in=keys).values("key").annotate(times=Sum("times"))
    return {row["key"]: row["times"] for row in rows}


def daily(kind: str, key: str, since: date) -> list[tuple[date, int]]:
    """Day by day since a date, days without a count left out."""
    rows = Count.objects.filter(kind=kind, key=key, on__gte=since).order_by("on")
    return list(rows.values_list("on", "times"))
