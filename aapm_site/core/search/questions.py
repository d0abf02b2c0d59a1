"""The statements of the search: what matches, what a page of matches looks like, which titles are near.

Each is written once for the sources and what somebody may read of them, and kept in the process.
"""

from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, DateTimeField, F, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, JSONObject, Lower

from ..statements import WrittenStatement, written
from .query import CONFIG, START, STOP, title_words
from .registry import Rights, SearchSource
from .statements import BELOW, LOWER, PLAIN, TYPED, WORDS, Part, keys_of, part, union

NEAR = 40  # titles of one kind that are compared with what is being typed
MOST_OF_ONE_TITLE = 20
KEPT = 64  # statements of each sort; one for each set of rights and choice of sources
HEADLINE = f"StartSel={START}, StopSel={STOP}, MaxWords=34, MinWords=16, MaxFragments=1"
QUERY = f"websearch_to_tsquery('{CONFIG}', %s)"
MATCHED = SearchQuery(WORDS, config=CONFIG, search_type="websearch")
# A day's news counts in full; after two years about three quarters, and never less than six tenths.
FADED = "CASE WHEN dated IS NULL THEN 1 ELSE 0.6 + 0.4 * exp(-greatest(age_days, 0) / 730) END"

THIS_KIND = RawSQL("kinds.name", ())  # of `_of_each_kind`, one after the other

# Sources, each with what somebody may read of it.
Readable = tuple[tuple[SearchSource, Rights], ...]


@lru_cache(KEPT)
def matching(readable: Readable, most: int) -> WrittenStatement | None:
    """Source, kind and key of what matches, best first; None where nothing can be found.

    OFFSET 0 keeps the planner from working the score into each of the united parts, which takes longer than scoring.
    """
    parts = [part for source, rights in readable for part in _arms(source, rights, most)]
    if not parts:
        return None
    found, parameters = union(parts)
    sql = f"""
        SELECT source, kind, key FROM (
            SELECT source, kind, key,
                (ts_rank(words, {QUERY}) + CASE WHEN ts_filter(words, '{{a}}') @@ {QUERY} THEN 1 ELSE 0 END) * {FADED}
                + CASE WHEN trim(regexp_replace(lower(title), '[^[:alnum:]]+', ' ', 'g')) = %s THEN 10 ELSE 0 END
                - CASE WHEN source = ANY(%s) THEN 5 ELSE 0 END
                AS score
            FROM (
                SELECT *, extract(epoch FROM now() - dated)::float8 / 86400 AS age_days
                FROM ({found} OFFSET 0) AS found(source, kind, key, title, dated, words)
            ) AS aged
            WHERE querytree({QUERY}) NOT IN ('', 'T')
        ) AS scored
        GROUP BY source, kind, key ORDER BY max(score) DESC, key DESC, kind
    """  # noqa: S608 - made of the ORM's own statements and placeholders
    return written(sql, (WORDS, WORDS, PLAIN, BELOW, *parameters, WORDS))


@lru_cache(KEPT)
def describing(readable: Readable) -> WrittenStatement | None:
    """Source, kind, key, data and excerpt of chosen keys; `keys_of(source.name)` are bound when it runs."""
    parts: list[Part] = []
    for source, rights in readable:
        rows = _described(source, source.rows(rights).filter(pk=keys_of(source.name))).annotate(s_text=source.text)
        parts += part(rows.values_list("s_source", "s_kind", "pk", "s_data", "s_text"))
    if not parts:
        return None
    found, parameters = union(parts)
    sql = (
        f"SELECT source, kind, key, data, ts_headline('{CONFIG}', passage, {QUERY}, '{HEADLINE}') "  # noqa: S608
        f"FROM ({found}) AS found(source, kind, key, data, passage)"
    )
    return written(sql, (WORDS, *parameters))


@lru_cache(KEPT)
def nearing(readable: Readable, limit: int) -> WrittenStatement | None:
    """Source, kind, key, data and no excerpt of titles near to what is typed, the nearest first."""
    parts = [part for source, rights in readable for part in _near_titles(source, rights)]
    if not parts:
        return None
    found, parameters = union(parts)
    sql = (
        f"SELECT source, kind, key, data, '' FROM (SELECT DISTINCT * FROM ({found})"  # noqa: S608
        " AS found(source, kind, key, title, data)) AS near "
        "ORDER BY source = ANY(%s), starts_with(lower(title), lower(%s)) DESC, word_similarity(%s, title) DESC, "
        "length(title), source, key LIMIT %s"
    )
    return written(sql, (*parameters, BELOW, TYPED, TYPED, limit))


def _arms(source: SearchSource, rights: Rights, most: int) -> list[Part]:
    """What of a source may match, each arm by an index and with a limit."""
    rows = source.rows(rights)
    newest = _newest(source)
    arms = _of_each_kind(source, _ranked(source, rows.filter(**{source.search: MATCHED})).order_by(*newest), most)
    if source.large:
        in_title = rows.alias(s_title_words=title_words(source.search)).filter(s_title_words=MATCHED)
        arms += part(_ranked(source, in_title).order_by(*newest)[:most])
        same = rows.alias(s_lower=Lower(source.title)).filter(s_lower=LOWER)
        arms += part(_ranked(source, same).order_by()[:MOST_OF_ONE_TITLE])
    return arms


def _near_titles(source: SearchSource, rights: Rights) -> list[Part]:
    """Titles that begin like it, and of each kind the newest that are like it."""
    columns = ("s_source", "s_kind", "pk", source.title, "s_data")
    rows = _described(source, source.rows(rights))
    like = rows.filter(**{f"{source.title}__trigram_word_similar": TYPED}).order_by(*_newest(source))
    arms = _of_each_kind(source, like.values_list(*columns), NEAR)
    if source.large:
        begins = rows.alias(s_lower=Lower(source.title)).filter(s_lower__startswith=LOWER).order_by("s_lower")
        arms += part(begins[:MOST_OF_ONE_TITLE].values_list(*columns))
    return arms


def _of_each_kind(source: SearchSource, rows: QuerySet, most: int) -> list[Part]:
    """So many rows of each kind, so that many news never crowd out a page; planned once for all kinds."""
    if not source.kind:
        return part(rows[:most])
    names = tuple(kind.name for kind in source.kinds)
    turns = f"unnest(ARRAY[{', '.join(['%s'] * len(names))}]) AS kinds(name)"
    return [
        (f"SELECT of_kind.* FROM {turns} CROSS JOIN LATERAL ({sql}) AS of_kind", (*names, *parameters))  # noqa: S608
        for sql, parameters in part(rows.filter(**{source.kind: THIS_KIND})[:most])
    ]


def _newest(source: SearchSource) -> tuple[str, ...]:
    return (f"-{source.dated}", "-pk") if source.dated else ("-pk",)


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
