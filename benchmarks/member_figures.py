"""What the figures about fifty thousand members cost: their standing on any day, reports, due work. Runs in the site.

Members and terms are made in one transaction that is rolled back.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aapm_site.core.periods import ReportPeriod, months_before
from benchmarks.searches import Clock
from membership.domain.reminders import due_reminders
from membership.models import MemberFilter
from membership.queries import reports as figures
from membership.queries.member_lists import members_of

MEMBERS, TURNS = 50_000, 3
# People with five or six terms each on average; one in twenty was closed, and every hundredth was forgotten.
MADE = (
    """INSERT INTO membership_plan (name, slug, summary, eligibility, papers_needed, dues, currency, term_months,
            grace_days, reads_journal, joinable, sample, "order")
        SELECT 'Bench ' || n, 'bench-' || n, '', '', '', n * 90, 'USD', 12, 60, true, true, false, 900
        FROM generate_series(0, 5) n""",
    """INSERT INTO accounts_user (id, password, email, first_name, last_name, degrees, orcid, is_staff, is_superuser,
            is_active, date_joined, specialty_id)
        SELECT 8000000 + n, '!', 'bench' || n || '@bench.example', 'Ida', 'Holm ' || n, 'MD', '', false, false, true,
            now(), (SELECT id FROM accounts_specialty ORDER BY id OFFSET n % 7 LIMIT 1)
        FROM generate_series(1, {members}) n""",
    """INSERT INTO membership_membership (id, user_id, number, joined_on, state_code, closed_at, career_stage_id)
        SELECT 8000000 + n, 8000000 + n, 8000000 + n, current_date - 40 - n * 13 % 3600,
            (ARRAY['NY', 'CA', 'TX', 'IL', 'ME', 'XX', ''])[n % 7 + 1],
            CASE WHEN n % 20 = 0 THEN now() - n % 900 * interval '1 day' END,
            (SELECT id FROM membership_careerstage ORDER BY id OFFSET n % 5 LIMIT 1)
        FROM generate_series(1, {members}) n""",
    """INSERT INTO membership_term (membership_id, plan_id, starts_on, ends_on, grace_days, reads_journal, source,
            note, void_reason, created_at)
        SELECT m.id, (SELECT id FROM membership_plan WHERE slug = 'bench-' || m.id % 6),
            m.joined_on + 366 * turn, m.joined_on + 366 * turn + 364, 60, true, 'paid', '', '',
            (m.joined_on + 366 * turn)::timestamptz - interval '20 days'
        FROM membership_membership m CROSS JOIN LATERAL generate_series(0, (1 + m.id % 9)::int) turn
        WHERE m.id > 8000000 AND (m.id + turn) % 17 > 0""",
    """INSERT INTO membership_pastterm (member, plan_id, starts_on, ends_on, grace_days, source, state_code)
        SELECT md5(m.id::text)::uuid, (SELECT id FROM membership_plan WHERE slug = 'bench-' || m.id % 6),
            m.joined_on + 366 * turn, m.joined_on + 366 * turn + 364, 60, 'paid', m.state_code
        FROM membership_membership m CROSS JOIN generate_series(0, 3) turn WHERE m.id > 8000000 AND m.id % 100 = 0""",
)
TABLES = ("accounts_user", "membership_membership", "membership_term", "membership_pastterm", "membership_plan")


class _MadeForNow(Exception):
    """Takes back what was made."""


def make_members(members: int = MEMBERS) -> None:
    with connection.cursor() as cursor:
        # Neither triggers nor the keys of other tables are asked for what is gone in a minute.
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL statement_timeout = 0")
        for statement in MADE:
            cursor.execute(statement.format(members=members))
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")


def told() -> str:
    """For the table: milliseconds of the database's processor for each figure, as JSON."""
    found: dict[str, float] = {}
    try:
        with transaction.atomic():
            make_members()
            today = timezone.localdate()
            period = ReportPeriod(months_before(today, 11), today)
            asked: dict[str, Callable[[], Any]] = {
                "members": lambda: figures.members_on(today),
                "members five years ago": lambda: figures.members_on(today - timedelta(days=5 * 365)),
                "movement": lambda: figures.movements(period),
                "retention": lambda: figures.retention(today),
                "dues": lambda: figures.expected_dues(period),
                "a saved list": lambda: members_of(MemberFilter(pk=0, statuses=["active", "grace"])).count(),
                "due letters": lambda: list(due_reminders(timezone.now())),
            }
            found = {name: _time_of(read) for name, read in asked.items()}
            raise _MadeForNow
    except _MadeForNow:
        return json.dumps(found)


def _time_of(read: Callable[[], Any]) -> float:
    times = []
    for _ in range(TURNS):
        clock = Clock()
        with connection.execute_wrapper(clock):
            read()
        times.append(sum(time for time, _ in clock.seen))
    return sorted(times)[TURNS // 2]
