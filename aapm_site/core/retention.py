"""How long things are kept: rooms register what they forget, staff say after how many days, a task does it by night."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import transaction
from django.db.models import QuerySet

from .models import Retention
from .registry import Registry

log = structlog.get_logger(__name__)
BATCH = 200  # rows forgotten in one transaction, so that nobody waits long for a lock
MOST_BATCHES = 500  # of one rule in one night
Row = TypeVar("Row")


@dataclass(frozen=True)
class RetentionRule:
    """One sort of thing. `forget(before)` forgets at most BATCH of those that ended before, and says how many."""

    name: str
    label: str
    note: str
    days: int
    least: int
    forget: Callable[[datetime], int]
    order: int = 100


retention_rules: Registry[RetentionRule] = Registry()


def write_missing_rows() -> None:
    """A row for each rule, with the days that it suggests; before the site is served. What staff chose stays."""
    rows = [Retention(name=rule.name, days=rule.days) for rule in retention_rules]
    Retention.objects.bulk_create(rows, ignore_conflicts=True)


def forget_old(now: datetime) -> dict[str, int]:
    """Forget what is older than staff said; how many of each rule. A rule that fails keeps no other back."""
    chosen = dict(Retention.objects.values_list("name", "days"))
    return {
        rule.name: _forget(rule, now - timedelta(days=chosen.get(rule.name, rule.days))) for rule in retention_rules
    }


def oldest(rows: QuerySet[Any, Row]) -> list[Row]:
    """The first BATCH of the rows, or of what is asked of them."""
    return list(rows.order_by("pk")[:BATCH])


def delete_batch(rows: QuerySet[Any]) -> int:
    """Delete the oldest of the rows, all that hangs on them too; how many they were."""
    keys = oldest(rows.values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=keys).delete()
    return len(keys)


def _forget(rule: RetentionRule, before: datetime) -> int:
    count = 0
    try:
        for _ in range(MOST_BATCHES):
            with transaction.atomic():
                done = rule.forget(before)
            count += done
            if not done:
                break
    except Exception:
        log.exception("retention.failed", rule=rule.name)
    return count
