"""Figures of the career center for its staff: week by week, and what was looked for in vain."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from aapm_site.core.models import Count

WEEKS = 8
MOST_WORDS = 30
VAIN_DAYS = 28
SEARCH_NOTHING = "position-search-nothing"
# What was open as each week ended, and what came in it. A job in the history is judged by its moments alone.
BY_WEEK = """
    SELECT week, least(week + interval '7 days', %(at)s) AS until, opened.jobs, opened.employers,
        (SELECT count(*) FROM careers_savedjob WHERE saved_at >= week AND saved_at < week + interval '7 days'),
        (SELECT count(*) FROM careers_jobreport WHERE reported_at >= week AND reported_at < week + interval '7 days')
    FROM generate_series(%(first)s, %(at)s, interval '7 days') AS week
    CROSS JOIN LATERAL (
        SELECT count(*) AS jobs, count(DISTINCT employer_id) AS employers FROM careers_job
        WHERE approved_at IS NOT NULL AND starts_at < least(week + interval '7 days', %(at)s)
            AND ends_at > least(week + interval '7 days', %(at)s)
            AND (taken_down_at IS NULL OR taken_down_at > least(week + interval '7 days', %(at)s))
    ) AS opened
    ORDER BY week DESC
"""


@dataclass(frozen=True)
class WeekFigures:
    """One week, from its Monday on; the present one as far as it has come."""

    begins_at: datetime
    until: datetime
    open_jobs: int
    employers: int
    saved: int
    reports: int


def figures_by_week(at: datetime) -> list[WeekFigures]:
    """The present week and those before it, the newest first; one query."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    with connection.cursor() as cursor:
        cursor.execute(BY_WEEK, {"first": first, "at": at})
        return [WeekFigures(*row) for row in cursor.fetchall()]


def searched_in_vain(at: datetime) -> list[tuple[str, int]]:
    """Words of the job search that found nothing in the last four weeks, the most frequent first; one query."""
    since = timezone.localdate(at) - timedelta(days=VAIN_DAYS)
    rows = Count.objects.filter(kind=SEARCH_NOTHING, on__gt=since).values("key").annotate(number=Sum("times"))
    return list(rows.order_by("-number", "key").values_list("key", "number")[:MOST_WORDS])
