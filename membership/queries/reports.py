"""The figures of the reports about members, one statement each, over the terms with a name and those without one.

A term covers the days from its first one until the last day of its grace, or until the next one begins: then that one
decides. So the days of a member's terms never overlap, and somebody is a member on a day that one of them covers. A
membership that was closed ends on that day. All of it follows from the dates as they are known today; a test holds it
to a plain reckoning over the rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection

from aapm_site.core.periods import A_DAY, ReportPeriod

from .standings import STANDINGS, asked

LONGEST = 10  # years after joining that are told

MEMBERS_ON = f"""
    WITH people AS (
        SELECT s.status, s.plan_id, m.state_code, m.career_stage_id AS stage_id, u.specialty_id
        FROM ({STANDINGS}) s
        JOIN membership_membership m ON m.id = s.member
        JOIN accounts_user u ON u.id = m.user_id
        WHERE s.status IN ('active', 'grace')
        UNION ALL
        SELECT CASE WHEN ends_on >= %(on)s THEN 'active' ELSE 'grace' END, plan_id, state_code, career_stage_id, NULL
        FROM (
            SELECT DISTINCT ON (member) ends_on, grace_days, plan_id, state_code, career_stage_id
            FROM membership_pastterm WHERE starts_on <= %(on)s ORDER BY member, starts_on DESC
        ) nameless
        WHERE ends_on + grace_days >= %(on)s
    ), counted AS (
        SELECT grouping(plan_id, state_code, stage_id, specialty_id) AS sort, plan_id, state_code, stage_id,
            specialty_id, count(*) FILTER (WHERE status = 'active') AS active,
            count(*) FILTER (WHERE status = 'grace') AS grace
        FROM people GROUP BY GROUPING SETS ((plan_id), (state_code), (stage_id), (specialty_id), ())
    )
    SELECT c.sort, CASE c.sort WHEN 7 THEN p.name WHEN 11 THEN c.state_code WHEN 13 THEN g.name WHEN 14 THEN y.name END,
        c.active, c.grace
    FROM counted c
    LEFT JOIN membership_plan p ON p.id = c.plan_id
    LEFT JOIN membership_careerstage g ON g.id = c.stage_id
    LEFT JOIN accounts_specialty y ON y.id = c.specialty_id
    ORDER BY c.sort, g."order", c.active + c.grace DESC, 2
"""  # noqa: S608 - words of our own

# Every term that counts, with what was open before it and what follows: `ended` is the first day after its grace.
SPANS = """
    SELECT member, nameless, plan_id, source, starts_on, ends_on, ends_on + grace_days + 1 AS ended, closed_on,
        lag(ends_on + grace_days + 1) OVER own AS ended_before, lead(starts_on) OVER own AS next_on,
        first_value(starts_on) OVER own AS joined_on
    FROM (
        SELECT t.membership_id AS member, NULL::uuid AS nameless, t.plan_id, t.source, t.starts_on, t.ends_on,
            t.grace_days, (m.closed_at AT TIME ZONE %(zone)s)::date AS closed_on
        FROM membership_term t JOIN membership_membership m ON m.id = t.membership_id
        WHERE t.void_at IS NULL
        UNION ALL
        SELECT NULL, member, plan_id, source, starts_on, ends_on, grace_days, NULL FROM membership_pastterm
    ) term
    WHERE closed_on IS NULL OR starts_on < closed_on
    WINDOW own AS (PARTITION BY member, nameless ORDER BY starts_on)
"""

# Of each month what happened in it, and, under no month, how many were members before the first.
MOVEMENTS = f"""
    WITH span AS ({SPANS}), event AS (
        SELECT starts_on AS "on", CASE WHEN ended_before IS NULL THEN 'joined' WHEN starts_on <= ended_before
            THEN 'renewed' ELSE 'returned' END AS what FROM span
        UNION ALL
        SELECT ended, 'lapsed' FROM span
        WHERE (next_on IS NULL OR next_on > ended) AND (closed_on IS NULL OR ended < closed_on)
        UNION ALL
        SELECT closed_on, 'closed' FROM span WHERE next_on IS NULL AND ended >= closed_on
    )
    SELECT CASE WHEN "on" >= %(first)s THEN date_trunc('month', "on")::date END AS month, what, count(*)
    FROM event WHERE "on" <= %(last)s GROUP BY 1, 2
"""  # noqa: S608 - words of our own

# Of those who joined in a year: how many they are (after nought years), and how many had a term on the same day so many
# years later. Grace is none: everybody is in grace on that day who has not renewed. Somebody who joined on February 29
# is asked for on the 28th of a common year.
RETENTION = f"""
    WITH span AS ({SPANS})
    SELECT extract(year FROM joined_on)::int, years, count(*)
    FROM span
    CROSS JOIN LATERAL generate_series(
        extract(year FROM age(starts_on, joined_on))::int,
        least(extract(year FROM age(least(ends_on + 1, closed_on), joined_on))::int, {LONGEST})
    ) years
    CROSS JOIN LATERAL (SELECT (joined_on + make_interval(years => years))::date AS same_day) later
    WHERE same_day >= starts_on AND same_day < least(ends_on + 1, closed_on) AND same_day <= %(on)s
    GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608 - words of our own

# Terms of categories with dues that end in a month. What an institution pays, or what is an honor, renews otherwise.
EXPECTED = f"""
    WITH span AS ({SPANS})
    SELECT p.currency, date_trunc('month', s.ends_on)::date, count(*), sum(p.dues),
        count(*) FILTER (WHERE s.next_on <= s.ended)
    FROM span s JOIN membership_plan p ON p.id = s.plan_id
    WHERE s.ends_on BETWEEN %(first)s AND %(last)s AND p.dues > 0 AND s.source NOT IN ('bundle', 'honorary')
        AND (s.closed_on IS NULL OR s.closed_on > s.ends_on)
    GROUP BY 1, 2
"""  # noqa: S608 - words of our own


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"zone": settings.TIME_ZONE, **values})
        return cursor.fetchall()


@dataclass(frozen=True)
class MemberCount:
    """How many of one name are members: paid up, and in grace. Without a name it is not known of them."""

    name: str
    active: int
    grace: int

    @property
    def members(self) -> int:
        return self.active + self.grace


@dataclass(frozen=True)
class MembersOn:
    """Everybody who is a member on a day, counted in four ways; each way counts everybody."""

    whole: MemberCount
    categories: Sequence[MemberCount]
    states: Sequence[MemberCount]
    stages: Sequence[MemberCount]
    specialties: Sequence[MemberCount]


def members_on(on: date) -> MembersOn:
    """One statement, for any day."""
    found: dict[int, list[MemberCount]] = {sort: [] for sort in (7, 11, 13, 14, 15)}
    for sort, name, active, grace in _rows(MEMBERS_ON, **asked(on)):
        found[sort].append(MemberCount(name or "", active, grace))
    whole = found[15][0] if found[15] else MemberCount("", 0, 0)
    return MembersOn(whole, found[7], found[11], found[13], found[14])


@dataclass(frozen=True)
class MonthOfMembers:
    """What happened in a month, and how many were members when it was over."""

    joined: int
    renewed: int
    returned: int
    lapsed: int
    closed: int
    members: int


def movements(period: ReportPeriod) -> list[MonthOfMembers]:
    """For each month of the period. The days that a caller gives end with today: what comes is not known."""
    counted: dict[Any, dict[str, int]] = {}
    for month, what, number in _rows(MOVEMENTS, first=period.first, last=period.last):
        counted.setdefault(month, {})[what] = number
    members, found = _growth(counted.get(None, {})), []
    for part in period.months:
        happened = counted.get(part.first.replace(day=1), {})
        members += _growth(happened)
        columns = ("joined", "renewed", "returned", "lapsed", "closed")
        found.append(MonthOfMembers(**{name: happened.get(name, 0) for name in columns}, members=members))
    return found


def _growth(happened: dict[str, int]) -> int:
    came = happened.get("joined", 0) + happened.get("returned", 0)
    return came - happened.get("lapsed", 0) - happened.get("closed", 0)


@dataclass(frozen=True)
class Cohort:
    """Those who joined in a year; `kept` says how many had a term one year later, two years later, and so on, for as
    many years as have passed for all of them.
    """

    year: int
    joined: int
    kept: Sequence[int]


def retention(on: date) -> list[Cohort]:
    """Each year in which somebody joined, as far as it is known on a day. The year that runs is told only its size."""
    counted: dict[int, dict[int, int]] = {}
    for year, years, number in _rows(RETENTION, on=on):
        counted.setdefault(year, {})[years] = number
    reached = (on + A_DAY).year - 1  # the last year that is over
    return [
        Cohort(year, kept[0], [kept.get(years, 0) for years in range(1, min(reached - year, LONGEST) + 1)])
        for year, kept in counted.items()
    ]


@dataclass(frozen=True)
class MonthOfDues:
    """Terms with dues that end in a month: how many, what they cost today, and how many were followed by another."""

    terms: int
    dues: Decimal
    renewed: int


def expected_dues(period: ReportPeriod) -> dict[str, list[MonthOfDues]]:
    """By currency, for each month of the period; no currency where nothing ends."""
    months = [part.first.replace(day=1) for part in period.months]
    found: dict[str, dict[date, MonthOfDues]] = {}
    for currency, month, *values in _rows(EXPECTED, first=period.first, last=period.last):
        found.setdefault(currency, {})[month] = MonthOfDues(*values)
    nothing = MonthOfDues(0, Decimal(0), 0)
    return {currency: [known.get(month, nothing) for month in months] for currency, known in found.items()}
