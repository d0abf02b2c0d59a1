"""Profiles by the hundred thousand, and the database's time for each statement of random searches of them.

python manage.py shell -c "from benchmarks.profiles import told; print(told(100_000))"
"""

import json
import random
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.searches import Clock
from careers.models import Employer, ProfileEntry
from careers.profile_criteria import YEARS, ProfileCriteria
from careers.queries.choices import profile_choices
from careers.queries.profile_finding import find_profiles

SEED = 12
FIELDS = {
    "profession": "professions", "specialty": "specialties", "licensed": "licenses", "certified": "certifications",
    "procedure": "procedures", "language": "languages", "stage": "stages", "setting": "settings", "state": "states",
}  # fmt: skip


def _some(key: str, most: int, tag: str) -> str:
    """SQL: up to so many values of a list, the first of them the most frequent, as tags."""
    values = [value for value, _ in profile_choices(key)]
    listed = ", ".join(f"'{tag}:{value}'" for value in values)
    picks = ", ".join(f"(ARRAY[{listed}])[1 + floor({len(values)} * power(random(), 2))::int]" for _ in range(most))
    return f"ARRAY[{picks}]"


def make(count: int) -> None:
    """Entries without their profiles, in place of any: the search reads nothing else."""
    tags = " || ".join(_some(key, 1 if key in {"profession", "stage"} else 3, key) for key in FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica; SET statement_timeout = 0; TRUNCATE careers_profileentry"
        )
        cursor.execute(
            f"INSERT INTO careers_profileentry SELECT n, now() - random() * interval '200 days', "  # noqa: S608 - ours
            f"CASE WHEN random() < 0.7 THEN current_date + floor(random() * 500)::int END, {tags} || "
            "ARRAY['years:' || (ARRAY[1, 3, 5, 10, 20])[1 + n %% 5]], '{}', '{}', '{}' "
            "FROM generate_series(1, %s) AS n",
            [count],
        )
        cursor.execute("SET session_replication_role = origin; VACUUM (ANALYZE) careers_profileentry")


def random_criteria(chance: random.Random) -> ProfileCriteria:
    chosen: dict[str, Any] = {}
    for key in chance.sample(list(FIELDS), chance.choice((0, 1, 1, 2, 3, 4))):
        values = [value for value, _ in profile_choices(key)]
        chosen[FIELDS[key]] = tuple(chance.sample(values, min(chance.choice((1, 1, 2, 3)), len(values))))
    words = chance.choice(("", "", "", "pain", "spanish", "pump", "nowhereword"))
    return ProfileCriteria(words=words, years=chance.choice((0, 0, 0, *YEARS)), **chosen)


def told(count: int, searches: int = 500) -> str:
    """Milliseconds of each statement, as JSON."""
    make(count)
    assert ProfileEntry.objects.count() == count  # noqa: S101 - a bench
    chance = random.Random(SEED)  # noqa: S311 - a bench, not a secret
    employer = Employer.objects.order_by("pk").first()
    if employer is None:
        employer = Employer.objects.create(name="Bench", slug="bench", kind="hospital", verified=True)
    times: list[float] = []
    most = 0
    for _ in range(searches):
        clock = Clock()
        with connection.execute_wrapper(clock):
            find_profiles(random_criteria(chance), employer, timezone.now())
        most = max(most, len(clock.seen))
        times += [time for time, _ in clock.seen]
    times.sort()
    found = {"median": times[len(times) // 2], "p95": times[int(len(times) * 0.95)], "max": times[-1]}
    return json.dumps({"searches": searches, "most": most, **found})
