"""Twenty thousand open positions: whatever is asked, PostgreSQL goes by an index and looks at few entries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.criteria import JobCriteria, NearPlace
from careers.queries.listings import find
from tests.plans import filled, looked_at, nodes, plan_of

from .test_search import TOWNS

MANY = 20_000
TABLE = "careers_jobentry"
# Entries without their jobs: the search reads nothing else. One word is in two of three, one in a hundred, one in three
# of them all, one in none.
ENTRIES = f"""
INSERT INTO {TABLE}
SELECT n, n % 50 = 0, now() - n * interval '5 minutes', now() + interval '30 days', n % 500 * 1000,
    ARRAY[
        'state:' || (ARRAY['ME', 'MA', 'AK', 'TX'])[n % 4 + 1],
        'type:' || CASE n % 300 WHEN 0 THEN 'locum' ELSE 'full-time' END
    ],
    ARRAY[1000000 + (120 + north) * 400 + 80 + east, 2000000 + (480 + north * 4) * 1600 + 320 + east * 4],
    ARRAY[30.1 + north], ARRAY[-99.9 + east],
    to_tsvector('site_english', concat_ws(
        ' ', CASE WHEN n % 3 > 0 THEN 'pain' END, CASE WHEN n % 100 = 0 THEN 'stimulator' END,
        CASE WHEN n IN (7, 8, 9) THEN 'zebrafish' END, 'w' || n % 700, 'w' || n % 1100
    ))
FROM (SELECT n, n % 20 AS north, n % 37 AS east FROM generate_series(1, {MANY}) AS n) AS numbers
"""  # noqa: S608 - of our own words


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), filled(TABLE, ENTRIES):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("criteria", "most"),
    [
        (JobCriteria(words="xylophone"), 0),
        (JobCriteria(words="xylophone", states=("ME", "MA"), types=("full-time",)), 0),
        (JobCriteria(words="zebrafish"), 10),
        (JobCriteria(words="stimulator"), 500),
        (JobCriteria(words="pain"), 8_500),
        (JobCriteria(words="pain", states=("ME",)), 8_000),
        (JobCriteria(words="pain -w5", types=("locum",)), 8_000),
        (JobCriteria(words="pain", near=NearPlace("Dallas", 32.1, -96.9, 50)), 500),
        (JobCriteria(near=NearPlace("Portland", *TOWNS["Portland"], 250), types=("locum",)), 2_500),
        (JobCriteria(pay=475_000, words="zebrafish"), 10),
    ],
)
def test_a_search_looks_at_few_entries(many, criteria, most):
    for sort in ("newest", "pay"):
        with CaptureQueriesContext(connection) as asked:
            find(criteria, timezone.now(), sort=sort)
        statements = [query["sql"] for query in asked if TABLE in query["sql"] and "SAVEPOINT" not in query["sql"]]
        assert statements
        for sql in statements:
            scans = [node for node in nodes(plan_of(sql)) if node.get("Relation Name") == TABLE]
            assert sum(looked_at(scan) for scan in scans) <= most, (sort, sql)
