"""Profiles by the hundred thousand: random searches of them, and what a new one costs among saved searches.

This runs in the site. Entries have no profiles of their own but those that are new; the search reads nothing else.
"""

import json
import random
import secrets
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aapm_site.accounts.domain.gazetteer import load_gazetteer
from aapm_site.accounts.models import Place, Profession
from aapm_site.mail.models import Subscription
from benchmarks.positions import copy_rows
from benchmarks.searches import Clock
from careers.choices import EmployerKind
from careers.criteria import MILES
from careers.domain.alert_criteria import facets_of
from careers.domain.profile_search_criteria import profile_keys
from careers.domain.profile_search_matching import find_for
from careers.models import (
    BlockedEmployer,
    Employer,
    EmployerMember,
    Profile,
    ProfileAppearance,
    ProfileEntry,
    ProfileFind,
    ProfileSearch,
)
from careers.models.profile_search import SEARCHES
from careers.profile_criteria import YEARS, NearTown, ProfileCriteria
from careers.queries.choices import profile_choices
from careers.queries.profile_finding import find_profiles
from careers.queries.profile_words import word_groups

SEED = 12
FIELDS = {
    "profession": "professions", "specialty": "specialties", "licensed": "licenses", "certified": "certifications",
    "procedure": "procedures", "language": "languages", "stage": "stages", "setting": "settings", "state": "states",
}  # fmt: skip
TEAMS, EACH = 5_000, 20  # saved searches of each
NEW = 60  # profiles that appear; every third of their people hides from five organizations
MADE = (
    ProfileFind, ProfileAppearance, ProfileSearch, Subscription, BlockedEmployer, EmployerMember, Employer, Profile,
    ProfileEntry,
)  # fmt: skip


def _some(key: str, most: int, tag: str) -> str:
    """SQL: up to so many values of a list, the first of them the most frequent, as tags."""
    values = [value for value, _ in profile_choices(key)]
    listed = ", ".join(f"'{tag}:{value}'" for value in values)
    picks = ", ".join(f"(ARRAY[{listed}])[1 + floor({len(values)} * power(random(), 2))::int]" for _ in range(most))
    return f"ARRAY[{picks}]"


def make(count: int) -> None:
    """Entries and teams, in place of any: each would work in a town, and every fifth anywhere in its state."""
    load_gazetteer()
    tags = " || ".join(_some(key, 1 if key in {"profession", "stage"} else 3, key) for key in FIELDS)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET statement_timeout = 0; SELECT setseed(0.12)")
        cursor.execute(f"TRUNCATE {', '.join(model._meta.db_table for model in MADE)} CASCADE")
        cursor.execute(
            "WITH towns AS (SELECT row_number() OVER (ORDER BY id) - 1 AS number, latitude::float8 AS la, "  # noqa: S608
            "longitude::float8 AS lo, state_code FROM accounts_place WHERE population > 20000) "
            "INSERT INTO careers_profileentry SELECT n, now() - random() * interval '200 days', "
            f"CASE WHEN random() < 0.7 THEN current_date + floor(random() * 500)::int END, {tags} || "
            "ARRAY['years:' || (ARRAY[1, 3, 5, 10, 20])[1 + n %% 5], 'state:' || state_code, "
            "CASE WHEN n %% 3 = 0 THEN 'agencies:yes' ELSE 'remote:on-site' END, "
            "CASE WHEN n %% 5 = 0 THEN 'anywhere:' || state_code ELSE 'visa:none' END], "
            "ARRAY[1000000 + (floor(la)::int + 90) * 400 + floor(lo)::int + 180, "
            "2000000 + (floor(la * 4)::int + 360) * 1600 + floor(lo * 4)::int + 720], ARRAY[la], ARRAY[lo] "
            "FROM generate_series(1, %s) AS n "
            "JOIN towns ON number = n::bigint * 7919 %% (SELECT count(*) FROM towns)",
            [count],
        )
        copy_rows(cursor, Employer, _employers())
        copy_rows(cursor, EmployerMember, ({"employer_id": one, "user_id": one} for one in range(1, TEAMS + 1)))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM (ANALYZE)")


def _employers() -> Iterator[dict[str, Any]]:
    kinds = EmployerKind.values
    for number in range(1, TEAMS + 1):
        kind = kinds[number % len(kinds)]
        yield {"name": f"Team {number}", "slug": f"t{number}", "kind": kind, "website": f"https://t{number}.example"}


def random_criteria(chance: random.Random, towns: list[Place]) -> ProfileCriteria:
    """Up to four filters of up to three values, years, a word, and often a radius."""
    chosen: dict[str, Any] = {}
    for key in chance.sample(list(FIELDS), chance.choice((0, 1, 1, 2, 3, 4))):
        values = [value for value, _ in profile_choices(key)]
        chosen[FIELDS[key]] = tuple(chance.sample(values, min(chance.choice((1, 1, 2, 3)), len(values))))
    words = chance.choice(("", "", "", "pain", "spanish", "pump", "nowhereword"))
    near = None
    if chance.random() < 0.35 and "states" not in chosen:
        town = chance.choice(towns)
        point = (float(town.latitude), float(town.longitude))
        near = NearTown(town.label, *point, chance.choice(MILES), town.state_code)
    return ProfileCriteria(words=words, near=near, years=chance.choice((0, 0, 0, *YEARS)), **chosen)


def told(count: int, searches: int = 500) -> str:
    """For the table: milliseconds of the database's processor, of whole searches and of new profiles, as JSON."""
    make(count)
    chance = random.Random(SEED)  # noqa: S311 - a bench, not a secret
    towns = list(Place.objects.filter(population__gt=20_000).order_by("pk"))
    employer = Employer.objects.filter(kind=EmployerKind.HEALTH_SYSTEM).order_by("pk")[0]
    found = [_search(random_criteria(chance, towns), employer) for _ in range(searches)]
    _save_searches(chance, towns)
    matched = [_appear(number, chance) for number in chance.sample(range(1, count + 1), NEW)]
    return json.dumps(
        {
            "searches": searches,
            "most": max(statements for _, statements in found),
            "search": _figures([time for time, _ in found]),
            "match": _figures(matched),
            "pairs": ProfileFind.objects.count(),
        }
    )


def _figures(times: list[float]) -> dict[str, float]:
    times.sort()
    return {"median": times[len(times) // 2], "p95": times[int(len(times) * 0.95)], "max": times[-1]}


def _search(criteria: ProfileCriteria, employer: Employer) -> tuple[float, int]:
    """Milliseconds of all statements of a search, and how many they are."""
    clock = Clock()
    with connection.execute_wrapper(clock):
        find_profiles(criteria, employer, timezone.now())
    return sum(time for time, _ in clock.seen), len(clock.seen)


def _save_searches(chance: random.Random, towns: list[Place]) -> None:
    """Twenty of each team; a tenth of them rests."""
    now = timezone.now()
    readers = (
        {
            "email": f"t{one}@bench.example",
            "kind": SEARCHES,
            "title": "New profiles",
            "token": secrets.token_urlsafe(32),
        }
        for one in range(1, TEAMS + 1)
    )
    rows = list(_searches(chance, towns))  # first, since they ask for what is remembered
    for row in rows:
        row["paused_at"] = now if chance.random() < 0.1 else None
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        copy_rows(cursor, Subscription, readers)
        copy_rows(cursor, ProfileSearch, iter(rows))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM (ANALYZE) careers_profilesearch, mail_subscription")


def _searches(chance: random.Random, towns: list[Place]) -> Iterator[dict[str, Any]]:
    for number in range(TEAMS * EACH):
        criteria = random_criteria(chance, towns)
        words = {f"word {place}": tags for place, tags in enumerate(word_groups(criteria.words))}
        groups, near = criteria.groups | words, criteria.near
        asked = [tags for tags in groups.values() if tags]
        yield {
            "member_id": number // EACH + 1,
            "subscription_id": number // EACH + 1,
            "name": f"Search {number}",
            "address": str(number),
            "asked": json.dumps(criteria.to_data()),
            "keys": profile_keys(criteria, groups),
            "facets": facets_of(asked) if asked else None,
            "latitude": near and round(near.latitude, 5),
            "longitude": near and round(near.longitude, 5),
            "miles": near and near.miles,
            "near_state": near.state_code if near else "",
        }


def _appear(number: int, chance: random.Random) -> float:
    """Milliseconds in which one profile is looked for in all saved searches."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        profession = Profession.objects.order_by("pk")[0]
        Profile.objects.bulk_create([Profile(pk=number, user_id=number, profession=profession)])
        if number % 3 == 0:
            BlockedEmployer.objects.bulk_create(
                BlockedEmployer(user_id=number, employer_id=one, domain=f"t{one}.example")
                for one in chance.sample(range(1, TEAMS + 1), 5)
            )
        appearance = ProfileAppearance.objects.create(profile_id=number)
        cursor.execute("SET session_replication_role = origin")
    clock = Clock()
    with connection.execute_wrapper(clock), transaction.atomic():
        find_for(appearance, timezone.now())
    return sum(time for time, _ in clock.seen)
