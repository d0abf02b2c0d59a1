"""What the search's statements are made of: its late values, and querysets as parts of one statement."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BigAutoField, CharField, QuerySet

from ..statements import Late

Part = tuple[str, tuple[Any, ...]]

# What was typed: as PostgreSQL reads it, on one line, in lower case, and without punctuation.
WORDS, TYPED, LOWER, PLAIN = (Late(name, CharField()) for name in ("words", "typed", "lower", "plain"))
# The names of the sources that stand below the others this time.
BELOW = Late("below", CharField())


def keys_of(name: str) -> Late:
    """The keys that were chosen of a source: a filter by it finds any of them."""
    return Late(name, BigAutoField(), "ANY(%s)")


def part(rows: QuerySet) -> list[Part]:
    """A queryset's statement and its parameters; none when the ORM knows that nothing can come of it."""
    try:
        return [rows.query.sql_with_params()]
    except EmptyResultSet:
        return []


def union(parts: Sequence[Part]) -> Part:
    """All of them as one."""
    sql = " UNION ALL ".join(f"({sql})" for sql, _ in parts)
    return sql, tuple(value for _, values in parts for value in values)
