"""Full text search in PostgreSQL: stored vectors, one configuration, matches that forgive a slip of the pen.

The configuration `site_english` stems English and folds accents; a migration of this app creates it.
"""

import re
from collections.abc import Sequence

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, QuerySet, Value
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

CONFIG = "site_english"
LONGEST_QUERY = 200
START, STOP = "\ue000", "\ue001"  # private-use marks that stand for <mark> until the text is escaped


def vector(*parts: tuple[str, str]) -> models.GeneratedField:
    """A stored search column over (field, weight) pairs; PostgreSQL keeps it up to date. HTML tags are not words."""
    expression = None
    for name, weight in parts:
        piece = SearchVector(name, config=CONFIG, weight=weight)
        expression = piece if expression is None else expression + piece
    return models.GeneratedField(expression=expression, output_field=SearchVectorField(), db_persist=True)


def index(name: str, field: str = "search") -> GinIndex:
    return GinIndex(fields=[field], name=name)


def tidy(query: str) -> str:
    """The typed words on one line without control marks, at most 200 characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", query).split())[:LONGEST_QUERY]


def to_query(query: str) -> SearchQuery:
    """Words, "phrases", OR and -without, as people type them; no input is a syntax error."""
    return SearchQuery(tidy(query), config=CONFIG, search_type="websearch")


def match(queryset: QuerySet, query: str, *, field: str = "search") -> QuerySet:
    """The rows that match, best first, with `rank`. The rank is of the rows that match only; the caller limits."""
    words = to_query(query)
    return queryset.filter(**{field: words}).annotate(rank=SearchRank(F(field), words)).order_by("-rank", "-pk")


def excerpt_of(text_field: str, query: str) -> models.Func:
    """An annotation for a plain-text column: the matching passage with private marks; pass it to `highlight`."""
    return models.Func(
        Value(CONFIG),
        models.F(text_field),
        to_query(query),
        Value(f"StartSel={START}, StopSel={STOP}, MaxWords=32, MinWords=16, MaxFragments=1"),
        function="ts_headline",
        template="%(function)s(%(expressions)s)",
        output_field=models.TextField(),
    )


def highlight(text: str, words: str = "") -> SafeString:
    """Escaped text in which the marked passages, or the words typed, stand in <mark>."""
    if START not in text and words:
        text = _mark_words(text, re.findall(r"\w{2,}", words))
    return mark_safe(escape(text).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308 - escaped


def _mark_words(text: str, words: Sequence[str]) -> str:
    if not words:
        return text
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(rf"\b((?:{wanted})\w{{0,3}})", rf"{START}\1{STOP}", text, flags=re.IGNORECASE)
