"""The rows that belong to one row, of several tables, brought up to date by one statement however many they are.

    write_row_sets(job, [RowSet(JobQuestion, "job", rows, keys=("order",))])

What is there already keeps its row, what is the same is not written, and what is not wanted any more goes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Part = tuple[str, list[Any]]
# A cast to a limited text would cut what is too long; the column itself refuses it.
LIMIT = re.compile(r"\(\d+(, ?\d+)?\)")


@dataclass(frozen=True)
class RowSet:
    """What a table is to hold of one row, which its field `owner` names.

    The rows are told apart by `keys`, which are unique with the owner in the database; without keys there is one row.
    One that is there gets the values of `fields` (without names: all), unless nothing of `watched` (without names: the
    same) differs.
    """

    model: type[Model]
    owner: str
    rows: Sequence[Any]
    keys: tuple[str, ...] = ()
    fields: tuple[str, ...] | None = None
    watched: tuple[str, ...] | None = None

    @cached_property
    def columns(self) -> list[Field]:
        """All that a row says of itself: neither its number nor whose it is."""
        return [one for one in self.model._meta.concrete_fields if not one.primary_key and one.name != self.owner]

    def names_of(self, wanted: Iterable[str] | None) -> list[str]:
        """The quoted columns of these fields; without names, of all that are no keys."""
        names = [one.name for one in self.columns if one.name not in self.keys] if wanted is None else wanted
        return [_column(self.model, name) for name in names]


def write_row_sets(owner: Model, sets: Sequence[RowSet]) -> None:
    """Make these the rows of the owner. Call it under the owner's lock. Raises what the tables refuse."""
    parts = [part for number, rows in enumerate(sets) for part in _parts(owner, rows, number)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {', '.join(sql for sql, _ in parts)} SELECT 1", [value for _, values in parts for value in values]
        )


def _parts(owner: Model, rows: RowSet, number: int) -> Iterator[Part]:
    """What goes, and what is put there: they never touch the same row, so that their order does not matter."""
    table = _quoted(rows.model._meta.db_table)
    whose = _column(rows.model, rows.owner)
    gone = f"gone_{number} AS (DELETE FROM {table} AS present WHERE {whose} = %s"  # noqa: S608 - our own names
    if not rows.rows:
        yield f"{gone})", [owner.pk]
        return
    wanted = f"wanted_{number}"
    yield _wanted(rows, wanted)
    if keys := rows.names_of(rows.keys):
        same = f"{_of(wanted, keys)} IS NOT DISTINCT FROM {_of('present', keys)}"
        yield f"{gone} AND NOT EXISTS (SELECT FROM {wanted} WHERE {same}))", [owner.pk]
    names = [_column(rows.model, one.name) for one in rows.columns]
    target, known = ", ".join([whose, *names]), ", ".join([whose, *keys])
    new = f"SELECT %s, * FROM {wanted}"  # noqa: S608 - our own names
    put = f"INSERT INTO {table} AS present ({target}) {new} ON CONFLICT ({known}) DO {_update(rows)}"
    yield f"put_{number} AS ({put})", [owner.pk]


def _wanted(rows: RowSet, name: str) -> Part:
    casts = ", ".join(f"%s::{LIMIT.sub('', one.db_type(connection) or '')}" for one in rows.columns)
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for row in rows.rows for one in rows.columns]
    columns = ", ".join(_column(rows.model, one.name) for one in rows.columns)
    return f"{name} ({columns}) AS (VALUES {', '.join([f'({casts})'] * len(rows.rows))})", values


def _update(rows: RowSet) -> str:
    names = rows.names_of(rows.fields)
    if not names:
        return "NOTHING"
    watched = rows.names_of(rows.fields if rows.watched is None else rows.watched)
    changes = ", ".join(f"{name} = excluded.{name}" for name in names)
    return f"UPDATE SET {changes} WHERE {_of('present', watched)} IS DISTINCT FROM {_of('excluded', watched)}"


def _of(table: str, names: Iterable[str]) -> str:
    return f"({', '.join(f'{table}.{name}' for name in names)})"


def _column(model: type[Model], name: str) -> str:
    return _quoted(str(getattr(model._meta.get_field(name), "column", "")))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
