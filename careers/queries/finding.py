"""One page of a search, and how many positions each further filter would leave: a statement or two over the entries.

All sets are cut off past a thousand, so that a search costs about the same whatever it finds: the set of what fits, and
for each filter that is chosen the set without it, in which its other values are counted. A page of what fits in a
thousand comes out of the set. Of more, the order of an index finds the page by date or pay; the best matches and the
nearest are sought among the newest few hundred. So is pay where a least pay is asked: those who state none stand last
in that order, and may be all that fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection

from aapm_site.core.search import query

from ..choices import JobSort
from ..criteria import ANY_OF, JobCriteria
from ..models.seen import SEEN_JOBS
from .near import NEAREST, WITHIN, cells, point

QUERY = f"websearch_to_tsquery('{query.CONFIG}', %s)"
NEWEST_FIRST = "featured DESC, starts_at DESC, job_id DESC"
NO_FACETS = ("employer", "pay")  # of their tags nobody chooses one
FACETS = tuple(key for key in ANY_OF if key not in NO_FACETS)
COUNTED = (*FACETS, "terms", "remote")
CASTS: dict[str, str] = {
    JobSort.NEWEST: "boolean",
    JobSort.PAY: "int",
    JobSort.RELEVANCE: "real",
    JobSort.DISTANCE: "float8",
}
AMONG_THE_NEWEST = (JobSort.RELEVANCE, JobSort.DISTANCE)
NEWEST = 400  # how many of them: each is looked at, and its words are read


@dataclass(frozen=True)
class Part:
    """A piece of SQL over the entries, with what it is asked with."""

    sql: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True)
class PageKey:
    """The place in an order from which to go on: the score, the moment and the number of a job."""

    score: Any
    starts_at: datetime
    number: int
    is_before: bool = False


@dataclass(frozen=True)
class FoundNumbers:
    """The jobs of a page, with one more if there is one, how many fit in all, and the counts of tags.

    `counted` are the keys whose values were counted: a tag of theirs that is not among `tags` is in none.
    """

    numbers: tuple[int, ...]
    count: int
    tags: tuple[tuple[str, int], ...]
    counted: tuple[str, ...] = ()
    is_partly_sorted: bool = False


def conditions(criteria: JobCriteria, at: datetime) -> dict[str, Part]:
    """What an entry must be, by the keys of the address."""
    found = {"live": Part("starts_at <= %s AND ends_at > %s", (at, at))}
    if query.tidy(criteria.words):
        found["q"] = Part(f"search @@ {QUERY}", (query.spoken(criteria.words),))
    for key, tags in criteria.groups.items():
        found[key] = Part("tags && %s::text[]", (list(tags),))
    if criteria.since_days:
        found["since"] = Part("starts_at >= %s", (at - timedelta(days=criteria.since_days),))
    if near := criteria.near:
        found["near"] = Part(f"cells && %s::int[] AND {WITHIN}", (cells(near), *point(near), near.miles))
    return found


def _where(parts: dict[str, Part], leave_out: str = "") -> Part:
    kept = [part for key, part in parts.items() if key != leave_out]
    return Part(" AND ".join(part.sql for part in kept), tuple(one for part in kept for one in part.parameters))


def score(sort: str, criteria: JobCriteria) -> Part:
    """By what a sort compares entries first, the greater the earlier."""
    if sort == JobSort.RELEVANCE:
        return Part(f"ts_rank(search, {QUERY})", (query.spoken(criteria.words),))
    if sort == JobSort.DISTANCE and criteria.near:
        return Part(f"-{NEAREST}", tuple(point(criteria.near)))
    return Part("pay_year" if sort == JobSort.PAY else "featured")


def sort_of(wanted: str, criteria: JobCriteria) -> str:
    """The order that is wanted if the search has what it needs, else the usual one."""
    possible = {
        JobSort.NEWEST: True,
        JobSort.PAY: True,
        JobSort.RELEVANCE: bool(query.tidy(criteria.words)),
        JobSort.DISTANCE: criteria.near is not None,
    }
    if possible.get(JobSort(wanted) if wanted else JobSort.RELEVANCE):
        return wanted or JobSort.RELEVANCE
    return JobSort.NEWEST


def key_of(number: int, sort: str, criteria: JobCriteria, *, is_before: bool = False) -> PageKey | None:
    """Where a job stands in the order, whatever became of it since; None for one that nobody ever could read."""
    by = score(sort, criteria)
    rows = _rows(
        Part(
            f"SELECT {by.sql}, starts_at, job_id FROM careers_entries_of(ARRAY[%s]::bigint[]) "  # noqa: S608 - of our own words
            f"WHERE job_id IN ({SEEN_JOBS})",
            (*by.parameters, number),
        )
    )
    if not rows:
        return None
    ((value, starts_at, found),) = rows
    return PageKey(value, starts_at, found, is_before)


@dataclass(frozen=True)
class JobSearch:
    """What is asked: the criteria at a moment, the page in an order, and past how many nobody counts."""

    criteria: JobCriteria
    at: datetime
    sort: str
    size: int
    cap: int
    key: PageKey | None = None

    def found(self) -> FoundNumbers:
        """The page, the number of all and of each filter's values; one statement, and one more if too many fit."""
        counts = {(of, tag): (count, numbers) for of, tag, count, numbers in _rows(self._sets())}
        count, _ = counts["fits", None]
        if count > self.cap:
            numbers = tuple(number for (number,) in _rows(self._page_of_many()))
            return FoundNumbers(numbers, count, (), (), self.is_partly_sorted)
        many = {key for (of, key), (size, _) in counts.items() if of == "size" and size > self.cap}
        tags = tuple((tag, number) for (of, tag), (number, _) in counts.items() if of == "tag")
        counted = tuple(key for key in COUNTED if key not in many)
        return FoundNumbers(tuple(counts["page", None][1]), count, tags, counted)

    @property
    def is_partly_sorted(self) -> bool:
        """Whether of more than are counted only the newest are sorted."""
        return self.sort in AMONG_THE_NEWEST or (self.sort == JobSort.PAY and bool(self.criteria.pay))

    @cached_property
    def parts(self) -> dict[str, Part]:
        return conditions(self.criteria, self.at)

    @cached_property
    def by(self) -> Part:
        return score(self.sort, self.criteria)

    def _sets(self) -> Part:
        """Rows of (set, tag, count, numbers): all that fits, its page and its tags; without each filter, its values."""
        few = f"(SELECT count(*) FROM fits) <= {self.cap}"  # noqa: S608 - of our own words
        where = _where(self.parts)
        chosen = [key for key in FACETS if key in self.parts]
        page = self._page("score", f"fits WHERE {few}")
        sets = [self._set("fits", f"job_id, starts_at, {self.by.sql} AS score, tags", where.sql)]
        arms = [
            "SELECT 'fits', NULL::text, count(*), NULL::bigint[] FROM fits",
            f"SELECT 'page', NULL, 0, ARRAY({page.sql})",
            _tags_of("fits", few, *(f"tag NOT LIKE '{key}:%%'" for key in (*NO_FACETS, *chosen))),
        ]
        parameters = [*self.by.parameters, *where.parameters]
        for key in chosen:
            name, without = f"without_{key}", _where(self.parts, key)
            sets.append(self._set(name, "tags", f"{few} AND {without.sql}"))
            fewer = f"(SELECT count(*) FROM {name}) <= {self.cap}"  # noqa: S608 - of our own words
            arms.append(f"SELECT 'size', '{key}', count(*), NULL FROM {name}")  # noqa: S608 - of our own words
            arms.append(_tags_of(name, fewer, f"tag LIKE '{key}:%%'"))
            parameters += without.parameters
        # It begins as a question does: to what begins with WITH, the history of changes would add who asks.
        rows = f"WITH {', '.join(sets)} {' UNION ALL '.join(arms)}"
        return Part(f"SELECT * FROM ({rows}) AS found", (*parameters, *page.parameters))  # noqa: S608 - of our own words

    def _set(self, name: str, columns: str, where: str) -> str:
        rows = f"SELECT {columns} FROM careers_jobentry WHERE {where} LIMIT {self.cap + 1}"  # noqa: S608 - of our own words
        return f"{name} AS MATERIALIZED ({rows})"

    def _page_of_many(self) -> Part:
        where = _where(self.parts)
        if not self.is_partly_sorted:
            page = self._page(self.by.sql, f"careers_jobentry WHERE {where.sql}")
            return Part(page.sql, (*where.parameters, *page.parameters))
        newest = (
            f"SELECT job_id, starts_at, {self.by.sql} AS score FROM careers_jobentry WHERE {where.sql} "  # noqa: S608
            f"ORDER BY {NEWEST_FIRST} LIMIT {min(self.cap, NEWEST)}"
        )
        page = self._page("score", f"({newest}) AS newest WHERE TRUE")
        return Part(page.sql, (*self.by.parameters, *where.parameters, *page.parameters))

    def _page(self, column: str, source: str) -> Part:
        """The numbers of a page from a source of rows with that column, one more than are shown."""
        is_before = self.key is not None and self.key.is_before
        way, mark = ("ASC", ">") if is_before else ("DESC", "<")
        beyond, parameters = "", tuple[Any, ...]()
        if self.key:
            beyond = f"AND ({column}, starts_at, job_id) {mark} (%s::{CASTS[self.sort]}, %s, %s)"
            parameters = (self.key.score, self.key.starts_at, self.key.number)
        return Part(
            f"SELECT job_id FROM {source} {beyond} "  # noqa: S608 - of our own words
            f"ORDER BY {column} {way}, starts_at {way}, job_id {way} LIMIT {self.size + 1}",
            parameters,
        )


def _tags_of(name: str, few: str, *wanted: str) -> str:
    """The tags of a set with their counts; none of a set that was cut off."""
    tags = f"SELECT unnest(tags) AS tag FROM {name} WHERE {few}"  # noqa: S608 - of our own words
    return f"SELECT 'tag', tag, count(*), NULL FROM ({tags}) AS each_tag WHERE {' AND '.join(wanted)} GROUP BY tag"  # noqa: S608


def _rows(statement: Part) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.parameters)
        return cursor.fetchall()


def counts_without(criteria: JobCriteria, at: datetime, cap: int) -> dict[str, int]:
    """How many would fit without each of the conditions, up to one more than the cap; one statement."""
    parts = conditions(criteria, at)
    asked = {key: _where(parts, key) for key in parts if key != "live"}
    arms = [
        f"SELECT '{key}', count(*) FROM "  # noqa: S608 - of our own words
        f"(SELECT FROM careers_jobentry WHERE {where.sql} LIMIT {cap + 1}) AS found"
        for key, where in asked.items()
    ]
    parameters = tuple(one for where in asked.values() for one in where.parameters)
    return dict(_rows(Part(" UNION ALL ".join(arms), parameters))) if arms else {}


def counts_of_tags(tags: Sequence[str], at: datetime, cap: int) -> dict[str, int]:
    """How many live jobs have each tag, up to one more than the cap; one statement."""
    one = (
        "SELECT FROM careers_jobentry WHERE tags @> ARRAY[tag] AND starts_at <= %s AND ends_at > %s "  # noqa: S608
        f"LIMIT {cap + 1}"
    )
    every = f"SELECT tag, (SELECT count(*) FROM ({one}) AS found) FROM unnest(%s::text[]) AS tag"  # noqa: S608
    return dict(_rows(Part(every, (at, at, list(tags)))))
