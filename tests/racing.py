"""People who meet: steps that begin at the same moment, each on a thread and a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

PATIENCE = 60  # seconds until all are at the start; a step itself ends by the database's own limits


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """What each step returned or raised, in the order of the steps. The test must commit (transaction=True)."""
    start = Barrier(len(steps))

    def take(step: Callable[[], Any]) -> Any:
        try:
            start.wait(PATIENCE)
            return step()
        except Exception as refused:  # noqa: BLE001 - the test looks at it
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as people:
        return list(people.map(take, steps))
