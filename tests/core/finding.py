"""Searching in tests: find and show in one step."""

from typing import Any

from aapm_site.core.search import engine
from aapm_site.core.search.registry import SearchHit, SearchSource


def found(query: str, user: Any, source: SearchSource | None = None, limit: int = 10) -> list[SearchHit]:
    """The first hits for a query, in one source or in all."""
    matches = engine.find(query, user, None if source is None else [source])
    return engine.show(matches[:limit], query, user)
