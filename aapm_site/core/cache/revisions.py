"""Revisions: one row for each change that a public page may show, so that every process drops its cached pages.

Rows are only inserted, by a statement-level trigger in the changing transaction: writers never wait for each other,
and update(), bulk_create() and raw SQL are seen too. Readers compare the count and the highest id.
"""

import pgtrigger
from django.db import connection

KEPT = 1_000


def revised() -> pgtrigger.Trigger:
    """A trigger for Meta.triggers of every model whose rows a public page shows."""
    return pgtrigger.Trigger(
        name="revised",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
    )


def current() -> tuple[int, int]:
    """The count and the highest id: one small query. Equal values mean that nothing public changed in between."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM core_revision")
        return tuple(cursor.fetchone())


def touch() -> None:
    """Announce a change that no trigger sees, such as a setting."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_revision DEFAULT VALUES")


def prune() -> None:
    """Keep the newest rows only; readers see the changed count and drop their pages once."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_revision WHERE id <= (SELECT max(id) FROM core_revision) - %s", [KEPT])
