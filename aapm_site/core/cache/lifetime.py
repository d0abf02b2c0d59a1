"""How long what is being made may be kept: a page, or a value that is remembered for many pages.

Whatever goes into it may shorten that: a date at which the clock changes something, or a part that was made earlier. So
a page made from a value that is 29 seconds old lives one second, and nothing is older than LIFE in all.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

LIFE = 30.0  # seconds that anything is kept at most


@dataclass(slots=True)
class Lifetime:
    """When something ends, by the clock that never goes back (`time.monotonic`)."""

    ends: float


_current: ContextVar[Lifetime | None] = ContextVar("lifetime", default=None)


@contextmanager
def limited() -> Iterator[Lifetime]:
    """What is made inside lives LIFE from now, or less; its end is not told to what surrounds it."""
    lifetime = Lifetime(time.monotonic() + LIFE)
    before = _current.set(lifetime)
    try:
        yield lifetime
    finally:
        _current.reset(before)


def shorten(ends: float) -> None:
    """What is being made ends at this moment of the monotonic clock at the latest."""
    lifetime = _current.get()
    if lifetime is not None and ends < lifetime.ends:
        lifetime.ends = ends


def ends_at(at: datetime | None) -> None:
    """What is being made shows something else from this date on."""
    if at is not None:
        shorten(moment(at))


def moment(at: datetime) -> float:
    """A date on the monotonic clock."""
    return time.monotonic() + (at - timezone.now()).total_seconds()
