"""Counts of a day made of its openings, and a day's openings deleted with their counts gone into the month.

Everything is one transaction under one lock, and counts a day anew: done twice, or broken off, it changes nothing. An
opening that is written late makes its day due again; one that is written after its day has gone into the month is added
to it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import formats, timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.retention import RetentionRule

from ..counting import DOUBLE_CLICK
from ..models import UsageEvent, UsageSalt

LOCK = 7_214_051  # of whoever counts
RETENTION = "journal-usage"
KEPT_DAYS, LEAST_DAYS = 7, 2
COUNTED_AT = time(0, 30)  # of the next day, when whatever waited in memory is written
ONE_DAY = timedelta(days=1)

# Of two presses within the time the first is dropped; whoever presses on and on is counted once, with the last one.
# A session is a reader in one hour of one day: hours of the world's clock, since an hour comes twice in autumn.
_COUNTED = f"""
    pressed AS (
        SELECT *, lead(at) OVER (PARTITION BY reader, article_id, part ORDER BY at, id) AS next_at FROM source
    ), counted AS (
        SELECT article_id, access, yop, count(*) AS investigations,
            count(*) FILTER (WHERE use = 'request') AS requests,
            count(DISTINCT (reader, hour)) AS unique_investigations,
            count(DISTINCT (reader, hour)) FILTER (WHERE use = 'request') AS unique_requests,
            count(*) FILTER (WHERE use = 'denied') AS denials,
            count(*) FILTER (WHERE use = 'search') AS searches
        FROM (SELECT *, date_trunc('hour', at AT TIME ZONE 'UTC') AS hour FROM pressed) one
        WHERE next_at IS NULL OR next_at > at + interval '{DOUBLE_CLICK.seconds} seconds'
        GROUP BY article_id, access, yop
    ), articles AS (
        INSERT INTO membership_articleusage AS kept ("on", is_month, article_id, access, yop, investigations, requests,
            unique_investigations, unique_requests, denials)
        SELECT %(into)s, %(is_month)s, article_id, access, yop, investigations, requests, unique_investigations,
            unique_requests, denials
        FROM counted WHERE article_id IS NOT NULL
        ON CONFLICT ("on", is_month, article_id, access, yop) DO UPDATE SET
            investigations = kept.investigations + excluded.investigations,
            requests = kept.requests + excluded.requests,
            unique_investigations = kept.unique_investigations + excluded.unique_investigations,
            unique_requests = kept.unique_requests + excluded.unique_requests,
            denials = kept.denials + excluded.denials
    ), searches AS (
        INSERT INTO membership_searchusage AS kept ("on", is_month, searches)
        SELECT %(into)s, %(is_month)s, searches FROM counted WHERE article_id IS NULL
        ON CONFLICT ("on", is_month) DO UPDATE SET searches = kept.searches + excluded.searches
    )
    SELECT count(*) FROM source
"""  # noqa: S608 - a number of our own
_OF_DAY = 'FROM membership_usageevent WHERE "on" = %(day)s'
COUNT_DAY = f"WITH source AS (SELECT * {_OF_DAY}), {_COUNTED}"  # noqa: S608 - words of our own
# What is deleted is what is counted: an opening that is written meanwhile is in neither.
FOLD_DAY = f"WITH source AS (DELETE {_OF_DAY} RETURNING *), {_COUNTED}"  # noqa: S608 - words of our own
FORGET_COUNTS = """
    WITH articles AS (DELETE FROM membership_articleusage WHERE "on" = %(day)s AND NOT is_month)
    DELETE FROM membership_searchusage WHERE "on" = %(day)s AND NOT is_month
"""


@transaction.atomic
def count_day(day: date) -> int:
    """Count the openings of a day anew; how many there are. Reports and readers see it from now on."""
    return _counted(COUNT_DAY, day, into=day, is_month=False)


@transaction.atomic
def fold_day(day: date) -> int:
    """Delete the openings of a day and add their counts to the month; how many there were."""
    return _counted(FOLD_DAY, day, into=day.replace(day=1), is_month=True)


def _counted(statement: str, day: date, *, into: date, is_month: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(FORGET_COUNTS, {"day": day})
        cursor.execute(statement, {"day": day, "into": into, "is_month": is_month})
        openings: int = cursor.fetchone()[0]
    return openings


# By the clock ---------------------------------------------------------------------------------------------------------
def due_days(at: datetime) -> Iterator[DueRow]:
    """The days that are over and have a salt: whose openings were not counted since the last one was written."""
    for day in UsageSalt.objects.filter(on__lt=timezone.localdate(at)).order_by("on").values_list("on", flat=True):
        counted_at = moment(day + ONE_DAY, COUNTED_AT)
        if counted_at <= at:
            said = formats.date_format(day, "F j")
            yield DueRow(f"{day}", f"How the journal was read on {said}", counted_at, reverse("admin:journal_reports"))


@transaction.atomic
def count_due_day(key: str) -> None:
    """Delete the salt of a day that is over, and count the day. Safe to repeat."""
    day = date.fromisoformat(key)
    UsageSalt.objects.filter(pk=day).delete()
    count_day(day)


def fold_oldest(before: datetime) -> int:
    """Fold the oldest day that ended before; how many openings it had."""
    oldest = UsageEvent.objects.filter(on__lt=timezone.localdate(before)).order_by("on").values_list("on", flat=True)
    day = oldest.first()
    return fold_day(day) if day else 0


USAGE = RetentionRule(
    RETENTION,
    "Openings of articles in the journal",
    "Each with a code in place of the reader. Their counts by article and month stay.",
    KEPT_DAYS,
    LEAST_DAYS,
    fold_oldest,
)
