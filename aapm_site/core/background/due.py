"""Due work: what rooms have registered to be done by the clock, and the run that does what is due and not held."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from ..models import Hold
from ..registry import GuardedRegistry

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DueRow:
    """One thing to be done at `at` or after; the key finds it again.

    `permission` is what one must hold to see this row, beside that of its work: letters of many rooms wait in one row.
    """

    key: str
    title: str
    at: datetime
    url: str = ""
    permission: str = ""


@dataclass(frozen=True)
class DueWork:
    """Timed work: due(at) names what is due by then and not yet done; do(key) does one row and is safe to repeat.

    Without `do` it is what the clock changes by itself, because a moment is over: staff see it coming, and there is
    nothing to run or to hold. `permission` is that of the staff who see the rows, hold and release them.
    """

    name: str
    label: str
    due: Callable[[datetime], Iterable[DueRow]]
    do: Callable[[str], None] | None
    permission: str
    order: int = 100

    @property
    def can_be_held(self) -> bool:
        """Whether there is something to run, which a hold keeps from being done. A template would call `do` itself."""
        return self.do is not None


due_work: GuardedRegistry[DueWork] = GuardedRegistry()


def run_due(at: datetime) -> int:
    """Do everything that is due and not held; how many rows were done.

    Each row is its own transaction, so one that fails is logged, keeps its place and stops no other.
    """
    done = 0
    held = set(Hold.objects.values_list("work", "key"))
    for work in due_work:
        if (do := work.do) is None:
            continue
        for row in work.due(at):
            if row.at > at or (work.name, row.key) in held:
                continue
            try:
                with transaction.atomic():
                    do(row.key)
                done += 1
            except Exception:  # noqa: BLE001 - whatever one row does, the others are done
                log.exception("due.failed", work=work.name, key=row.key)
    return done


def upcoming(at: datetime) -> Iterator[tuple[DueWork, DueRow]]:
    """What is due by `at`, of all rooms, soonest first."""
    rows = [(work, row) for work in due_work for row in work.due(at)]
    return iter(sorted(rows, key=_soonest_first))


def upcoming_for(person: Any, at: datetime) -> list[tuple[DueWork, DueRow]]:
    """The part of it that this member of staff may see; the other rooms' work is not even asked for."""
    rows = [(work, row) for work in seen_by(person) for row in work.due(at) if _sees(person, row)]
    return sorted(rows, key=_soonest_first)


def seen_by(person: Any) -> list[DueWork]:
    """The kinds of work that this member of staff may see."""
    return [work for work in due_work if person.has_perm(work.permission)]


def row_for(person: Any, name: str, key: str, at: datetime) -> DueRow | None:
    """One row that is due by `at` and can be held; None when there is none, or this member of staff may not see it."""
    work = due_work.get(name)
    if work is None or not work.can_be_held or not person.has_perm(work.permission):
        return None
    return next((row for row in work.due(at) if row.key == key and _sees(person, row)), None)


def _sees(person: Any, row: DueRow) -> bool:
    return not row.permission or person.has_perm(row.permission)


def _soonest_first(pair: tuple[DueWork, DueRow]) -> tuple[datetime, int, str]:
    work, row = pair
    return row.at, work.order, row.key
