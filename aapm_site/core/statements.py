"""Statements that the ORM writes once, in which what differs from run to run is bound late.

Writing and compiling a queryset costs several times what PostgreSQL needs to answer it. What is asked over and over by
people and at moments that differ is therefore written once in a process, with `Late` values in place of the person and
the moment. A statement in which a moment is frozen is refused. PostgreSQL in its turn keeps a `Prepared` statement for
as long as a connection lasts: planning one anew takes it several times as long as answering.

    ORDERS = Prepared(lambda: Order.objects.for_user(PERSON).unpaid())
    ...
    ORDERS.rows(person=user.pk)
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connection, connections
from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    ManyToOneRel,
    QuerySet,
    Value,
)
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

MOMENTS = (date, datetime, time, timedelta)
Row = TypeVar("Row")


class Late(Value):
    """A value of a statement that is known when it runs; until then its name stands for it."""

    def __init__(self, name: str, output_field: Field, placeholder: str = "%s") -> None:
        super().__init__(name, output_field=output_field)
        self.name = name
        self.placeholder = placeholder

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The parameter is this object itself; whoever runs the statement binds it."""
        return self.placeholder, [self]


class LatePerson(Late):
    """A person who is signed in, in place of `user` where a queryset is made for one: `for_user(PERSON)`."""

    is_authenticated = True
    email = Late("email", CharField())

    @property
    def pk(self) -> Late:
        return self


# When the question is asked, and the site's day of it; who asks, in place of a User; and a key.
NOW, TODAY = Late("now", DateTimeField()), Late("today", DateField())
PERSON: Any = LatePerson("person", BigIntegerField())
KEY = Late("key", BigIntegerField())


def refuse_moments(parameters: Sequence[Any]) -> None:
    """Raise TypeError where a moment would stay in a statement that is used again."""
    for value in parameters:
        if isinstance(value, MOMENTS):
            raise TypeError(f"{value!r} would be frozen in a statement that is used again: let it be bound late.")


@dataclass(frozen=True, slots=True)
class WrittenStatement:
    """A statement in which everything is written but what is bound by name when it runs."""

    sql: str
    names: tuple[str, ...]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What it finds. A value that it needs and is not given is a KeyError."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [values[name] for name in self.names])
            return cursor.fetchall()


def written(sql: str, parameters: Sequence[Any], *, typed: bool = False) -> WrittenStatement:
    """The statement with its fixed parameters written into it, and placeholders left for the late ones.

    With their types as well, so that PostgreSQL can plan it before it knows the values.
    """
    refuse_moments(parameters)
    place = _typed_placeholder if typed else _placeholder
    pieces = [place(value) if isinstance(value, Late) else _literal(value) for value in parameters]
    names = tuple(value.name for value in parameters if isinstance(value, Late))
    return WrittenStatement(sql.replace("%%", "%%%%") % tuple(pieces), names)


def _placeholder(_: Late) -> str:
    return "%s"


def _typed_placeholder(value: Late) -> str:
    """The driver itself tells the type of a whole number, which may be too large for any column: it finds nothing."""
    field = value.output_field
    return "%s" if isinstance(field, IntegerField) else f"%s::{field.db_type(connection)}"


def _literal(value: Any) -> str:
    operations: Any = connection.ops
    return operations.compose_sql("%s", [value]).replace("%", "%%")


class WhichFind:
    """Which of several querysets find anything, by their names: one statement, written when it is asked first."""

    def __init__(self, build: Callable[[], Mapping[str, QuerySet]]) -> None:
        self._build = build

    @cached_property
    def _written(self) -> tuple[tuple[str, ...], WrittenStatement | None]:
        asked: dict[str, str] = {}
        parameters: list[Any] = []
        for name, rows in self._build().items():
            try:
                sql, given = rows.order_by().values("pk")[:1].query.sql_with_params()
            except EmptyResultSet:
                continue
            asked[name] = f"EXISTS ({sql})"
            parameters += given
        statement = written(f"SELECT {', '.join(asked.values())}", parameters, typed=True) if asked else None
        return tuple(asked), statement

    def names(self, **values: Any) -> frozenset[str]:
        """The names of those that find something, with these values bound."""
        names, statement = self._written
        if statement is None:
            return frozenset()
        ((*are_there,),) = _kept_by_the_server(statement.sql, [values[name] for name in statement.names])
        return frozenset(name for name, is_there in zip(names, are_there, strict=True) if is_there)


class _Written(SQLCompiler):
    """A compiler that has done its work: copies of it run the same statement with other values."""

    def __init__(self, query: Query) -> None:
        super().__init__(query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        self.statement = written(*super().as_sql(), typed=True)
        self.values: list[Any] = []
        self.converters = super().get_converters([column for column, *_ in self.select[: self.col_count]])

    def bound(self, values: dict[str, Any]) -> "_Written":
        asked = copy.copy(self)
        asked.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        asked.values = [values[name] for name in self.statement.names]
        return asked

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, Any]:
        return self.statement.sql, self.values

    def get_converters(self, _: Any) -> dict[int, Any]:
        return self.converters

    def execute_sql(self, *_: Any, **__: Any) -> Any:
        """All rows, in one chunk."""
        rows = _kept_by_the_server(self.statement.sql, self.values)
        return [[row[: self.col_count] for row in rows] if self.has_extra_select else rows]


def _kept_by_the_server(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that the server plans once for each connection.

    When a migration meanwhile has changed the type of a column, the server refuses the statement that it keeps; it is
    sent whole then, until the process starts anew. So it is while statements are logged, with their values in them.
    """
    if connection.queries_logged:
        return _rows(sql, values, psycopg.ClientCursor)
    try:
        return _rows(sql, values, psycopg.Cursor)
    except NotSupportedError:
        if connection.in_atomic_block:
            raise
        return _rows(sql, values, psycopg.ClientCursor)


def _rows(sql: str, values: Sequence[Any], kind: type[psycopg.Cursor]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:  # Django's, which counts and logs; it would write the values into the statement
        cursor.cursor = kind(cursor.connection)
        cursor.execute(sql, values)
        return cursor.fetchall()


class Prepared(Generic[Row]):
    """A queryset that is written when it is asked first; its prefetches are made each time.

    `related` are statements of their own in place of prefetches, for one row: each is asked by its key, `KEY`, and
    what it finds is what the manager of that name has for everybody who asks afterwards.
    """

    def __init__(self, build: Callable[[], QuerySet], **related: "Prepared[Any]") -> None:
        self._build, self._related = build, related

    @cached_property
    def _written(self) -> tuple[QuerySet, _Written | None]:
        queryset = self._build()
        try:
            return queryset, _Written(queryset.query.clone())
        except EmptyResultSet:
            return queryset, None

    def rows(self, **values: Any) -> list[Row]:
        """All rows, with these values bound. One that is needed and not given is a KeyError."""
        found = list(self._asked(values))
        for row in found if self._related else ():
            for name, statement in self._related.items():
                _hand_over(row, name, statement.rows(key=row.pk))
        return found

    def first(self, **values: Any) -> Row | None:
        """The first row, of a queryset that is cut to one."""
        return next(iter(self.rows(**values)), None)

    def _asked(self, values: dict[str, Any]) -> QuerySet:
        queryset, compiler = self._written
        if compiler is None:
            return queryset.none()
        asked = compiler.bound(values)
        found: Any = queryset.all()
        found._query = copy.copy(compiler.query)
        found._query.get_compiler = lambda *_, **__: asked
        return found


def _hand_over(row: Any, name: str, found: list[Any]) -> None:
    """Do what a prefetch does: `all()` of that manager has its rows, which know the one they belong to.

    Any narrower question is asked anew.
    """
    manager = getattr(row, name)
    rows = manager.get_queryset()
    rows._result_cache, rows._prefetch_done = found, True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows
    for one in found if isinstance(field := row._meta.get_field(name), ManyToOneRel) else ():
        setattr(one, field.field.name, row)
