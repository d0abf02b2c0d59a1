"""Rows that are closed by a decision, and never deleted: what points at them stays, and they can be opened again."""

from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone

from .transitions import NotAllowed

Row = TypeVar("Row", bound=Any)


def close_row(locked: Row) -> Row:
    """It is closed from now on. The caller has locked it, in a transaction. NotAllowed when it is closed already."""
    if locked.closed_at:
        raise NotAllowed("Somebody has closed it already.")
    return _closed_since(locked, timezone.now())


def reopen_row(locked: Row) -> Row:
    """It is open again. NotAllowed when it is not closed."""
    if not locked.closed_at:
        raise NotAllowed("Somebody has opened it again already.")
    return _closed_since(locked, None)


def _closed_since(locked: Row, at: datetime | None) -> Row:
    locked.closed_at = at
    locked.save(update_fields=["closed_at"])
    return locked
