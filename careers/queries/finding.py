"""One page of a search, and how many positions each further filter would leave: a statement or two over the entries.

All sets are cut off past a thousand, so that a search costs about the same whatever it finds: the set of what fits, and
for each filter that is chosen the set without it, in which its other values are counted. A page of what fits in a
thousand comes out of the set. Of more, the order of an index finds the page by date or pay; the best matches and the
nearest are sought among the newest few hundred. So is pay where a least pay is asked: those who state none stand last
in that order, and may be all that fits. The values of filters are then counted in the first few thousand: where all are
read that is the number, and what more than a thousand of them have is known to be in as many.
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
SET, FITS = "of_", "fits"  # before the name of each set, which is a filter's key; all that fits
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
READ = 5  # how many times as many, all sets together, the values of filters are counted in where too many fit


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

    `counted` are the keys whose values were counted: a tag of theirs that is not among `tags` is in none. Of other keys
    `tags` has what is in more than the cap, and nothing is known of the rest.
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


def where_of(parts: dict[str, Part], leave_out: str = "") -> Part:
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
    rows = rows_of(
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
        """The page, the number of all and of each filter's values; one statement, and one more for what is too many."""
        found = _Counted.of(self._sets())
        longer = [FITS, *self.chosen] if FITS in found.longer(self.cap) else found.longer(self.cap)
        page, tags, partly = found.page, found.tags, list[str]()
        if longer:
            read = _Counted.of(self._first_of(longer))
            partly = read.longer(self._share(longer))
            tags |= {tag: many for tag, many in read.tags.items() if many > self.cap or self._set_of(tag) not in partly}
        if FITS in longer:
            page = read.page
        return FoundNumbers(
            numbers=page,
            count=found.sizes[FITS],
            tags=tuple(tags.items()),
            counted=tuple(key for key in COUNTED if self._set_of(key) not in partly),
            is_partly_sorted=FITS in longer and self.is_partly_sorted,
        )

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

    @cached_property
    def chosen(self) -> list[str]:
        """The filters whose values are counted in what would fit without them."""
        return [key for key in FACETS if key in self.parts]

    def _set_of(self, tag: str) -> str:
        """The name of the set in which a tag is counted, or all the tags of a key."""
        key = tag.partition(":")[0]
        return key if key in self.chosen else FITS

    def _share(self, names: Sequence[str]) -> int:
        """How many of each of these sets are read, where not all are."""
        return max(self.cap, READ * self.cap // len(names))

    def _sets(self) -> Part:
        """All that fits, its page and its tags; without each filter, its values. Nothing of what is cut off."""
        few = f"(SELECT count(*) FROM {SET}{FITS}) <= {self.cap}"  # noqa: S608 - of our own words
        where = where_of(self.parts)
        sets = [_set(FITS, f"job_id, starts_at, {self.by.sql} AS score, tags", where, self.cap)]
        sets += [self._without(key, self.cap, f"{few} AND ") for key in self.chosen]
        return _question(
            [Part(sets[0].sql, (*self.by.parameters, *sets[0].parameters)), *sets[1:]],
            self._page("score", f"{SET}{FITS} WHERE {few}"),
            [self._tags_of(name, self.cap) for name in (FITS, *self.chosen)],
        )

    def _first_of(self, names: Sequence[str]) -> Part:
        """The tags of the first few thousand of these sets; with what fits, its page too."""
        share = self._share(names)
        sets = [
            _set(FITS, "tags", where_of(self.parts), share) if name == FITS else self._without(name, share)
            for name in names
        ]
        page = self._page_of_many() if FITS in names else Part("SELECT NULL::bigint WHERE FALSE")
        return _question(sets, page, [self._tags_of(name) for name in names])

    def _without(self, key: str, most: int, only_if: str = "") -> Part:
        where = where_of(self.parts, key)
        return _set(key, "tags", Part(only_if + where.sql, where.parameters), most)

    def _tags_of(self, name: str, most: int | None = None) -> str:
        """The size of a set, and how many of it have each tag that is counted there; no tags of one that has more."""
        tags = f"SELECT unnest(tags) AS tag FROM {SET}{name}"  # noqa: S608 - of our own words
        if most is not None:
            tags += f" WHERE (SELECT count(*) FROM {SET}{name}) <= {most}"  # noqa: S608 - of our own words
        wanted = [f"tag LIKE '{name}:%%'"]
        if name == FITS:
            wanted = [f"tag NOT LIKE '{key}:%%'" for key in (*NO_FACETS, *self.chosen)]
        return (
            f"SELECT 'size', '{name}', count(*), NULL FROM {SET}{name} UNION ALL "  # noqa: S608 - of our own words
            f"SELECT 'tag', tag, count(*), NULL FROM ({tags}) AS each_tag WHERE {' AND '.join(wanted)} GROUP BY tag"
        )

    def _page_of_many(self) -> Part:
        where = where_of(self.parts)
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


def _set(name: str, columns: str, where: Part, most: int) -> Part:
    """As many entries as that, and one more if there is one, under a name of the statement."""
    rows = f"SELECT {columns} FROM careers_jobentry WHERE {where.sql} LIMIT {most + 1}"  # noqa: S608 - of our own words
    return Part(f"{SET}{name} AS MATERIALIZED ({rows})", where.parameters)


def _question(sets: Sequence[Part], page: Part, arms: Sequence[str]) -> Part:
    """Rows of (what, of which set or tag, how many, the numbers of the page)."""
    every = " UNION ALL ".join([f"SELECT 'page', NULL::text, 0, ARRAY({page.sql})::bigint[]", *arms])
    # It begins as a question does: to what begins with WITH, the history of changes would add who asks.
    rows = f"SELECT * FROM (WITH {', '.join(one.sql for one in sets)} {every}) AS found"  # noqa: S608 - of our own words
    return Part(rows, (*(value for one in sets for value in one.parameters), *page.parameters))


@dataclass(frozen=True)
class _Counted:
    """How large each set is, how many have each tag, and the page; each set ends where a limit cut it off."""

    sizes: dict[str, int]
    tags: dict[str, int]
    page: tuple[int, ...]

    @classmethod
    def of(cls, statement: Part) -> "_Counted":
        found: dict[str, dict[str, Any]] = {"size": {}, "tag": {}, "page": {}}
        for kind, name, count, numbers in rows_of(statement):
            found[kind][name] = count if numbers is None else tuple(numbers)
        return cls(found["size"], found["tag"], found["page"][None])

    def longer(self, most: int) -> list[str]:
        return [name for name, size in self.sizes.items() if size > most]


def rows_of(statement: Part) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.parameters)
        return cursor.fetchall()


def counts_without(criteria: JobCriteria, at: datetime, cap: int) -> dict[str, int]:
    """How many would fit without each of the conditions, up to one more than the cap; one statement."""
    parts = conditions(criteria, at)
    asked = {key: where_of(parts, key) for key in parts if key != "live"}
    arms = [
        f"SELECT '{key}', count(*) FROM "  # noqa: S608 - of our own words
        f"(SELECT FROM careers_jobentry WHERE {where.sql} LIMIT {cap + 1}) AS found"
        for key, where in asked.items()
    ]
    parameters = tuple(one for where in asked.values() for one in where.parameters)
    return dict(rows_of(Part(" UNION ALL ".join(arms), parameters))) if arms else {}


def counts_of_tags(tags: Sequence[str], at: datetime, cap: int) -> dict[str, int]:
    """How many live jobs have each tag, up to one more than the cap; one statement."""
    one = (
        "SELECT FROM careers_jobentry WHERE tags @> ARRAY[tag] AND starts_at <= %s AND ends_at > %s "  # noqa: S608
        f"LIMIT {cap + 1}"
    )
    every = f"SELECT tag, (SELECT count(*) FROM ({one}) AS found) FROM unnest(%s::text[]) AS tag"  # noqa: S608
    return dict(rows_of(Part(every, (at, at, list(tags)))))
