"""What counting the journal's use costs: a page, a month's counts, a report of many articles. This runs in the site.

What is counted is made in one transaction that is rolled back. Times are the processor's, of this process and of the
database, so that other work on the machine does not count.
"""

import json
import time
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from aapm_site.core.cache import page_cache
from aapm_site.core.http import view_counts
from aapm_site.core.periods import ReportPeriod
from benchmarks.processes import cpu_seconds, parent_of
from membership.journal.counter_views import BY_SLUG
from membership.journal.counting import AccessType, UsageKind
from membership.journal.domain import usage, usage_counts
from membership.journal.presenters.counter_reports import counter_report

OPENINGS, DAYS, ARTICLES, MONTHS = 1_000_000, 30, 10_000, 24
HITS, ROUNDS = 5_000, 5
FIRST = date(2024, 1, 1)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
MADE = (
    """INSERT INTO membership_usageevent (at, "on", reader, article_id, part, use, access, yop)
        SELECT day + second * interval '1 second', day::date, decode(md5(mod(n::bigint * 7919, 200000)::text), 'hex'),
            1 + mod(n * 31, %(articles)s), CASE WHEN mod(n, 5) = 0 THEN 'file pdf' ELSE '' END,
            CASE WHEN mod(n, 3) = 0 THEN 'denied' ELSE 'request' END, 'controlled', 2024
        FROM generate_series(1, %(openings)s) AS n
        CROSS JOIN LATERAL (
            SELECT %(first)s::date + mod(n, %(days)s) AS day, mod(n * 13, 86400) AS second
        ) AS moment""",
    """INSERT INTO membership_articleusage ("on", is_month, article_id, access, yop, investigations, requests,
            unique_investigations, unique_requests, denials)
        SELECT (%(first)s::date + month * interval '1 month')::date, true, article, 'controlled', 2022,
            60, 40, 30, 20, 9
        FROM generate_series(1, %(articles)s) AS article CROSS JOIN generate_series(0, %(months)s - 1) AS month""",
)


class _MadeForNow(Exception):
    """Takes back what was made."""


def told() -> str:
    """For the table: microseconds of a cached page with and without a count, and seconds of the rest, as JSON."""
    found: dict[str, Any] = {"plain": _hits(counted=False), "counted": _hits(counted=True)}
    try:
        with transaction.atomic():
            values: dict[str, int | date] = {
                "articles": ARTICLES,
                "openings": OPENINGS,
                "days": DAYS,
                "months": MONTHS,
                "first": FIRST,
            }
            with connection.cursor() as cursor:
                # Articles are made up: the keys of other tables are not asked for what is gone in a minute.
                cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL statement_timeout = 0")
                for statement in MADE:
                    cursor.execute(statement, values)
                cursor.execute("ANALYZE membership_usageevent; ANALYZE membership_articleusage")
            found["report"] = _seconds_with_database(_report)
            found["month"] = _seconds_with_database(_month)
            raise _MadeForNow
    except _MadeForNow:
        return json.dumps(found)


def _seconds(step: Any) -> float:
    begun = time.process_time()
    step()
    return time.process_time() - begun


def _seconds_with_database(step: Any) -> float:
    """Also those of the database's server with all its processes."""
    connection.ensure_connection()
    server = parent_of(connection.connection.info.backend_pid)
    begun = cpu_seconds(server)
    return _seconds(step) + cpu_seconds(server) - begun


def _month() -> None:
    for number in range(DAYS):
        usage_counts.count_day(FIRST + timedelta(days=number))


def _report() -> None:
    period = ReportPeriod(FIRST, date(FIRST.year + MONTHS // 12 - 1, 12, 31))
    for _ in counter_report(BY_SLUG["ir"], period, by_month=True, at=timezone.now()):
        pass


def _hits(*, counted: bool) -> float:
    """Microseconds of one page from the cache: the least of the rounds, since noise only adds."""
    opening = usage.Opening(UsageKind.REQUEST, "", 1, AccessType.OPEN, 2024)
    view_counts.SECONDS = 3_600  # what is noted is not written

    @page_cache.public_page()
    def page(request: HttpRequest) -> HttpResponse:
        if counted:
            request.__dict__["tellers"] = [opening]
        return HttpResponse("An article. " * 3_000)

    page_cache.pages.clear()
    serve = page_cache.PageCacheMiddleware(page)
    request = RequestFactory().get("/", HTTP_USER_AGENT=BROWSER, HTTP_ACCEPT_ENCODING="gzip")
    serve(request)
    least = min(_seconds(lambda: [serve(request) for _ in range(HITS)]) for _ in range(ROUNDS))
    usage._pending.clear()
    return least / HITS * 1_000_000
