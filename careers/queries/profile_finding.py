"""One page of the profiles that an employer looks for, and nothing by which few people could be told apart.

Nobody counts past a hundred, since counts are said in bands. Fewer than FEWEST people are not shown at all; nor is a
short list from which a filter leaves out fewer than that, because two lists beside each other would show whom
(decision 28).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..choices import EmployerKind
from ..models import BlockedEmployer, Employer, Profile
from ..profile_criteria import FOR_AGENCIES, ProfileCriteria
from .finding import Part, rows_of, where_of
from .near import WITHIN, cells, point
from .profile_words import word_groups

TABLE = "careers_profileentry"
PAGE_SIZE = 20
CAP = 100
FEWEST = 5
SHORT = 25  # a list up to here is compared with what it would be without each of its filters
ALL = "seen"  # the key of what is no filter: whom this employer may find at all


@dataclass(frozen=True)
class FoundProfiles:
    """The numbers of a page, how many fit up to one more than CAP, and why nothing is shown.

    `too_few` says that fewer than FEWEST fit; `leaves_out` is the key of a filter that only so few do not fit.
    `without` has how many would fit without each filter, where one of the two is said.
    """

    numbers: tuple[int, ...] = ()
    count: int = 0
    next: int | None = None
    too_few: bool = False
    leaves_out: str = ""
    without: tuple[tuple[str, int], ...] = ()

    @property
    def is_withheld(self) -> bool:
        return self.too_few or bool(self.leaves_out)


def hidden_from(employer: Employer) -> list[int]:
    """The profiles of the people who hide from this employer; one query."""
    hides = BlockedEmployer.objects.against(employer).values("user")
    return list(Profile.objects.filter(user__in=hides).order_by().values_list("pk", flat=True))


def conditions(criteria: ProfileCriteria, employer: Employer, at: datetime) -> dict[str, Part]:
    """What an entry must be, by the keys of the address."""
    seen = "profile_id <> ALL (%s::bigint[])"
    if employer.kind == EmployerKind.AGENCY:
        seen += f" AND tags @> ARRAY['{FOR_AGENCIES}']"
    found = {ALL: Part(seen, (hidden_from(employer),))}
    if words := word_groups(criteria.words):
        found["q"] = Part(" AND ".join(["tags && %s::text[]"] * len(words)), tuple(map(list, words)))
    for key, tags in criteria.groups.items():
        found[key] = Part("tags && %s::text[]", (list(tags),))
    if criteria.available_by:
        found["by"] = Part("available_on <= %s", (criteria.available_by,))
    if criteria.since_days:
        found["since"] = Part("updated_at >= %s", (at - timedelta(days=criteria.since_days),))
    if near := criteria.near:
        found["near"] = Part(
            f"((cells && %s::int[] AND {WITHIN}) OR tags && %s::text[])",
            (cells(near), *point(near), near.miles, [f"anywhere:{near.state_code}"]),
        )
    return found


def find_profiles(
    criteria: ProfileCriteria, employer: Employer, at: datetime, *, after: int | None = None
) -> FoundProfiles:
    """The newest that fit, from the profile of a number on; at most four statements, whatever there is."""
    parts = conditions(criteria, employer, at)
    some = fitting(parts)
    count = len(some)
    filters = [key for key in parts if key != ALL]
    if count < FEWEST:
        return FoundProfiles(too_few=True, without=_without(parts, filters))
    if count < SHORT and (left_out := _few_left_out(parts, filters)):
        return FoundProfiles(count=count, leaves_out=left_out, without=_without(parts, [left_out]))
    key = _key_of(after) if after else None
    rows = _cut(some, key) if count <= CAP else _page(parts, key)
    numbers = tuple(number for _, number in rows[:PAGE_SIZE])
    return FoundProfiles(numbers, count, numbers[-1] if len(rows) > PAGE_SIZE else None)


def is_shown(parts: dict[str, Part]) -> bool:
    """Whether the list by these conditions would be shown, as find_profiles() decides it; two statements at most."""
    count = len(fitting(parts, SHORT))
    return count >= SHORT or (count >= FEWEST and not _few_left_out(parts, [key for key in parts if key != ALL]))


def among(parts: dict[str, Part], numbers: list[int]) -> set[int]:
    """Which of these profiles fit; one statement."""
    asked = {**parts, "among": Part("profile_id = ANY (%s::bigint[])", (numbers,))}
    return {number for _, number in fitting(asked, len(numbers))}


def fitting(parts: dict[str, Part], most: int = CAP + 1) -> list[tuple[datetime, int]]:
    """When they were changed, and the numbers: of all that fits, or of as many."""
    where = where_of(parts)
    sql = f"SELECT updated_at, profile_id FROM {TABLE} WHERE {where.sql} LIMIT {most}"  # noqa: S608 - of our own words
    return rows_of(Part(sql, where.parameters))


def _key_of(number: int) -> tuple[datetime, int] | None:
    """Where a profile stands in the order, whatever became of it since."""
    rows = rows_of(Part("SELECT updated_at, id FROM careers_profile WHERE id = %s", (number,)))
    return rows[0] if rows else None


def _cut(rows: list[tuple[datetime, int]], key: tuple[datetime, int] | None) -> list[tuple[datetime, int]]:
    newest = sorted(rows, reverse=True)
    return [row for row in newest if key is None or row < key][: PAGE_SIZE + 1]


def _page(parts: dict[str, Part], key: tuple[datetime, int] | None) -> list[tuple[datetime, int]]:
    """More than a hundred fit, so the order of an index comes upon a page of them soon."""
    where = where_of(parts)
    beyond, parameters = ("AND (updated_at, profile_id) < (%s, %s)", key) if key else ("", ())
    sql = (
        f"SELECT updated_at, profile_id FROM {TABLE} WHERE {where.sql} {beyond} "  # noqa: S608 - of our own words
        f"ORDER BY updated_at DESC, profile_id DESC LIMIT {PAGE_SIZE + 1}"
    )
    return rows_of(Part(sql, (*where.parameters, *parameters)))


def _counted(asked: dict[str, Part], most: int) -> dict[str, int]:
    arms = [
        f"SELECT '{key}', count(*) FROM (SELECT FROM {TABLE} WHERE {where.sql} LIMIT {most}) AS found"  # noqa: S608
        for key, where in asked.items()
    ]
    parameters = tuple[Any, ...](one for where in asked.values() for one in where.parameters)
    return dict(rows_of(Part(" UNION ALL ".join(arms), parameters))) if arms else {}


def _without(parts: dict[str, Part], keys: list[str]) -> tuple[tuple[str, int], ...]:
    """How many would fit without each of these filters; none that would still be too few."""
    counts = _counted({key: where_of(parts, key) for key in keys}, CAP + 1)
    return tuple((key, count) for key, count in counts.items() if count >= FEWEST)


def _few_left_out(parts: dict[str, Part], keys: list[str]) -> str:
    """A filter that somebody does not fit who fits the rest, but fewer than FEWEST; empty if there is none."""
    asked = {}
    for key in keys:
        rest = where_of(parts, key)
        part = parts[key]
        asked[key] = Part(f"{rest.sql} AND ({part.sql}) IS NOT TRUE", (*rest.parameters, *part.parameters))
    counts = _counted(asked, FEWEST)
    return next((key for key, count in counts.items() if 0 < count < FEWEST), "")
