"""Readers whom a room knows besides everybody and the members: what their audiences are called, and what is for them.

A page says by a word who reads it (`group:headache`). The room that knows these readers registers their names here, so
that editors choose among them; the room that has the pages registers how to list what is for one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .cache.remembered import remembered
from .registry import Registry

Pair = tuple[str, str]


@dataclass(frozen=True)
class AudienceSource:
    """Audiences with their names: `offered()` are those that editors may choose, `known()` also what is over."""

    name: str
    offered: Callable[[], tuple[Pair, ...]]
    known: Callable[[], tuple[Pair, ...]]
    order: int = 100


@dataclass(frozen=True)
class AudienceEntry:
    """One page or document that is for an audience, as a list shows it."""

    title: str
    url: str
    summary: str = ""


@dataclass(frozen=True)
class AudienceShelf:
    """What a room holds for one audience and has published: entries(audience), in their order."""

    name: str
    entries: Callable[[str], tuple[AudienceEntry, ...]]
    order: int = 100


audience_sources: Registry[AudienceSource] = Registry()
audience_shelves: Registry[AudienceShelf] = Registry()


def offered_audiences() -> list[Pair]:
    """What editors may choose besides everybody and the members."""
    return [pair for source in audience_sources for pair in source.offered()]


@remembered
def known_audiences() -> tuple[Pair, ...]:
    """All audiences that have a name, asked once for many rows of a list."""
    return tuple(pair for source in audience_sources for pair in source.known())


def audience_name(audience: str) -> str:
    """What an audience is called; "" for one that no room knows."""
    return dict(known_audiences()).get(audience, "")


def entries_for(audience: str) -> list[AudienceEntry]:
    """Everything published for one audience, of all rooms. The caller has made sure that the reader may see it."""
    return [entry for shelf in audience_shelves for entry in shelf.entries(audience)]
