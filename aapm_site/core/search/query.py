"""Full text search in PostgreSQL: stored vectors, one configuration, matches that forgive a slip of the pen.

The configuration `site_english` stems English and folds accents; a migration of this app creates it.
"""

import functools
import operator
import re
import unicodedata
from collections.abc import Sequence

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

CONFIG = "site_english"
LONGEST_QUERY = 200
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
_idle_minus = re.compile(r"(?<=[^\w\s])-|-(?![\w\"])|(?<=\")-")
START, STOP = "\ue000", "\ue001"  # private-use marks that stand for <mark> until the text is escaped


def vector(*parts: tuple[str, str]) -> models.GeneratedField:
    """A stored search column over (field, weight) pairs; PostgreSQL keeps it up to date. HTML tags are not words."""
    pieces = [SearchVector(name, config=CONFIG, weight=weight) for name, weight in parts]
    expression = functools.reduce(operator.add, pieces)
    return models.GeneratedField(expression=expression, output_field=SearchVectorField(), db_persist=True)


def index(name: str, field: str = "search") -> GinIndex:
    return GinIndex(fields=[field], name=name)


def title_indexes(prefix: str) -> list[models.Index]:
    """What a large table needs to be found by its titles: by their words, as a whole, and with slips in them."""
    return [
        GinIndex(title_words(), name=f"{prefix}_title_words"),
        models.Index(Lower("title"), name=f"{prefix}_title_whole"),
        GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name=f"{prefix}_title_near"),
    ]


def title_words(field: str = "search") -> models.Func:
    """The words of weight A alone: those of the title. An index over it finds titles among many long texts."""
    return models.Func(
        F(field),
        function="ts_filter",
        template="%(function)s(%(expressions)s, '{a}')",
        output_field=SearchVectorField(),
    )


def tidy(query: str) -> str:
    """The typed words on one line without control, direction and private-use marks, at most 200 characters."""
    shown = "".join(" " if unicodedata.category(mark) in UNSEEN else mark for mark in query[: 4 * LONGEST_QUERY])
    return " ".join(shown.split())[:LONGEST_QUERY].rstrip()


def spoken(query: str) -> str:
    """The typed words as PostgreSQL may read them: a minus counts only right before a word or a quotation.

    Each of the others would be one more "not" upon a stack that holds thirty-two, and more of them are an error.
    """
    return _idle_minus.sub(" ", tidy(query))


def to_query(query: str) -> SearchQuery:
    """Words, "phrases", OR and -without, as people type them; no input is a syntax error."""
    return SearchQuery(spoken(query), config=CONFIG, search_type="websearch")


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
