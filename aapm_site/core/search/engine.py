"""Finding over all rooms: each registers its rows (registry.SearchSource), and one statement ranks them together.

Every part is bounded. Of each kind the newest matches are ranked, those with the words in the title whatever their
age; counts end at "100+"; excerpts are made for the page that is shown. Access is the source's own rows(user), asked
again when a page is shown, so that nothing else can be counted, shown or suggested.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, DateTimeField, F, QuerySet, Value, When
from django.db.models.functions import Cast, JSONObject, Lower

from .query import CONFIG, START, STOP, spoken, tidy, title_words, to_query
from .registry import SearchHit, SearchKind, SearchSource, search_sources

MOST = 150  # matches of one kind that are ranked; more than are ever counted
MOST_OF_ONE_TITLE = 20
COUNTED = 100
NEAR = 40  # titles of one kind that are compared with what is being typed
LEAST_TYPED = 2
HEADLINE = f"StartSel={START}, StopSel={STOP}, MaxWords=34, MinWords=16, MaxFragments=1"
CLOSING = ".?!:”)"
QUERY = f"websearch_to_tsquery('{CONFIG}', %s)"
# A day's news counts in full; after two years about three quarters, and never less than six tenths.
FADED = "CASE WHEN dated IS NULL THEN 1 ELSE 0.6 + 0.4 * exp(-greatest(age_days, 0) / 730) END"

Part = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Match:
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
    parts = [part for source in sources or search_sources for part in _arms(source, typed, user)]
    if not typed or not parts:
        return []
    found, parameters = _union(parts)
    sql = f"""
        SELECT source, kind, key, max(score) AS score FROM (
            SELECT source, kind, key,
                (ts_rank(words, {QUERY}) + CASE WHEN ts_filter(words, '{{a}}') @@ {QUERY} THEN 1 ELSE 0 END) * {FADED}
                + CASE WHEN trim(regexp_replace(lower(title), '[^[:alnum:]]+', ' ', 'g')) = %s THEN 10 ELSE 0 END
                AS score
            FROM (
                SELECT *, extract(epoch FROM now() - dated)::float8 / 86400 AS age_days
                FROM ({found}) AS found(source, kind, key, title, dated, words)
            ) AS aged
            WHERE querytree({QUERY}) NOT IN ('', 'T')
        ) AS scored
        GROUP BY source, kind, key ORDER BY score DESC, key DESC, kind
    """  # noqa: S608 - made of the ORM's own statements and placeholders
    words = spoken(typed)
    plain = re.sub(r"[\W_]+", " ", typed.lower()).strip()
    rows = _rows(sql, (words, words, plain, *parameters, words))
    return [Match(source, kind, key) for source, kind, key, _ in rows]


def show(matches: Sequence[Match], query: str, user: Any) -> list[SearchHit]:
    """The hits of one page, in order, with excerpts; one statement. What may not be read any more is left out."""
    parts = []
    for source in search_sources:
        keys = [match.key for match in matches if match.source == source.name]
        if keys:
            rows = _described(source, source.rows(user).filter(pk__in=keys)).annotate(s_text=source.text)
            parts += _part(rows.values_list("s_source", "s_kind", "pk", "s_data", "s_text"))
    if not parts:
        return []
    found, parameters = _union(parts)
    sql = (
        f"SELECT source, kind, key, data, ts_headline('{CONFIG}', passage, {QUERY}, '{HEADLINE}') "  # noqa: S608
        f"FROM ({found}) AS found(source, kind, key, data, passage)"
    )
    found_rows = _rows(sql, (spoken(query), *parameters))
    known = _made([(*head, _open_ended(excerpt)) for *head, excerpt in found_rows], user)
    return [known[match] for match in matches if match in known]


def _open_ended(excerpt: str) -> str:
    """A passage cut out of a text says so at both ends."""
    shown = excerpt.replace(START, "").replace(STOP, "").strip()
    before = "… " if shown[:1].islower() else ""
    return f"{before}{excerpt.strip()}{'' if not shown or shown[-1] in CLOSING else ' …'}"


def counts(matches: Iterable[Match]) -> dict[str, int]:
    """How many of each kind."""
    numbers: dict[str, int] = {}
    for match in matches:
        numbers[match.kind] = numbers.get(match.kind, 0) + 1
    return numbers


def suggest(typed: str, limit: int, sources: Iterable[SearchSource] | None = None) -> list[SearchHit]:
    """Titles near to what is being typed, slips forgiven; one statement. Public ones only, whoever asks."""
    typed = tidy(typed)
    if len(typed) < LEAST_TYPED:
        return []
    parts = [part for source in sources or search_sources for part in _near_titles(source, typed)]
    if not parts:
        return []
    found, parameters = _union(parts)
    sql = (
        f"SELECT source, kind, key, data, '' FROM (SELECT DISTINCT * FROM ({found})"  # noqa: S608
        " AS found(source, kind, key, title, data)) AS near "
        "ORDER BY starts_with(lower(title), lower(%s)) DESC, word_similarity(%s, title) DESC, length(title), "
        "source, key LIMIT %s"
    )
    return list(_made(_rows(sql, (*parameters, typed, typed, limit)), AnonymousUser()).values())


def _near_titles(source: SearchSource, typed: str) -> list[Part]:
    """Titles that begin like it, and of each kind the newest that are like it."""
    rows = _described(source, source.rows(AnonymousUser()))
    arms = [
        near.order_by(*_newest(source))[:NEAR]
        for near in _by_kind(source, rows.filter(**{f"{source.title}__trigram_word_similar": typed}))
    ]
    if source.large:
        begins = rows.alias(s_lower=Lower(source.title)).filter(s_lower__startswith=typed.lower())
        arms.append(begins.order_by("s_lower")[:MOST_OF_ONE_TITLE])
    return [part for arm in arms for part in _part(arm.values_list("s_source", "s_kind", "pk", source.title, "s_data"))]


def _arms(source: SearchSource, typed: str, user: Any) -> list[Part]:
    """What of a source may match, each arm by an index and with a limit."""
    rows = source.rows(user)
    words = to_query(typed)
    ordered = _newest(source)
    arms = [
        kind_rows.filter(**{source.search: words}).order_by(*ordered)[:MOST] for kind_rows in _by_kind(source, rows)
    ]
    if source.large:
        in_title = rows.alias(s_title_words=title_words(source.search)).filter(s_title_words=words)
        same = rows.alias(s_lower=Lower(source.title)).filter(s_lower=typed.lower())
        arms += [in_title.order_by(*ordered)[:MOST], same.order_by()[:MOST_OF_ONE_TITLE]]
    return [part for arm in arms for part in _part(_ranked(source, arm))]


def _newest(source: SearchSource) -> tuple[str, ...]:
    return (f"-{source.dated}", "-pk") if source.dated else ("-pk",)


def _by_kind(source: SearchSource, rows: QuerySet) -> list[QuerySet]:
    """The rows of each kind apart: so many news never crowd out a page."""
    return [rows.filter(**{source.kind: kind.name}) for kind in source.kinds] if source.kind else [rows]


def _ranked(source: SearchSource, rows: QuerySet) -> QuerySet:
    return rows.annotate(s_source=Value(source.name), s_kind=_kind(source), s_dated=_fading(source)).values_list(
        "s_source", "s_kind", "pk", source.title, "s_dated", source.search
    )


def _fading(source: SearchSource) -> Any:
    """The date of what counts less as it grows older; NULL for everything else."""
    fading = [kind.name for kind in source.kinds if kind.fades]
    nothing = Cast(Value(None), DateTimeField())
    if not fading:
        return nothing
    dated = Cast(F(source.dated), DateTimeField())
    return Case(When(**{f"{source.kind}__in": fading}, then=dated), default=nothing) if source.kind else dated


def _kind(source: SearchSource) -> Any:
    return F(source.kind) if source.kind else Value(source.kinds[0].name)


def _described(source: SearchSource, rows: QuerySet) -> QuerySet:
    return rows.annotate(s_source=Value(source.name), s_kind=_kind(source), s_data=JSONObject(**source.data))


def _part(rows: QuerySet) -> list[Part]:
    """A statement and its parameters; none when the ORM knows that nothing can come of it."""
    try:
        return [rows.query.sql_with_params()]
    except EmptyResultSet:
        return []


def _union(parts: Sequence[Part]) -> Part:
    sql = " UNION ALL ".join(f"({sql})" for sql, _ in parts)
    return sql, tuple(value for _, values in parts for value in values)


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


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
