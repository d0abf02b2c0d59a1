"""What money's tables have in common: history of every change, and rows that nobody may change or delete."""

from collections.abc import Callable

import pghistory
import pgtrigger


def kept_history(*exclude: str) -> Callable[[type], type]:
    """Every insert, change and deletion of the table is written to its history, whoever made it and how.

    Unique random columns are left out: the history holds a row many times.
    """
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude)
    )


def never_deleted() -> pgtrigger.Trigger:
    """The database refuses to delete a row."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


def never_changed(*, but: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """The database refuses to change a row; `but` names what an erased person's reference needs."""
    return pgtrigger.ReadOnly(name="never_changed", **({"exclude": list(but)} if but else {}))
