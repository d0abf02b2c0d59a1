"""Published answers: the list by topic, and those that may fit what somebody is about to ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.search.query import LONGEST_QUERY, tidy, to_query
from content.models import Page, Topic
from content.models.page import PageQuerySet
from content.queries.entries import ListedPage
from content.queries.topics import PublicTopic
from content.states import PageKind

SUGGESTIONS = 4
MOST_WORDS = 12
SHORTEST_WORD = 3
# Below this only a summary or a long text has met a word or two; a title counts more.
LEAST_RANK = 0.3
# Words that most questions here hold; alone they say nothing about what is asked.
COMMON_WORDS = """
all and any are ask bad but can day days did for got had has her him his how its let may new not now off old one our
out put say see she the too two use was way who why yes you
about after also because been before being could does dont feel feels from get gets give have having help here hurt
hurts into just know like long make many more most much need never only other over pain pains painful people please
question really should some someone something sometimes still take takes tell than thank thanks that their them then
there these they thing think this those time very want well were what when where which while will with without would
year years your doctor
"""
COMMON = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True)
class Boundary:
    """When the clock changes something, if it will."""

    at: datetime | None


def answers() -> PageQuerySet:
    """Every answer for everybody, public or not yet."""
    return Page.objects.filter(kind=PageKind.ANSWER).public()


def listed(at: datetime, *, topic: int | None = None, words: str = "") -> PageQuerySet:
    """What the list shows: newest first, or best first when words are looked for."""
    rows = answers().published(at).select_related("topic").defer("body", "search")
    if topic:
        rows = rows.filter(topic=topic)
    return _best_first(rows, words) if words else rows.newest_first()


@remembered
def next_change(at: datetime) -> Boundary:
    """When the clock alone will change the answers; one query."""
    known = Boundary(answers().next_change(at))
    lifetime.ends_at(known.at)
    return known


@remembered
def number_of(topic: int | None, until: datetime | None, at: datetime) -> int:
    """How many answers there are, of one topic if it is given, until the next change; one query."""
    lifetime.ends_at(until)
    return listed(at, topic=topic).count()


@remembered
def newest(topic: int | None, number: int, size: int, until: datetime | None, at: datetime) -> tuple[ListedPage, ...]:
    """One page of the list without words, until the next change; one query."""
    lifetime.ends_at(until)
    return shown(listed(at, topic=topic)[(number - 1) * size : number * size])


def shown(rows: Iterable[Page]) -> tuple[ListedPage, ...]:
    return tuple(ListedPage.of(row, topic=PublicTopic.of(row.topic)) for row in rows)


def _best_first(rows: PageQuerySet, words: str) -> PageQuerySet:
    """The rows that match what was typed, with their rank; the condition is answered by the index of the vectors."""
    query = to_query(words)
    return rows.filter(search=query).annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-pk")


@remembered
def topics(at: datetime) -> tuple[PublicTopic, ...]:
    """The topics that have answers, each with their number; one query."""
    counted = Topic.objects.filter(answers__in=answers().published(at).order_by())
    rows = counted.annotate(number=Count("answers")).order_by("order", "name")
    return tuple(PublicTopic.of(row, row.number) for row in rows)


def telling(question: str) -> list[str]:
    """The words of a question that say what it is about, in its order, at most twelve."""
    words = re.findall(r"[^\W\d_]+", tidy(question).lower())
    said = list(dict.fromkeys(word for word in words if len(word) >= SHORTEST_WORD and word not in COMMON))
    while len(" or ".join(said[:MOST_WORDS])) > LONGEST_QUERY:
        said.pop()
    return said[:MOST_WORDS]


def suggested(question: str, at: datetime) -> list[Page]:
    """At most four published answers that may fit; one query by the index, none for nothing typed."""
    words = telling(question)
    if not words:
        return []
    rows = answers().published(at).only("title", "path", "summary")
    found = _best_first(rows, " or ".join(words))[:SUGGESTIONS]
    return [page for page in found if page.rank >= LEAST_RANK]
