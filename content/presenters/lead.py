"""The lead story of a list: its newest entry, with a figure."""

from dataclasses import dataclass

from content.figures import FIGURES, DrawnFigure
from content.queries.entries import ListedPage

BY_NAME = {figure.name: figure for figure in FIGURES}


@dataclass(frozen=True)
class LeadStory:
    """An entry, and what is drawn beside it: a figure of its text, the emblem of its text, or the line of its day."""

    entry: ListedPage
    drawn: DrawnFigure | None
    has_emblem: bool
    number: int


def lead_story(entry: ListedPage) -> LeadStory:
    """The entry as the first of its list. What members read shows no figure of its text."""
    is_open = entry.is_public
    return LeadStory(
        entry,
        drawn=BY_NAME.get(entry.figure) if is_open else None,
        has_emblem=is_open and entry.has_emblem,
        number=int(f"{entry.published_at:%Y%m%d}"),
    )
