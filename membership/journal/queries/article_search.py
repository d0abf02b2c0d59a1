"""The journal's own search: what everybody may read of every article, and full texts of those that a reader may read.

One statement, bounded: all that match, of those the newest, and only these are ranked. Full texts are looked for in
articles that `access.reach_of` gives this reader and in no others: neither a hit, a count nor an excerpt tells of them.

What stands in every article costs most, so two things are not read of many rows: the wide rows of articles, since the
columns that decide lie in an index of their own, and the words of a text, where their rank would be the same for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from aapm_site.core.search.query import CONFIG, START, STOP, spoken
from membership.access import JournalReach

NEWEST, NEWEST_PHRASES, FOUND = 200, 60, 200
NEWEST_READ = 1_500  # of abstracts, which are short
HEADLINE = f"StartSel={START}, StopSel={STOP}, MaxWords=40, MinWords=18, MaxFragments=1"
READ = 30_000  # characters of a section from which an excerpt is cut


@dataclass(frozen=True)
class ArticleCriteria:
    """What somebody looks for. Words may hold "phrases", OR and -without; of nothing but words, all may be empty."""

    words: str = ""
    author: str = ""
    first_year: int | None = None
    last_year: int | None = None
    type: str = ""  # slug of the article's type
    part: str = ""  # "", "abstract" or a kind of section

    @property
    def is_empty(self) -> bool:
        return self == ArticleCriteria(part=self.part)


@dataclass(frozen=True)
class SectionExcerpt:
    """Where in a full text the words stand, with marks for `query.highlight`."""

    title: str
    anchor: str
    text: str


QUERY, ALL_WORDS = (f"websearch_to_tsquery('{CONFIG}', %({name})s)" for name in ("words", "bare"))
# Words without places have the same rank in every text that holds all of them: it is asked for only where an OR leaves
# open which of them a text holds.
BODY_RANK = f"CASE WHEN {ALL_WORDS}::text LIKE '%%|%%' THEN ts_rank(w.words, {ALL_WORDS}) ELSE 0.1 END"
OUT = "a.published_on <= %(on)s AND (a.is_advance OR i.published_on <= %(on)s)"
# As models.article.free_on says.
FREE = "a.free_to_read OR a.free_from <= %(on)s OR %(on)s BETWEEN a.chosen_from AND a.chosen_until"
ARTICLES = "membership_article a LEFT JOIN membership_issue i ON i.id = a.issue_id"
SAYS = "querytree({}) NOT IN ('', 'T')"  # a query of nothing but “not” finds nothing


def find(criteria: ArticleCriteria, reach: JournalReach, on: date) -> list[tuple[int, bool]]:
    """Keys of at most two hundred articles, the best first, each with whether its full text was what matched."""
    values: dict[str, Any] = {"on": on}
    narrowed = _narrowed(criteria, values)
    if not criteria.words:
        sql = (
            f"SELECT a.id, false FROM {ARTICLES} WHERE {OUT}{narrowed} ORDER BY a.published_on DESC, a.id DESC "  # noqa: S608
            f"LIMIT {FOUND}"
        )
        return _rows(sql, values)
    values |= {"words": spoken(criteria.words), "bare": spoken(criteria.words.replace('"', " "))}
    arms = []
    if criteria.part in {"", "abstract"}:
        arms.append(_public_arm(criteria, narrowed))
    if criteria.part != "abstract" and (readable := _readable(reach, values)):
        arms.append(_body_arm(criteria, narrowed, readable, values))
    if not arms:
        return []
    return _rows(
        f"SELECT id, bool_or(in_text) FROM ({' UNION ALL '.join(arms)}) hits "  # noqa: S608
        f"GROUP BY id ORDER BY max(rank) DESC, max(published_on) DESC, id DESC LIMIT {FOUND}",
        values,
    )


def _narrowed(criteria: ArticleCriteria, values: dict[str, Any]) -> str:
    """The conditions beside the words."""
    asked = [
        ("a.published_on >= %(first)s", "first", criteria.first_year and date(criteria.first_year, 1, 1)),
        ("a.published_on <= %(last)s", "last", criteria.last_year and date(criteria.last_year, 12, 31)),
        ("a.type_id = (SELECT id FROM membership_articletype WHERE slug = %(type)s)", "type", criteria.type),
        # the vector finds by its index, of the names alone; the names themselves decide
        (
            f"a.search @@ plainto_tsquery('{CONFIG}', %(author)s) "
            f"AND to_tsvector('{CONFIG}', a.byline) @@ plainto_tsquery('{CONFIG}', %(author)s)",
            "author", criteria.author,
        ),
    ]  # fmt: skip
    said = [(sql, name, value) for sql, name, value in asked if value]
    values |= {name: value for _, name, value in said}
    return "".join(f" AND {sql}" for sql, _, _ in said)


def _public_arm(criteria: ArticleCriteria, narrowed: str) -> str:
    """Of what everybody may read. The places of a phrase's words are read of the newest that hold them all."""
    exact, newest = "", NEWEST
    if '"' in criteria.words:
        exact, newest = f" WHERE a.search @@ {QUERY}", NEWEST_READ
    holding = f"SELECT id FROM membership_article WHERE search @@ {ALL_WORDS} AND {SAYS.format(QUERY)}"  # noqa: S608
    return (
        f"({_newest(holding, narrowed, newest)} "  # noqa: S608
        f"SELECT n.id, ts_rank(a.search, {QUERY}) + 1 AS rank, n.published_on, false AS in_text "
        f"FROM n JOIN membership_article a ON a.id = n.id{exact} "
        f"ORDER BY n.published_on DESC, n.id DESC LIMIT {NEWEST})"
    )


def _body_arm(criteria: ArticleCriteria, narrowed: str, readable: str, values: dict[str, Any]) -> str:
    """By words without places first; phrases and kinds of section are asked of the sections of what is left."""
    exact, newest = "", NEWEST
    if '"' in criteria.words or criteria.part:
        of_kind = " AND s.kind = %(part)s" if criteria.part else ""
        values["part"] = criteria.part
        newest = NEWEST_PHRASES
        exact = (
            f" WHERE EXISTS (SELECT 1 FROM membership_articlesection s WHERE s.article_id = n.id "  # noqa: S608
            f"AND s.search @@ {QUERY}{of_kind})"
        )
    holding = (
        f"SELECT article_id AS id FROM membership_articlewords WHERE words @@ {ALL_WORDS} "  # noqa: S608
        f"AND {SAYS.format(ALL_WORDS)}"
    )
    return (
        f"({_newest(holding, f' AND {readable}{narrowed}', newest)} "  # noqa: S608
        f"SELECT n.id, {BODY_RANK} * 0.2 AS rank, n.published_on, true AS in_text "
        f"FROM n JOIN membership_articlewords w ON w.article_id = n.id{exact})"
    )


def _newest(holding: str, narrowed: str, limit: int) -> str:
    """`n`, the newest articles of those that hold the words.

    The words are asked for by themselves: joined at once, words that stand everywhere would be read in the order of the
    articles, each long row unpacked, instead of by their index. What decides on an article is read from an index that
    holds it (`membership_article_decided`), where nothing else is asked.
    """
    return (
        f"WITH holding AS MATERIALIZED ({holding}), "  # noqa: S608
        "matched AS MATERIALIZED (SELECT a.id, a.published_on FROM holding "
        "JOIN membership_article a ON a.id = holding.id LEFT JOIN membership_issue i ON i.id = a.issue_id "
        f"WHERE {OUT}{narrowed}), "
        f"n AS (SELECT id, published_on FROM matched ORDER BY published_on DESC, id DESC LIMIT {limit})"
    )


def _readable(reach: JournalReach, values: dict[str, Any]) -> str:
    """Of which articles this reader may read the text."""
    if reach.everything:
        return "true"
    spans = []
    for place, (first, last) in enumerate(reach.spans):
        values |= {f"from{place}": first, f"to{place}": last}
        spans.append(f"a.published_on BETWEEN %(from{place})s AND %(to{place})s")
    return f"({' OR '.join([FREE, *spans])})"


def _rows(sql: str, values: dict[str, Any]) -> list[Any]:
    """Without scans of whole tables: a sequential one would unpack every vector."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql, values)
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL enable_seqscan = on")
    return rows


def excerpts(keys: Sequence[int], criteria: ArticleCriteria) -> dict[int, SectionExcerpt]:
    """Of each article the first section that holds the words. Whoever asks has decided on each of these keys."""
    if not keys or not criteria.words:
        return {}
    of_kind = "AND s.kind = %(part)s" if criteria.part not in {"", "abstract"} else ""
    rows = _rows(
        f"SELECT k.id, s.title, s.anchor, ts_headline('{CONFIG}', left(s.text, {READ}), {QUERY}, '{HEADLINE}') "  # noqa: S608
        "FROM unnest(%(keys)s) AS k(id) "
        "CROSS JOIN LATERAL (SELECT title, anchor, text FROM membership_articlesection s "
        f"WHERE s.article_id = k.id AND s.search @@ {QUERY} {of_kind} ORDER BY s.order LIMIT 1) s",
        {"keys": list(keys), "words": spoken(criteria.words), "part": criteria.part},
    )
    return {key: SectionExcerpt(title, anchor, text) for key, title, anchor, text in rows}


def abstracts(keys: Sequence[int], words: str) -> dict[int, str]:
    """The passage of each abstract, or of the summary in plain words, that holds the words; everybody's."""
    if not keys or not words:
        return {}
    passage = (
        "concat_ws(' ', nullif(a.plain_summary, ''), left(regexp_replace(a.abstract, '<[^>]*(>|$)', ' ', 'g'), 4000))"
    )
    rows = _rows(
        f"SELECT a.id, ts_headline('{CONFIG}', {passage}, {QUERY}, '{HEADLINE}') FROM membership_article a "  # noqa: S608
        "WHERE a.id = ANY(%(keys)s)",
        {"keys": list(keys), "words": spoken(words)},
    )
    return dict(rows)
