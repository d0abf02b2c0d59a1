"""Steps that lead up to a day or follow it, such as reminders: which of them are due, and at which moment."""

from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, time
from typing import TypeVar

from django.utils import timezone

Step = TypeVar("Step")


def moment(day: date, clock: time) -> datetime:
    """A day at a time of the association's zone."""
    return timezone.make_aware(datetime.combine(day, clock))


def open_steps(
    steps: Sequence[tuple[Step, datetime]], *, sent: Container[Step], at: datetime, reached: datetime
) -> Iterator[tuple[Step, datetime]]:
    """Those of the steps, given in order, that are due by `at`, were not sent, and were not overtaken.

    A step is overtaken when a later one is reached: after a standstill the earlier ones would no longer be true.
    """
    for place, (step, when) in enumerate(steps):
        overtaken = any(later <= reached for _, later in steps[place + 1 :])
        if step not in sent and when <= at and not overtaken:
            yield step, when
