"""How a statement read over time, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from content.queries.history import Change
from content.queries.pages import PublicPage


@dataclass(frozen=True)
class HistoryLine:
    """One text: from when on it stood, what to know of it, until when (none: it stands), and where it is read."""

    since: datetime
    told: str
    until: datetime | None
    url: str


def history_lines(page: PublicPage, changes: Sequence[Change]) -> list[HistoryLine]:
    """The texts of a statement, newest first; the newest stands at the page itself."""
    return [_line(page, changes, place) for place in range(len(changes))]


def _line(page: PublicPage, changes: Sequence[Change], place: int) -> HistoryLine:
    change = changes[place]
    if place == 0:
        told = "Published. It has not changed since." if len(changes) == 1 else "The text that stands now."
        return HistoryLine(change.since, told, None, page.path)
    told = "Published; it read like this until" if place == len(changes) - 1 else "Changed; it read like this until"
    return HistoryLine(
        change.since, told, change.until, reverse("content:news-version", args=[page.slug, change.number])
    )
