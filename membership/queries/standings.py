"""What memberships are on one day, all at once: the same as rules.standing_on, which a test holds it to.

One pass over the terms. They do not overlap, so that of those that have begun the last one decides.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

# Terms of a member follow one another, so that the last one that has begun is the one that ends last, and the first one
# ahead is the one that ends first. Both are found in one pass, without sorting: a number is made of the last day, the
# days of grace and the category, in this order, and the largest or the smallest one is kept and taken apart again.
PACKED = "((ends_on - DATE '1900-01-01')::bigint << 42) + (grace_days::bigint << 31) + plan_id"
LAST_DAY = "DATE '1900-01-01' + ({0} >> 42)::int"
GRACE = "(({0} >> 31) & 2047)::int"
PLAN = "({0} & 2147483647)"

# Of each member who has ever had a record: the standing on %(on)s, the category and the last day of the term that
# decides it, and the last paid day of all. A membership that was closed counted until then.
STANDINGS = f"""
    SELECT member, status, CASE WHEN decides THEN {PLAN.format("begun")} ELSE {PLAN.format("ahead")} END AS plan_id,
        CASE WHEN decides THEN ends_on ELSE {LAST_DAY.format("ahead")} END AS ends_on, paid_to
    FROM (
        SELECT m.id AS member, b.begun, b.ahead, b.ends_on, b.paid_to,
            b.open_to >= %(on)s OR b.ahead IS NULL AS decides,
            CASE WHEN (m.closed_at AT TIME ZONE %(zone)s)::date <= %(on)s THEN 'closed'
                WHEN b.ends_on >= %(on)s THEN 'active' WHEN b.open_to >= %(on)s THEN 'grace'
                WHEN b.ahead IS NOT NULL THEN 'future' WHEN b.begun IS NOT NULL THEN 'lapsed' ELSE 'none' END AS status
        FROM membership_membership m
        LEFT JOIN (
            SELECT membership_id, begun, ahead, paid_to, {LAST_DAY.format("begun")} AS ends_on,
                {LAST_DAY.format("begun")} + {GRACE.format("begun")} AS open_to
            FROM (
                SELECT membership_id, max({PACKED}) FILTER (WHERE starts_on <= %(on)s) AS begun,
                    min({PACKED}) FILTER (WHERE starts_on > %(on)s) AS ahead, max(ends_on) AS paid_to
                FROM membership_term WHERE void_at IS NULL GROUP BY membership_id
            ) packed
        ) b ON b.membership_id = m.id
    ) standing
"""  # noqa: S608 - words of our own


def asked(on: date) -> dict[str, Any]:
    """The values of the statement."""
    return {"on": on, "zone": settings.TIME_ZONE}


class Standings(RawSQL):
    """The keys of members, by a condition on the columns above."""

    def __init__(self, on: date, condition: str, *values: Any) -> None:
        names = {f"v{place}": value for place, value in enumerate(values)}
        sql = f"SELECT member FROM ({STANDINGS}) standing WHERE {condition}"  # noqa: S608 - words of our own
        # Django numbers what it is given: each name is put where it stands.
        order: list[Any] = []
        known = {**asked(on), **names}
        while (start := sql.find("%(")) >= 0:
            end = sql.index(")s", start)
            order.append(known[sql[start + 2 : end]])
            sql = f"{sql[:start]}%s{sql[end + 2 :]}"
        super().__init__(sql, order, BigIntegerField())


def standing_as(statuses: Collection[str], on: date) -> Standings:
    return Standings(on, "status = ANY(%(v0)s)", list(statuses))


def in_categories(plans: Collection[int], on: date) -> Standings:
    """Whose deciding term is of one of these categories."""
    return Standings(on, "plan_id = ANY(%(v0)s)", list(plans))


def paid_until(first: date, last: date, on: date) -> Standings:
    """Whose last paid day is one of these."""
    return Standings(on, "paid_to BETWEEN %(v0)s AND %(v1)s", first, last)
