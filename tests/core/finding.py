"""Searching in tests: find and show in one step."""

from typing import Any

from aapm_site.core import finding
from aapm_site.core.registries import SearchHit, SearchSource


def found(query: str, user: Any, source: SearchSource | None = None, limit: int = 10) -> list[SearchHit]:
    """The first hits for a query, in one source or in all."""
    matches = finding.find(query, user, None if source is None else [source])
    return finding.show(matches[:limit], query, user)
