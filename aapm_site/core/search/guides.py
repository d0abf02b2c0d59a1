"""What the words of a search mean beyond their letters: places that are meant by them, and other words for the same.

Rooms register guides. A best bet stands above what was found; other words are looked for together with those typed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..registry import Registry
from .query import spoken, tidy

MOST_BETS = 3
MOST_ALTERNATIVES = 8
_operator = re.compile(r"\"|(^|\s)-\w|\bor\b", re.IGNORECASE)


@dataclass(frozen=True)
class Bet:
    """A place that is meant by certain words, with a sentence about what is there."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class SearchGuide:
    """bets(typed) are the places meant by the words, the likeliest first; reworded(typed) says the same otherwise."""

    name: str
    bets: Callable[[str], Sequence[Bet]]
    reworded: Callable[[str], Sequence[str]]
    order: int = 100


search_guides: Registry[SearchGuide] = Registry()


def bets_for(typed: str) -> list[Bet]:
    """Three at most, none twice; nothing for nothing."""
    if not typed:
        return []
    return list({bet.url: bet for guide in search_guides for bet in guide.bets(typed)}.values())[:MOST_BETS]


def meant(typed: str) -> str:
    """The words as PostgreSQL looks for them: as typed, or any of the other ways to say it.

    Whoever writes quotation marks, a minus or OR has said exactly what is meant.
    """
    words = spoken(typed)
    if not words or _operator.search(words):
        return words
    return " OR ".join([words, *_alternatives(typed, words)])


def _alternatives(typed: str, words: str) -> Iterator[str]:
    found = {spoken(tidy(other)) for guide in search_guides for other in guide.reworded(typed)}
    yield from sorted(other for other in found if other and other != words and not _operator.search(other))[
        :MOST_ALTERNATIVES
    ]
