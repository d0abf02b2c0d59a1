"""How far something is, and what has happened to it: one shape for orders, jobs and applications.

A room's presenter fills it; templates/components/timeline.html and history.html show it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ..transitions import StatusChange


@dataclass(frozen=True)
class Milestone:
    """One mark of a line: done, now, or still to come; with a few words, a date, or both ("since", May 3)."""

    title: str
    words: str = ""
    on: date | datetime | None = None
    is_done: bool = False
    is_now: bool = False


@dataclass(frozen=True)
class Timeline:
    """The marks from the first step to the last; the label says of what, to who does not see the line."""

    label: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class HistoryRow:
    """One thing that has happened. A change of state names the new one, which gives the row its mark."""

    what: str
    on: date | datetime
    by: str = ""
    note: str = ""
    status: str = ""
    tone: str = ""


def row_of_change(change: StatusChange, *, by: str = "") -> HistoryRow:
    """A change of state under the new state's name; who made it is said as the reader may know it."""
    return HistoryRow(change.label, change.at, by=by, note=change.reason, status=change.to_status)
