"""Twenty thousand profiles: whatever is asked, PostgreSQL goes by an index and looks at few entries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.models import Employer
from careers.profile_criteria import NearTown, ProfileCriteria
from careers.queries.profile_finding import CAP, find_profiles
from tests.plans import filled, looked_at, nodes, plan_of

MANY = 20_000
TABLE = "careers_profileentry"
# Entries without their profiles: the search reads nothing else. One license is in one of four, one procedure in three
# hundredths, one language in three of all, one in none.
ENTRIES = f"""
INSERT INTO {TABLE}
SELECT n, now() - n * interval '5 minutes', CASE WHEN n % 2 = 0 THEN date '2027-01-01' + n % 700 END,
    ARRAY[
        'profession:' || (ARRAY['physician', 'physician', 'nurse'])[n % 3 + 1],
        'licensed:' || (ARRAY['ME', 'MA', 'AK', 'TX'])[n % 4 + 1],
        CASE WHEN n IN (7, 8, 9, 10, 11, 12) THEN 'language:ta' ELSE 'language:en' END,
        CASE WHEN n % 300 = 0 THEN 'procedure:pumps' ELSE 'procedure:epidural' END,
        CASE WHEN n % 2 = 0 THEN 'agencies:yes' ELSE 'remote:on-site' END,
        CASE WHEN n % 5 < 3 THEN 'years:1' ELSE 'stage:fellow' END
    ],
    ARRAY[1000000 + (120 + north) * 400 + 80 + east, 2000000 + (480 + north * 4) * 1600 + 320 + east * 4],
    ARRAY[30.1 + north], ARRAY[-99.9 + east]
FROM (SELECT n, n % 20 AS north, n % 37 AS east FROM generate_series(1, {MANY}) AS n) AS numbers
"""  # noqa: S608 - of our own words


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), filled(TABLE, ENTRIES):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["health-system", "agency"])
@pytest.mark.parametrize(
    ("criteria", "most"),
    [
        (ProfileCriteria(), 3 * CAP),
        (ProfileCriteria(professions=("physician",)), 6 * CAP),
        (ProfileCriteria(professions=("physician",), licenses=("ME", "MA")), 12 * CAP),
        (ProfileCriteria(languages=("ta",)), 3 * CAP),
        (ProfileCriteria(languages=("vi",)), 1_000),
        (ProfileCriteria(procedures=("pumps",), licenses=("ME",)), 3_000),
        (ProfileCriteria(words="physician maine"), 12 * CAP),
        (ProfileCriteria(near=NearTown("Dallas", 32.1, -96.9, 50, "TX")), 1_500),
        (ProfileCriteria(available_by=date(2027, 2, 1), professions=("nurse",)), 60 * CAP),
        (ProfileCriteria(since_days=7, years=1), 3_000),
    ],
)
def test_a_search_looks_at_few_entries(many, criteria, most, kind):
    employer = Employer.objects.create(name="Lakeside", slug="lakeside", kind=kind)
    with CaptureQueriesContext(connection) as asked:
        find_profiles(criteria, employer, timezone.now())
    statements = [query["sql"] for query in asked if TABLE in query["sql"]]
    assert statements
    for sql in statements:
        scans = [node for node in nodes(plan_of(sql)) if node.get("Relation Name") == TABLE]
        assert sum(looked_at(scan) for scan in scans) <= most, sql
