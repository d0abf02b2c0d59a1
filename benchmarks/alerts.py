"""What a new position costs among a hundred thousand alerts, and a batch of letters. This runs in the site.

The alerts look for what random searches look for, and the positions are some of those that are there.
"""

import json
import random
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aapm_site.accounts.models import Place
from aapm_site.core.search.query import CONFIG
from benchmarks.searches import Clock, random_criteria
from careers.domain import alert_letters
from careers.domain.alert_criteria import facets_of, keys_of
from careers.domain.alert_matching import match_job
from careers.models import AlertMatch, AlertReader, Job, JobEntry
from careers.models.alert import KIND

SEED = 5
ALERTS, EACH = 100_000, 2  # of one reader
POSITIONS, BATCHES = 60, 10
COLUMNS = (
    "public_id", "reader_id", "title", "address", "pace", "created_at", "paused_at", "keys", "words", "facets",
    "latitude", "longitude", "miles",
)  # fmt: skip


def told() -> str:
    """For the table: milliseconds of the database's processor as JSON. What was made for it is gone afterwards."""
    chance = random.Random(SEED)  # noqa: S311 - a bench, not a secret
    entries = list(JobEntry.objects.live(timezone.now()).order_by("pk").values_list("pk", flat=True))
    chosen = Job.objects.only("status").in_bulk(chance.sample(entries, min(POSITIONS, len(entries)))).values()
    _forget()  # what a run that was broken off has left
    try:
        _make(chance)
        matches = sorted(_time_of(match_job, job, timezone.now()) for job in chosen)
        pairs = AlertMatch.objects.count()
        batches = [row.key for row, _ in zip(alert_letters.due_letters(timezone.now()), range(BATCHES), strict=False)]
        letters = sorted(_time_of(alert_letters.write_letters, key) for key in batches)
    finally:
        _forget()
    return json.dumps({"match": _figures(matches), "pairs": pairs, "letters": _figures(letters)})


def _figures(times: list[float]) -> dict[str, float]:
    return {"median": times[len(times) // 2], "max": times[-1]}


def _time_of(work: Callable[..., Any], *arguments: Any) -> float:
    """All statements of it together."""
    clock = Clock()
    with connection.execute_wrapper(clock), transaction.atomic():
        work(*arguments)
    return sum(time for time, _ in clock.seen)


def _make(chance: random.Random) -> None:
    """Readers and their alerts, by COPY; a tenth of the alerts rests."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    readers = (
        (
            f"reader{number}@bench.example",
            KIND,
            "bench",
            "New positions",
            "at-once",
            secrets.token_urlsafe(32),
            now,
            now,
        )
        for number in range(ALERTS // EACH)
    )
    _copy("mail_subscription", "email, kind, key, title, frequency, token, created_at, confirmed_at", readers)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO careers_alertreader (subscription_id) SELECT id FROM mail_subscription WHERE key = 'bench'"
        )
    _copy("careers_alert", ", ".join(COLUMNS), _alerts(chance))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) careers_alert, careers_alertreader, mail_subscription")


def _alerts(chance: random.Random) -> Iterator[tuple[Any, ...]]:
    cities = list(Place.objects.filter(population__gt=20_000).order_by("pk"))
    readers = AlertReader.objects.filter(subscription__key="bench").order_by("pk").values_list("pk", flat=True)
    tsqueries: dict[str, str] = {}
    now = timezone.now()
    for reader in list(readers):
        for number in range(EACH):
            criteria = random_criteria(chance, cities)
            near, groups, words = criteria.near, criteria.groups, criteria.words
            if words and words not in tsqueries:
                tsqueries[words] = _tsquery(words)
            yield (
                secrets.token_urlsafe(12), reader, "A search", str(number), "at-once", now,
                now if chance.random() < 0.1 else None, keys_of(criteria), tsqueries.get(words),
                facets_of(groups.values()) if groups else None,
                near and round(near.latitude, 5), near and round(near.longitude, 5), near and near.miles,
            )  # fmt: skip


def _tsquery(words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT websearch_to_tsquery(%s::regconfig, %s)::text", [CONFIG, words])
        return str(cursor.fetchone()[0])


def _copy(table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    made = list(rows)  # first, since they ask for what is remembered outside of transactions alone
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in made:
            copy.write_row(row)


def _forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE careers_alertmatch, careers_alert, careers_alertreader")
        cursor.execute("DELETE FROM mail_outgoingemail WHERE kind = 'alerts.positions'")
        cursor.execute("DELETE FROM mail_subscription WHERE key = 'bench'")
