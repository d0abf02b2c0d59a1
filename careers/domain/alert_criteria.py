"""The criteria of a search as the columns of an alert, so that one statement asks a hundred thousand of them.

A position has tags (careers/criteria.py), and a search asks for groups of them: one of each group. As a tsquery that is
one comparison with the tags of the position. The keys are those of the one condition that fewest positions fit; an
index finds by them the alerts that are worth looking at.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db.models import Value
from django.db.models.functions import Cast

from aapm_site.core.search import query

from ..criteria import JobCriteria, NearPlace
from ..queries.near import cells

ANY = "any"  # the key that every position has
# From what fewest positions have to what most have. Each wanted term of work is a group of its own.
BY_RARITY = (
    "employer", "state", "procedure", "terms:no-non-compete", "terms:j-1", "terms:h-1b", "terms:loan-repayment",
    "terms:tail", "terms:partnership", "terms:no-weekends", "terms:new-graduates", "specialty", "opioids", "hours",
    "call", "paid", "remote", "profession", "setting", "by", "type", "pay",
)  # fmt: skip


def compiled(criteria: JobCriteria) -> dict[str, Any]:
    """The values of an alert's columns."""
    return {
        "keys": keys_of(criteria),
        "words": query.to_query(criteria.words) if criteria.words else None,
        **compared(criteria.groups.values(), criteria.near),
    }


def compared(groups: Collection[tuple[str, ...]], near: NearPlace | None) -> dict[str, Any]:
    """The columns of any kept search: its groups of tags as one tsquery, and its place."""
    return {
        "facets": Cast(Value(facets_of(groups)), SearchQueryField()) if groups else None,
        "latitude": f"{near.latitude:.5f}" if near else None,
        "longitude": f"{near.longitude:.5f}" if near else None,
        "miles": near.miles if near else None,
    }


def keys_of(criteria: JobCriteria) -> list[str]:
    """Of these a position has one, or it does not fit."""
    groups = criteria.groups
    if "employer" not in groups and criteria.near:
        return [f"cell:{number}" for number in cells(criteria.near)]
    return rarest_of(groups, BY_RARITY)


def rarest_of(groups: Mapping[str, tuple[str, ...]], by_rarity: Iterable[str]) -> list[str]:
    """The tags of the first of these names that is asked for; without one, what everything has."""
    rarest = next((name for name in by_rarity if name in groups), None)
    return list(groups[rarest]) if rarest else [ANY]


def facets_of(groups: Iterable[tuple[str, ...]]) -> str:
    """The text of a tsquery: one of each group."""
    return " & ".join(f"({' | '.join(map(_quoted, tags))})" for tags in groups)


def _quoted(tag: str) -> str:
    """A tag as a tsquery takes it, whatever it holds."""
    return "'" + tag.replace("\\", "\\\\").replace("'", "''") + "'"
