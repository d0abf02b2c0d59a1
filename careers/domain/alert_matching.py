"""A position that goes live is looked for in all alerts, once, by one statement."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from aapm_site.core.background.due import DueRow

from ..models import Job, JobAnnouncement
from ..queries.near import AWAY
from ..states import JobStatus
from .alert_criteria import ANY

MOST_AT_ONCE = 500
# The alert's own place in the distance's three blanks, the place of the position in its columns.
NEAR = AWAY % ("alert.latitude::float8", "alert.latitude::float8", "alert.longitude::float8")
# A paused position has no entry that is kept; its own is made for the question.
LIVE = "careers_jobentry WHERE job_id = %(job)s AND starts_at <= %(now)s AND ends_at > %(now)s"
SET_ASIDE = "careers_entries_of(ARRAY[%(job)s::bigint])"
# The keys are asked as one value, so that the index serves; everything is compared exactly on what it finds.
FITS = f"""
    WITH entry AS MATERIALIZED (
        SELECT job_id, search, latitudes, longitudes, array_to_tsvector(tags) AS facets,
            tags || ARRAY(SELECT 'cell:' || cell FROM unnest(cells) AS cell) || %(any)s::text AS keys
        FROM {{source}}
    )
    SELECT alert.id
    FROM entry
    JOIN careers_alert AS alert ON alert.keys && (SELECT keys FROM entry)
    JOIN careers_alertreader AS reader ON reader.id = alert.reader_id
    JOIN mail_subscription AS subscription ON subscription.id = reader.subscription_id
    WHERE alert.paused_at IS NULL AND subscription.paused_at IS NULL
        AND (alert.facets IS NULL OR entry.facets @@ alert.facets)
        AND (alert.words IS NULL OR entry.search @@ alert.words)
        AND (alert.miles IS NULL OR EXISTS (
            SELECT FROM unnest(entry.latitudes, entry.longitudes) AS point (la, lo) WHERE {NEAR} <= alert.miles
        ))
    ORDER BY alert.id
"""  # noqa: S608 - words of our own
MATCH = """
    INSERT INTO careers_alertmatch (alert_id, job_id, matched_at)
    SELECT found.id, %(job)s, %(now)s FROM ({fits}) AS found WHERE found.id <> ALL(%(known)s::bigint[])
    ON CONFLICT DO NOTHING
"""


def due_announcements(at: datetime) -> Iterator[DueRow]:
    """Live positions that no alert was asked for yet. One that changes, or comes back from a pause, is not new."""
    announced = JobAnnouncement.objects.filter(job=OuterRef("pk"))
    jobs = Job.objects.live(timezone.now()).filter(~Exists(announced)).order_by("starts_at", "pk")
    for job in jobs.only("pk", "title", "starts_at", "ends_at", "slug")[:MOST_AT_ONCE]:
        starts_at, _ = job.shown_between
        yield DueRow(str(job.pk), f"Look for “{job}” in all alerts", starts_at, job.get_absolute_url())


@transaction.atomic
def announce_job(key: str) -> None:
    """Note which alerts look for the position. Safe to repeat and to race.

    One that is not open at this moment is left for later.
    """
    job = Job.objects.select_for_update(of=("self",), no_key=True).only(
        "pk", "status", "starts_at", "ends_at"
    ).filter(pk=int(key)).first()  # fmt: skip
    if job is None or not job.is_live():
        return
    _, is_new = JobAnnouncement.objects.get_or_create(job=job)
    if is_new:
        match_job(job, timezone.now())


def _fits(job: Job) -> str:
    return FITS.format(source=SET_ASIDE if job.status == JobStatus.PAUSED else LIVE)


def fitting_alerts(job: Job, at: datetime) -> list[int]:
    """The alerts that look for what a live or paused position says at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(_fits(job), {"job": job.pk, "now": at, "any": ANY})
        return [key for (key,) in cursor.fetchall()]


def match_job(job: Job, at: datetime, known: Sequence[int] = ()) -> int:
    """The statement itself: one row for each alert that fits, and none that is there already or `known` to fit.

    A letter tells of what readers see when it is written, so the finds of a paused position wait until it is back.
    """
    with connection.cursor() as cursor:
        cursor.execute(MATCH.format(fits=_fits(job)), {"job": job.pk, "now": at, "any": ANY, "known": list(known)})
        return cursor.rowcount
