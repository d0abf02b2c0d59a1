"""Revisions: one row for each change that a public page may show, so that every process drops its cached pages.

Rows are only inserted, by a statement-level trigger in the changing transaction: writers never wait for each other,
and update(), bulk_create() and raw SQL are seen too. Readers compare the count and the highest id.
"""

from collections.abc import Iterable

import pgtrigger
from django.db import connection

KEPT = 1_000
ANNOUNCE = "INSERT INTO core_revision DEFAULT VALUES"
# Where a statement's rows are found: those that it left, and those that it found.
AFTER, BEFORE, BOTH = "new_rows", "old_rows", "(TABLE old_rows UNION ALL TABLE new_rows)"


def revised() -> pgtrigger.Trigger:
    """A trigger for Meta.triggers of every model whose rows a public page shows, all of them."""
    return pgtrigger.Trigger(
        name="revised",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"{ANNOUNCE}; RETURN NULL;",
    )


def revised_where(public: str) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers for a model of which the public sees some rows only: what nobody sees empties no cache.

    `public` is SQL about a row `changed`, as it was before the statement or as it is afterwards: one of them is enough.
    """
    return (
        _revised_by("insert", pgtrigger.Insert, AFTER, public, new=AFTER),
        _revised_by("update", pgtrigger.Update, BOTH, public, old=BEFORE, new=AFTER),
        _revised_by("delete", pgtrigger.Delete, BEFORE, public, old=BEFORE),
    )


def _revised_by(name: str, operation: pgtrigger.Operation, rows: str, public: str, **tables: str) -> pgtrigger.Trigger:
    """One operation's trigger: PostgreSQL gives the changed rows only to triggers of a single operation."""
    return pgtrigger.Trigger(
        name=f"revised_by_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"IF EXISTS (SELECT FROM {rows} AS changed WHERE {public}) THEN {ANNOUNCE}; END IF; RETURN NULL;",
    )


def sql_list(values: Iterable[str]) -> str:
    """Words of our own, such as states, for `column IN …`."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def current() -> tuple[int, int]:
    """The count and the highest id: one small query. Equal values mean that nothing public changed in between."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM core_revision")
        return tuple(cursor.fetchone())


def touch() -> None:
    """Announce a change that no trigger sees, such as a setting."""
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCE)


def prune() -> None:
    """Keep the newest rows only; readers see the changed count and drop their pages once."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_revision WHERE id <= (SELECT max(id) FROM core_revision) - %s", [KEPT])
