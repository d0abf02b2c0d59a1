"""Reading PostgreSQL's plans: which of the captured queries walks a whole table."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Of its rows: who looks at more than this, outside of an index, walks the table whatever leads there.
MOST = 0.5


@contextmanager
def filled(table: str, sql: str) -> Iterator[None]:
    """The table with the rows that a statement makes, committed and counted, without triggers; empty afterwards."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql)
            cursor.execute(f"VACUUM (ANALYZE) {table}")
            yield
        finally:
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute("SET session_replication_role = origin")


def plan_of(sql: str) -> dict[str, Any]:
    """The plan of one statement, as it runs now."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (answer,) = cursor.fetchone()
    return (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def rows_in(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return int(cursor.fetchone()[0])


def looked_at(node: dict[str, Any]) -> float:
    """How many rows of the table a scan has fetched, those that it let go again among them."""
    if node["Node Type"] == "Index Only Scan":
        return 0
    return (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]


def walks(sql: str, table: str) -> bool:
    """Whether the plan reads the table from end to end, or as good as that by way of an index."""
    scans = [node for node in nodes(plan_of(sql)) if node.get("Relation Name") == table]
    most = MOST * rows_in(table)
    return any(scan["Node Type"].endswith("Seq Scan") or looked_at(scan) > most for scan in scans)


def whole_walks(captured: Iterable[dict[str, str]], table: str) -> list[str]:
    """The captured queries that read the table from end to end; what is no query is passed over."""
    asked = [query["sql"] for query in captured if query["sql"].lstrip().upper().startswith(("SELECT", "WITH", "("))]
    return [sql for sql in asked if walks(sql, table)]
