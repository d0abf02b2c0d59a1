"""The staff's front page: what needs this person, common tasks, and the tables of their room. Rooms register both."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from ..registry import Registry

FOR_ADMINISTRATORS = "accounts.assign_roles"


@dataclass(frozen=True)
class StaffAlert:
    """A word on the staff's front page: note(user) gives (words, label, address), or None when all is well."""

    name: str
    note: Callable[[Any], tuple[str, str, str] | None]
    order: int = 100


@dataclass(frozen=True)
class StaffQueue:
    """What waits for whoever holds the permission: rows(user), each since the moment or day that `since` names.

    `url` is the list of the same rows, and `press` says what one does there.
    """

    name: str
    label: str
    press: str
    permission: str
    rows: Callable[[Any], QuerySet[Any]]
    since: str
    url: Callable[[], str]
    order: int = 100


@dataclass(frozen=True)
class StaffTask:
    """One common task on the admin's front page, for those who hold its permission.

    `count` says how many wait; where a queue of the page counts them already, `queue` names it.
    """

    name: str
    label: str
    url: Callable[[], str]
    permission: str
    note: str = ""
    count: Callable[[], int] | None = None
    counted: str = "waiting"
    order: int = 100
    queue: str = ""


@dataclass(frozen=True)
class Waiting:
    """How many wait in a queue now, and since when the oldest does."""

    queue: StaffQueue
    number: int
    oldest: date | None

    @property
    def url(self) -> str:
        return self.queue.url()

    @property
    def days(self) -> int:
        """By the calendar of the association's zone."""
        if self.oldest is None:
            return 0
        day = timezone.localdate(self.oldest) if isinstance(self.oldest, datetime) else self.oldest
        return max((timezone.localdate() - day).days, 0)


staff_alerts: Registry[StaffAlert] = Registry()
staff_queues: Registry[StaffQueue] = Registry()
staff_tasks: Registry[StaffTask] = Registry()


def waiting_for(user: Any) -> list[Waiting]:
    """All queues of this person, the empty ones too; one query each."""
    return [_count(queue, user) for queue in staff_queues if user.has_perm(queue.permission)]


def _count(queue: StaffQueue, user: Any) -> Waiting:
    found = queue.rows(user).order_by().aggregate(number=Count("pk"), oldest=Min(queue.since))
    return Waiting(queue, found["number"], found["oldest"])


def tasks_of(user: Any, waiting: Iterable[Waiting]) -> list[dict[str, Any]]:
    """Common tasks with the number beside them: counted by a query, or as the queue says."""
    numbers = {found.queue.name: found.number for found in waiting}
    return [
        {
            "task": task,
            "url": task.url(),
            "waiting": task.count() if task.count else numbers.get(task.queue),
        }
        for task in staff_tasks
        if user.has_perm(task.permission)
    ]


def rooms_first(apps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django's list of tables, those of the rooms in which this person writes before those that they only read."""
    return sorted(apps, key=lambda app: all(model["view_only"] for model in app["models"]))


def parted(apps: Iterable[dict[str, Any]], technical: set[Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same list without the technical tables, and of those alone; an app may have both."""
    kept: list[dict[str, Any]] = []
    apart: list[dict[str, Any]] = []
    for app in apps:
        for part, is_apart in ((kept, False), (apart, True)):
            models = [model for model in app["models"] if (model["model"] in technical) is is_apart]
            if models:
                part.append({**app, "models": models})
    return kept, apart
