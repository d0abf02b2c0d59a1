"""The staff's front page: common tasks, and what waits for somebody. Rooms register both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..registry import Registry


@dataclass(frozen=True)
class StaffAlert:
    """A word on the staff's front page: note(user) gives (words, label, address), or None when all is well."""

    name: str
    note: Callable[[Any], tuple[str, str, str] | None]
    order: int = 100


@dataclass(frozen=True)
class StaffTask:
    """One common task on the admin's front page, for those who hold its permission; `count` says how many wait."""

    name: str
    label: str
    url: Callable[[], str]
    permission: str
    note: str = ""
    count: Callable[[], int] | None = None
    counted: str = "waiting"
    order: int = 100


staff_alerts: Registry[StaffAlert] = Registry()
staff_tasks: Registry[StaffTask] = Registry()
