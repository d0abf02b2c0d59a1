"""Finding over all rooms: each registers its rows (registry.SearchSource), and one statement ranks them together.

Patients are served first: what a source says most people do not mean stands below all else (`asked_by`), and guides say
which other words mean the same (`guides`).

Every part is bounded. Of each kind the newest matches are ranked, those with the words in the title whatever their
age; counts end at "100+"; excerpts are made for the page that is shown. Access is the source's own rights and rows,
asked again when a page is shown, so that nothing else can be counted, shown or suggested.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from .guides import meant
from .query import START, STOP, tidy
from .questions import Readable, describing, matching, nearing
from .registry import SearchHit, SearchKind, SearchSource, search_sources

MOST = 150  # matches of one kind that are ranked; more than are ever counted
COUNTED = 100
LEAST_TYPED = 2
CLOSING = ".?!:”)"


class Match(NamedTuple):
    """Something found, not yet read."""

    source: str
    kind: str
    key: int


def kinds() -> list[SearchKind]:
    """All kinds, in the order of their sources."""
    return [kind for source in search_sources for kind in source.kinds]


def find(query: str, user: Any, sources: Iterable[SearchSource] | None = None) -> list[Match]:
    """The matches that the person may read, best first; one statement for all sources.

    Words only to be left out, or only such as "the", find nothing instead of everything.
    """
    typed = tidy(query)
    at = timezone.now()
    statement = matching(_readable(sources or search_sources, user, at), MOST) if typed else None
    if statement is None:
        return []
    lower = typed.lower()
    plain = re.sub(r"[\W_]+", " ", lower).strip()
    words = {"words": meant(typed), "lower": lower, "plain": plain, "below": _below(typed)}
    return list(map(Match._make, statement.rows(**words, **_moment(at))))


def show(matches: Sequence[Match], query: str, user: Any) -> list[SearchHit]:
    """The hits of one page, in order, with excerpts; one statement. What may not be read any more is left out."""
    at = timezone.now()
    keys = {source.name: [match.key for match in matches if match.source == source.name] for source in search_sources}
    statement = describing(_readable((source for source in search_sources if keys[source.name]), user, at))
    if statement is None:
        return []
    rows = statement.rows(words=meant(query), **keys, **_moment(at))
    known = _made([(*head, _open_ended(excerpt)) for *head, excerpt in rows], user)
    return told_apart([known[match] for match in matches if match in known])


def _readable(sources: Iterable[SearchSource], user: Any, at: datetime) -> Readable:
    """The sources with what the person may read of each, which is all that their statements may depend on."""
    return tuple((source, source.rights(user, at)) for source in sources)


def _below(typed: str) -> list[str]:
    """The sources for which nobody asked with these words."""
    words = re.findall(r"[^\W_]+", typed.lower())
    return [source.name for source in search_sources if source.stands_below(words)]


def _moment(at: datetime) -> dict[str, Any]:
    return {"now": at, "today": timezone.localdate(at)}


def _open_ended(excerpt: str) -> str:
    """A passage cut out of a text says so at both ends."""
    shown = excerpt.replace(START, "").replace(STOP, "").strip()
    before = "… " if shown[:1].islower() else ""
    return f"{before}{excerpt.strip()}{'' if not shown or shown[-1] in CLOSING else ' …'}"


def counts(matches: Iterable[Match]) -> dict[str, int]:
    """How many of each kind."""
    return dict(Counter(match.kind for match in matches))


def suggest(typed: str, limit: int, sources: Iterable[SearchSource] | None = None) -> list[SearchHit]:
    """Titles near to what is being typed, slips forgiven; one statement. Public ones only, whoever asks."""
    typed = tidy(typed)
    at, anybody = timezone.now(), AnonymousUser()
    statement = None
    if len(typed) >= LEAST_TYPED:
        statement = nearing(_readable(sources or search_sources, anybody, at), limit)
    if statement is None:
        return []
    rows = statement.rows(typed=typed, lower=typed.lower(), below=_below(typed), **_moment(at))
    return told_apart(list(_made(rows, anybody).values()))


def _made(rows: Iterable[tuple[Any, ...]], user: Any) -> dict[Match, SearchHit]:
    """Hits by what was matched, in the order of the rows; each source makes its own at once."""
    rows = list(rows)
    made: dict[Match, SearchHit] = {}
    for source in search_sources:
        own = [(kind, key, json.loads(data), passage) for name, kind, key, data, passage in rows if name == source.name]
        hits = source.hits([(kind, data, passage) for kind, _, data, passage in own], user) if own else []
        made |= {Match(source.name, kind, key): hit for (kind, key, _, _), hit in zip(own, hits, strict=True)}
    order = [Match(name, kind, key) for name, kind, key, _, _ in rows]
    return {match: made[match] for match in order}


def told_apart(hits: Sequence[SearchHit]) -> list[SearchHit]:
    """The hits, those of one title and of the same words around it with the end of their address as well."""
    seen = Counter(_around(hit) for hit in hits)
    return [replace(hit, meta=_with_address(hit)) if seen[_around(hit)] > 1 else hit for hit in hits]


def _around(hit: SearchHit) -> tuple[Any, ...]:
    """All by which a reader knows a hit before opening it."""
    return hit.title.casefold(), hit.kind, hit.place, hit.on, hit.meta


def _with_address(hit: SearchHit) -> str:
    return " · ".join(part for part in (hit.meta, unquote(hit.url)) if part)
