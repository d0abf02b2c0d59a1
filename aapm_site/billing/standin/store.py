"""Where the stand-in remembers: in the process for tests, in the shared cache for the demonstration."""

import copy
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.core.cache import cache
from django.db import connection, transaction

LOCK = 8_203_117  # of PostgreSQL's advisory locks; no other code uses this number
KEPT = 400 * 24 * 60 * 60


class Store(Protocol):
    """Rows by name. Handed out and taken in as copies, so only `put` changes what is kept."""

    def locked(self) -> Any:
        """A context in which nobody else reads or writes."""

    def get(self, name: str) -> dict[str, Any] | None: ...

    def put(self, name: str, row: dict[str, Any]) -> None: ...

    def drop(self, name: str) -> None: ...


class MemoryStore:
    """Rows of this process, shared by its threads."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        self._lock = threading.RLock()

    def locked(self) -> Any:
        return self._lock

    def get(self, name: str) -> dict[str, Any] | None:
        return copy.deepcopy(self._rows.get(name))

    def put(self, name: str, row: dict[str, Any]) -> None:
        self._rows[name] = copy.deepcopy(row)

    def drop(self, name: str) -> None:
        self._rows.pop(name, None)


class CacheStore:
    """Rows in the cache that all web processes share, for a year and more; the database's lock keeps them apart."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield

    def get(self, name: str) -> dict[str, Any] | None:
        return cache.get(self._key(name))

    def put(self, name: str, row: dict[str, Any]) -> None:
        cache.set(self._key(name), row, timeout=KEPT)

    def drop(self, name: str) -> None:
        cache.delete(self._key(name))

    def _key(self, name: str) -> str:
        return f"card-standin:{hashlib.sha256(name.encode()).hexdigest()}"
