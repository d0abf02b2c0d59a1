"""Due work: what rooms have registered to be done by the clock, and the run that does what is due and not held."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from ..models import Hold
from ..registry import Registry

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DueRow:
    """One thing to be done at `at` or after; the key finds it again."""

    key: str
    title: str
    at: datetime
    url: str = ""


@dataclass(frozen=True)
class DueWork:
    """Timed work: due(at) names what is due by then and not yet done; do(key) does one row and is safe to repeat."""

    name: str
    label: str
    due: Callable[[datetime], Iterable[DueRow]]
    do: Callable[[str], None]
    order: int = 100


due_work: Registry[DueWork] = Registry()


def run_due(at: datetime) -> int:
    """Do everything that is due and not held; how many rows were done.

    Each row is its own transaction, so one that fails is logged, keeps its place and stops no other.
    """
    done = 0
    held = set(Hold.objects.values_list("work", "key"))
    for work in due_work:
        for row in work.due(at):
            if row.at > at or (work.name, row.key) in held:
                continue
            try:
                with transaction.atomic():
                    work.do(row.key)
                done += 1
            except Exception:  # noqa: BLE001 - whatever one row does, the others are done
                log.exception("due.failed", work=work.name, key=row.key)
    return done


def upcoming(at: datetime) -> Iterator[tuple[DueWork, DueRow]]:
    """What is due by `at`, of all rooms, soonest first."""
    rows = [(work, row) for work in due_work for row in work.due(at)]
    return iter(sorted(rows, key=lambda pair: (pair[1].at, pair[0].order, pair[1].key)))
