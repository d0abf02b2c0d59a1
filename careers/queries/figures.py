"""Figures of the career center for its staff, week by week; and how its searches in vain are counted."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from aapm_site.core.background.reminder_schedule import moment

WEEKS = 8
SEARCH_NOTHING = "position-search-nothing"
# What was open as each week ended, and what came in it. A job in the history is judged by its moments alone.
BY_WEEK = """
    SELECT begins_at, until, opened.jobs, opened.employers,
        (SELECT count(*) FROM careers_savedjob WHERE saved_at >= begins_at AND saved_at < until),
        (SELECT count(*) FROM careers_jobreport WHERE reported_at >= begins_at AND reported_at < until)
    FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS week (begins_at, until)
    CROSS JOIN LATERAL (
        SELECT count(*) AS jobs, count(DISTINCT employer_id) AS employers FROM careers_job
        WHERE approved_at IS NOT NULL AND starts_at < until AND ends_at > until
            AND (taken_down_at IS NULL OR taken_down_at > until)
    ) AS opened
    ORDER BY begins_at DESC
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
    # Midnights of the association's zone: where the clocks change, a week has an hour more or less.
    day = timezone.localdate(at)
    mondays = [day - timedelta(days=day.weekday() + 7 * ago) for ago in range(WEEKS)]
    begins = [moment(monday, time.min) for monday in mondays]
    until = [min(at, moment(monday + timedelta(days=7), time.min)) for monday in mondays]
    with connection.cursor() as cursor:
        cursor.execute(BY_WEEK, [begins, until])
        return [WeekFigures(*row) for row in cursor.fetchall()]
