"""Reads of public data that are the same for every reader, remembered by each process until a revision.

    @remembered
    def years(at: datetime) -> tuple[CalendarLink, ...]:

A value ends with the next revision, after 30 seconds, or at the date that the read names with `lifetime.ends_at()`, and
the page or the read that it goes into ends with it. Never for what depends on a person.

Values and arguments are plain and cannot be changed: text, numbers, dates, tuples, frozen dataclasses of these. Rows of
models are neither. `at`, if a read has it, is its last argument; it is not part of the key, because what was read for
one instant is good until its end. What is asked for another time than now is not remembered, nor is None: addresses
that lead nowhere are without number.

Inside a transaction everything is asked anew, so that a change sees itself and nothing uncommitted is kept.
No lock is held while the database is asked. When a value has ended, each thread that wants it at that moment asks for
itself, as every request did before; a waiting thread could hold the connection that the asking one needs.
"""

import functools
import inspect
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone

from . import lifetime
from .page_cache import pages

log = structlog.get_logger(__name__)

BUDGET = 8 * 1024 * 1024  # bytes that one process remembers at most
LARGEST = 1024 * 1024  # bytes of a value that is still remembered
NOW = 5.0  # seconds that an instant may differ from the clock and still mean now
PLAIN = (str, bytes, int, float, Decimal, date, time_of_day, timedelta, type(None))

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Revision = tuple[int, int]


class NotPlain(TypeError):
    """A value that could be changed, or that holds on to the database; the text names it."""


@dataclass(frozen=True, slots=True)
class RememberedValue:
    """One answer, and how long it is good."""

    value: Any
    revision: Revision
    ends: float
    size: int  # 0 when it is not kept


@dataclass(slots=True)
class Memory:
    """What one process remembers, oldest first; the oldest end first and leave first."""

    entries: OrderedDict[Hashable, RememberedValue] = field(default_factory=OrderedDict)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def clear(self) -> None:
        with self.lock:
            self.entries.clear()
            self.size = 0

    def get(self, key: Hashable, revision: Revision) -> RememberedValue | None:
        entry = self.entries.get(key)
        return entry if entry is not None and entry.revision == revision and time.monotonic() < entry.ends else None

    def put(self, key: Hashable, entry: RememberedValue) -> None:
        with self.lock:
            if key in self.entries:
                self.size -= self.entries.pop(key).size
            self.entries[key] = entry
            self.size += entry.size
            while self.size > BUDGET or self._oldest_is_over(entry.revision):
                self.size -= self.entries.popitem(last=False)[1].size

    def _oldest_is_over(self, revision: Revision) -> bool:
        oldest = next(iter(self.entries.values()), None)
        return oldest is not None and (oldest.revision < revision or oldest.ends <= time.monotonic())


memory = Memory()


def remembered(ask: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Mark a read whose answer is public and the same for everybody; it is called without keywords."""
    names = list(inspect.signature(ask).parameters)
    has_at = bool(names) and names[-1] == "at"
    if "at" in names[:-1]:
        raise TypeError(f"{ask.__qualname__}: `at` is the last argument of a remembered read.")

    @functools.wraps(ask)
    def answer(*args: Any) -> Any:
        given, at = (args[:-1], args[-1]) if has_at else (args, None)
        return recall(ask, given, functools.partial(ask, *args), at)

    return answer  # type: ignore[return-value]  # the same signature, without keywords


def recall(source: Hashable, given: tuple[Any, ...], ask: Callable[[], Any], at: datetime | None = None) -> Any:
    """What `ask` answers for these plain arguments of a source, from memory while that is good."""
    if not _may_remember(at):
        value = ask()
        if settings.CHECK_REMEMBERED:
            _check(source, given, value)
        return value
    key = (source, *given)
    revision = pages.now_at()  # before the read, so that a change meanwhile makes the value stale
    entry = memory.get(key, revision)
    if entry is None:
        entry = _asked(source, given, ask, revision)
        if entry.size and time.monotonic() < entry.ends:
            memory.put(key, entry)
    lifetime.shorten(entry.ends)
    return entry.value


def _may_remember(at: datetime | None) -> bool:
    return (
        settings.REMEMBERED_READS
        and not connection.in_atomic_block
        and (at is None or abs((timezone.now() - at).total_seconds()) < NOW)
    )


def _asked(source: Hashable, given: tuple[Any, ...], ask: Callable[[], Any], revision: Revision) -> RememberedValue:
    with lifetime.limited() as life:
        value = ask()
    return RememberedValue(value, revision, life.ends, 0 if value is None else _size_of(source, given, value))


def _size_of(source: Hashable, given: tuple[Any, ...], value: Any) -> int:
    """The bytes of an entry; 0 for what is too large, and, with a line in the log, for what may not be remembered."""
    try:
        size = _check(source, given, value)
    except NotPlain as wrong:
        if settings.CHECK_REMEMBERED:
            raise
        log.error("remembered.not_plain", error=str(wrong))
        return 0
    return size if size <= LARGEST else 0


def _check(source: Hashable, given: tuple[Any, ...], value: Any) -> int:
    try:
        return weigh(given) + weigh(value)
    except NotPlain as wrong:
        raise NotPlain(f"{getattr(source, '__qualname__', source)}: {wrong}") from None


def weigh(value: Any) -> int:
    """About how many bytes a plain value takes. Raises NotPlain for any other."""
    size = sys.getsizeof(value)
    if isinstance(value, PLAIN):
        return size
    if isinstance(value, tuple | frozenset):
        return size + sum(map(weigh, value))
    if is_dataclass(value) and not isinstance(value, type) and _is_frozen(value):
        size += sys.getsizeof(getattr(value, "__dict__", None))
        return size + sum(weigh(getattr(value, one.name)) for one in fields(value))
    raise NotPlain(f"{type(value).__qualname__} may not be remembered.")


def _is_frozen(value: Any) -> bool:
    return value.__dataclass_params__.frozen
