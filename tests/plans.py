"""Reading PostgreSQL's plans: which of the captured queries walks a whole table."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection


def plan_of(sql: str) -> dict[str, Any]:
    """The plan of one statement, as it would run now."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (answer,) = cursor.fetchone()
    return (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def walks(sql: str, table: str) -> bool:
    """Whether the plan reads the table from end to end."""
    return any(
        node["Node Type"].endswith("Seq Scan") and node.get("Relation Name") == table for node in nodes(plan_of(sql))
    )


def whole_walks(captured: Iterable[dict[str, str]], table: str) -> list[str]:
    """The captured queries that read the table from end to end; what is no query is passed over."""
    asked = [query["sql"] for query in captured if query["sql"].lstrip().upper().startswith(("SELECT", "WITH", "("))]
    return [sql for sql in asked if walks(sql, table)]
