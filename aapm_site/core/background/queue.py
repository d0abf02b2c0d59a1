"""Background work: tasks are queued in the business transaction and done by `manage.py procrastinate worker`.

A thin wrapper, so that rooms do not know the library. Tasks take plain values, are short, and are safe to repeat.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

# Secret mail goes first, on a queue of its own; one worker serves all queues.
SECRET, DEFAULT = "secret", "default"
PRIORITY = {SECRET: 100, DEFAULT: 0}

Task = Any


def task(
    name: str, *, queue: str = DEFAULT, attempts: int = 1, wait: int = 0, exponential_wait: int = 0
) -> Callable[[Callable[..., None]], Task]:
    """Make a function a task of this name. `attempts` counts all tries; waits are in seconds."""
    retry = (
        RetryStrategy(max_attempts=attempts, wait=wait, exponential_wait=exponential_wait) if attempts > 1 else False
    )
    return app.task(name=name, queue=queue, retry=retry, priority=PRIORITY[queue])


def periodic(cron: str) -> Callable[[Task], Task]:
    """Run a task by the clock (UTC). It gets `timestamp` and must ask what is due: a missed run is not made up."""
    return app.periodic(cron=cron)


def defer(
    work: Task,
    *,
    lock: str | None = None,
    once: str | None = None,
    at: datetime | None = None,
    **arguments: Any,
) -> None:
    """Queue a task in the present transaction; a rollback takes it back.

    Tasks of one `lock` are done one after another. While a task with the same `once` waits, no second one is added.
    """
    job = work.configure(lock=lock, queueing_lock=once, schedule_at=at)
    if once is None:
        job.defer(**arguments)
        return
    try:
        # A savepoint of its own: the refused insert would abort the business transaction.
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        pass


@dataclass(frozen=True)
class NewTask:
    """A task about something that was made just now, so that none with the same `once` can wait."""

    work: Task
    once: str
    arguments: Mapping[str, Any]


def defer_new(tasks: Sequence[NewTask]) -> None:
    """Queue several of them in the present transaction, by one statement."""
    if tasks:
        jobs = [one.work.configure(queueing_lock=one.once).make_new_job(**one.arguments) for one in tasks]
        app.job_manager.batch_defer_jobs(jobs)
