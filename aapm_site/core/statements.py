"""Statements that the ORM writes once, in which what differs from run to run is bound late.

Writing and compiling a queryset costs several times what PostgreSQL needs to answer it. What is asked over and over by
people and at moments that differ is therefore written once in a process, with `Late` values in place of the person and
the moment. A statement in which a moment is frozen is refused.

    ORDERS = Prepared(lambda: Order.objects.for_user(PERSON).unpaid())
    ...
    ORDERS.rows(person=user.pk)
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Field, ManyToOneRel, QuerySet, Value
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


def written(sql: str, parameters: Sequence[Any]) -> WrittenStatement:
    """The statement with its fixed parameters written into it, and placeholders left for the late ones."""
    refuse_moments(parameters)
    pieces = ["%s" if isinstance(value, Late) else _literal(value) for value in parameters]
    names = tuple(value.name for value in parameters if isinstance(value, Late))
    return WrittenStatement(sql.replace("%%", "%%%%") % tuple(pieces), names)


def _literal(value: Any) -> str:
    operations: Any = connection.ops
    return operations.compose_sql("%s", [value]).replace("%", "%%")


class _Written(SQLCompiler):
    """A compiler that has done its work: copies of it run the same statement with other values."""

    def __init__(self, query: Query) -> None:
        super().__init__(query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
        self.statement, self.parameters = super().as_sql()
        refuse_moments(self.parameters)

    def bound(self, values: dict[str, Any]) -> "_Written":
        asked = copy.copy(self)
        asked.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        asked.parameters = tuple(values[one.name] if isinstance(one, Late) else one for one in self.parameters)
        return asked

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, Any]:
        return self.statement, self.parameters


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
