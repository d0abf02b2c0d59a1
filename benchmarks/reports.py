"""What the staff's reports cost over a hundred thousand positions and as many orders. This runs in the site.

What is reported is made beside the positions that are there, in one transaction that is rolled back.
"""

import json
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aapm_site.core.periods import ReportPeriod
from benchmarks.searches import Clock
from careers.presenters.reports import REPORTS

DAYS, TURNS = 365, 3
# Positions of two years, a third of them filled and a tenth withdrawn; each was read, some were sent back; each ran on
# a posting and some on two; two applications each, and readers who went on; an order for each, some of them unpaid.
MADE = (
    """UPDATE careers_job SET starts_at = starts_at - shift, approved_at = starts_at - shift, ends_at = ends_at - shift,
        submitted_at = starts_at - shift - interval '20 hours',
        status = CASE WHEN id % 3 = 0 THEN 'filled' WHEN id % 10 = 1 THEN 'withdrawn' ELSE 'approved' END,
        taken_down_at = CASE WHEN id % 3 = 0 OR id % 10 = 1 THEN starts_at - shift + interval '20 days' END
        FROM (SELECT id AS number, (id * 7 % 640) * interval '1 day' AS shift FROM careers_job) AS moved
        WHERE number = id""",
    """INSERT INTO careers_jobstatuschange (subject_id, from_status, to_status, at, reason)
        SELECT id, step[1], step[2], approved_at - (step[3] || ' hours')::interval, '' FROM careers_job
        CROSS JOIN LATERAL unnest(CASE WHEN id % 5 = 0 THEN ARRAY['draft in_review 90', 'in_review returned 80',
            'returned in_review 20', 'in_review approved 0'] ELSE ARRAY['draft in_review 20', 'in_review approved 0']
            END) AS said CROSS JOIN LATERAL string_to_array(said, ' ') AS step""",
    """INSERT INTO careers_jobrun (job_id, featured, first_day, last_day, days, lengthened_days, paused_days,
            closed_days, returned_days, created_at)
        SELECT id, false, starts_at::date + 30 * turn, starts_at::date + 30 * turn + 29, 30, 0, 0, 0, 0, now()
        FROM careers_job CROSS JOIN LATERAL generate_series(0, (id % 4 = 0)::int) AS turn""",
    """INSERT INTO careers_jobapplication (public_id, job_id, email, name, message, cv, cv_name, token, wants_letters,
            status, created_at, sent_at, answered_at, closed_at)
        SELECT substr(md5(id::text || turn), 1, 16), id, id || '-' || turn || '@bench.example', 'Ann', 'So.', '', '',
            md5(id::text || '-' || turn), true, CASE WHEN turn = 1 THEN 'declined' ELSE 'sent' END, starts_at,
            starts_at,
            CASE WHEN turn = 1 THEN starts_at + (id % 300) * interval '1 hour' END,
            CASE WHEN turn = 1 THEN starts_at + (id % 300) * interval '1 hour' END
        FROM careers_job CROSS JOIN generate_series(1, 2) AS turn""",
    """INSERT INTO core_count (kind, key, "on", times)
        SELECT 'job-apply', id::text, starts_at::date + turn, 1 + id % 3 FROM careers_job
        CROSS JOIN generate_series(1, 3) AS turn ON CONFLICT DO NOTHING""",
    """INSERT INTO core_count (kind, key, "on", times)
        SELECT 'position-search-nothing', 'words ' || number % 20000, current_date - number % 700, 1
        FROM generate_series(1, 100000) AS number ON CONFLICT DO NOTHING""",
    """INSERT INTO billing_orderline (order_id, sku, title, details, quantity, unit_price, currency, discount, tax_rate,
            net, tax)
        SELECT id + 1000000, 'careers:' || (ARRAY['single-30', 'three-pack', 'five-pack'])[id % 3 + 1], 'A package',
            '{}'::jsonb, 1, 99, 'USD', 0, 8.25, 99, 8.17 FROM careers_job""",
    """INSERT INTO billing_entry (key, kind, customer_id, order_id, invoice_id, payment_id, method, amount, tax,
            currency, booked_on, booked_at)
        SELECT 'bench-' || kind || id, kind, 1, id + 1000000, id, id, '', 107.17, 0, 'USD',
            starts_at::date - CASE kind WHEN 'invoice' THEN 40 ELSE 5 END, now()
        FROM careers_job CROSS JOIN unnest(ARRAY['invoice', 'payment']) AS kind
        WHERE kind = 'invoice' OR id % 12 > 0""",
)
TABLES = (
    "careers_job", "careers_jobstatuschange", "careers_jobrun", "careers_jobapplication", "core_count",
    "billing_orderline", "billing_entry",
)  # fmt: skip


class _MadeForNow(Exception):
    """Takes back what was made."""


def told() -> str:
    """For the table: milliseconds of the database's processor for a year of each report, as JSON."""
    found: dict[str, Any] = {}
    try:
        with transaction.atomic():
            _make()
            today = timezone.localdate()
            period = ReportPeriod(today - timedelta(days=DAYS - 1), today)
            found = {report.slug: _time_of(report.of, period) for report in REPORTS}
            raise _MadeForNow
    except _MadeForNow:
        return json.dumps(found)


def _make() -> None:
    with connection.cursor() as cursor:
        # Neither triggers nor the keys of other tables are asked for what is gone in a minute.
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL statement_timeout = 0")
        for statement in MADE:
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")


def _time_of(read: Any, period: ReportPeriod) -> dict[str, float]:
    times = []
    for _ in range(TURNS):
        clock = Clock()
        with connection.execute_wrapper(clock):
            read(period)
        times.append(sum(time for time, _ in clock.seen))
    return {"median": sorted(times)[TURNS // 2], "statements": len(clock.seen)}
