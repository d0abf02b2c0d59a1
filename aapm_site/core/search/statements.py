"""Statements that the ORM writes once for a question and a set of rights, and that are bound to values when they run.

Writing and compiling a queryset costs several times what PostgreSQL needs to answer it. People with equal rights share
a statement, so nothing that differs between two runs may stand in it: typed words, keys and the moment are Late, and
a statement in which a moment is frozen is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigAutoField, CharField, DateField, DateTimeField, Field, QuerySet, Value

MOMENTS = (date, datetime, time, timedelta)

Part = tuple[str, tuple[Any, ...]]


class Late(Value):
    """A value of a statement that is known when it runs; until then its name stands for it."""

    def __init__(self, name: str, output_field: Field, placeholder: str = "%s") -> None:
        super().__init__(name, output_field=output_field)
        self.name = name
        self.placeholder = placeholder

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The parameter is this object itself; `SearchStatement` binds it."""
        return self.placeholder, [self]


# When the question is asked, and the site's day of it.
NOW, TODAY = Late("now", DateTimeField()), Late("today", DateField())
# What was typed: as PostgreSQL reads it, on one line, in lower case, and without punctuation.
WORDS, TYPED, LOWER, PLAIN = (Late(name, CharField()) for name in ("words", "typed", "lower", "plain"))


def keys_of(name: str) -> Late:
    """The keys that were chosen of a source: a filter by it finds any of them."""
    return Late(name, BigAutoField(), "ANY(%s)")


@dataclass(frozen=True, slots=True)
class SearchStatement:
    """A statement in which everything is written but what is bound by name when it runs."""

    sql: str
    names: tuple[str, ...]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What it finds. A value that it needs and is not given is a KeyError."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [values[name] for name in self.names])
            return cursor.fetchall()


def written(sql: str, parameters: Sequence[Any]) -> SearchStatement:
    """The statement with its fixed parameters written into it, and placeholders left for the late ones."""
    for value in parameters:
        if isinstance(value, MOMENTS):
            raise TypeError(f"{value!r} would be frozen in a statement that is used again: let it be bound late.")
    pieces = ["%s" if isinstance(value, Late) else _literal(value) for value in parameters]
    names = tuple(value.name for value in parameters if isinstance(value, Late))
    return SearchStatement(sql.replace("%%", "%%%%") % tuple(pieces), names)


def _literal(value: Any) -> str:
    operations: Any = connection.ops
    return operations.compose_sql("%s", [value]).replace("%", "%%")


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
