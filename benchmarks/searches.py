"""Random searches of positions, and the database's time for each of their statements. This runs in the site.

The time is that of the processor, as the kernel counts it for the database's process of this connection, so that other
work on the machine does not count.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from aapm_site.accounts.models import Place
from benchmarks import positions
from careers.choices import JobSort
from careers.criteria import MILES, JobCriteria, NearPlace
from careers.models import JobEntry
from careers.queries.choices import choices_of
from careers.queries.listings import find

SEED, ADDRESSES = 11, 60
WORDS = (
    "", "", "", "pain", "clinic", "nowhereword", "rare777", "rare12 or rare13", "w1", "w5", "w50", "w500", "w5000 w17",
    "injection spine", "ketamine", '"nerve block"', "pain -opioid", "w3 or w9", "w19999", "psychologist",
)  # fmt: skip
SETTLED = {
    "profession": "professions", "specialty": "specialties", "setting": "settings", "type": "types", "state": "states",
    "terms": "terms", "call": "call", "hours": "hours",
    "paid": "pay_models", "procedure": "procedures", "by": "offered_by",
}  # fmt: skip
PAY = (0, 0, 0, 0, 150_000, 250_000, 400_000, 900_000)


def prepare(count: int) -> None:
    if JobEntry.objects.count() != count:
        positions.make(count)


def _cities() -> list[Place]:
    return list(Place.objects.filter(population__gt=20_000).order_by("pk"))


def random_criteria(chance: random.Random, cities: list[Place]) -> JobCriteria:
    """Words from nowhere to most positions, up to four facets of up to three values, pay, and often a radius."""
    facets: dict[str, Any] = {}
    for key in chance.sample(list(SETTLED), chance.choice((0, 1, 1, 2, 3, 3, 4))):
        values = [value for value, _ in choices_of(key)]
        many = 1 if key in {"terms", "by"} else min(chance.choice((1, 1, 1, 2, 3)), len(values))
        facets[SETTLED[key]] = tuple(chance.sample(values, many))
    near = None
    if chance.random() < 0.35 and "states" not in facets:
        city = chance.choice(cities)
        near = NearPlace(city.label, float(city.latitude), float(city.longitude), chance.choice(MILES))
    return JobCriteria(
        words=chance.choice(WORDS), near=near, pay=chance.choice(PAY), remote=chance.random() < 0.05, **facets
    )


class Clock:
    """Counts and times the statements of this connection."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        self.seen: list[tuple[float, str]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        before = self._now()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seen.append((self._now() - before, sql))

    def _now(self) -> float:
        return int(self.path.read_text(encoding="ascii").split()[0]) / 1e6


def measure(searches: int = 500) -> dict[str, Any]:
    """What the searches took: milliseconds of each statement, and how many statements each search had."""
    chance = random.Random(SEED)  # noqa: S311 - a bench, not a secret
    cities = _cities()
    times, most, worst = [], 0, []
    for _ in range(searches):
        criteria = random_criteria(chance, cities)
        sort = chance.choice(("", "", "", *JobSort.values))
        clock = Clock()
        with connection.execute_wrapper(clock), override_settings(REMEMBERED_READS=False):
            find(criteria, timezone.now(), sort=sort)
        most = max(most, len(clock.seen))
        times += [time for time, _ in clock.seen]
        worst += [(time, sort, criteria.to_query(), sql) for time, sql in clock.seen]
    times.sort()
    return {
        "searches": searches,
        "most": most,
        "median": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
        "max": times[-1],
        "worst": sorted(worst, reverse=True)[:8],
    }


def told(count: int) -> str:
    """For the table: the figures, and addresses of such searches, as JSON."""
    prepare(count)
    found = measure()
    chance = random.Random(SEED + 1)  # noqa: S311 - a bench, not a secret
    addresses = [f"/career-center/jobs/?{random_criteria(chance, _cities()).to_query()}" for _ in range(ADDRESSES)]
    return json.dumps({name: value for name, value in found.items() if name != "worst"} | {"addresses": addresses})
