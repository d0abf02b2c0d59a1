"""The directory of patient resources: what fits, and how many there would be with each further choice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from aapm_site.core.search import query
from content.models import Resource
from content.models.resource import ResourceQuerySet
from content.states import Audience, Language, ResourceFormat

A_PAGE = 20
FACETS = ("topic", "audience", "format", "language")
LABELS: dict[str, dict[str, Any]] = {name: dict(kind.choices) for name, kind in
          (("audience", Audience), ("format", ResourceFormat), ("language", Language))}  # fmt: skip


@dataclass(frozen=True)
class FacetChoice:
    """One box of a facet, and how many resources have it beside what is chosen in the other facets."""

    value: str
    label: str
    number: int


@dataclass(frozen=True)
class ResourceCriteria:
    """What a reader looks for; empty means any. Within a facet one of the values is enough."""

    words: str = ""
    only: int | None = None
    chosen: dict[str, list[str]] = field(default_factory=dict)

    def fits(self, kind: Mapping[str, Any], but: str = "") -> bool:
        """Whether resources of this kind are chosen, one facet left aside."""
        return all(not self.chosen.get(name) or kind[name] in self.chosen[name] for name in FACETS if name != but)


@dataclass(frozen=True)
class Kinds:
    """How many resources there are of each topic, audience, format and language together; one query."""

    rows: list[dict[str, Any]]
    topics: dict[str, str]

    def count(self, criteria: ResourceCriteria) -> int:
        return sum(row["number"] for row in self.rows if criteria.fits(row))

    def choices(self, name: str, criteria: ResourceCriteria) -> list[FacetChoice]:
        """The boxes of one facet, in their order; those that would find nothing only when they are chosen."""
        numbers: Counter[str] = Counter()
        for row in self.rows:
            numbers[row[name]] += row["number"] if criteria.fits(row, but=name) else 0
        labels = self.topics if name == "topic" else LABELS[name]
        chosen = criteria.chosen.get(name, [])
        return [
            FacetChoice(value, label, numbers[value])
            for value, label in labels.items()
            if numbers[value] or value in chosen
        ]


def _published(words: str, only: int | None) -> ResourceQuerySet:
    rows = Resource.objects.published()
    if words:
        rows = rows.filter(search=query.to_query(words))
    return rows.filter(pk=only) if only else rows


def kinds(words: str, only: int | None) -> Kinds:
    """What there is, before the facets choose."""
    rows = (
        _published(words, only)
        .order_by("topic__order", "topic__name")
        .values("topic__slug", "topic__name", "audience", "format", "language")
        .annotate(number=Count("pk"))
    )
    found: list[dict[str, Any]] = [{**row, "topic": row["topic__slug"]} for row in rows]
    return Kinds(found, {row["topic"]: row["topic__name"] for row in found})


def page_of(criteria: ResourceCriteria, number: int) -> list[Resource]:
    """One page of what fits, topic by topic."""
    rows = _published(criteria.words, criteria.only)
    for name in FACETS:
        if values := criteria.chosen.get(name):
            rows = rows.filter(**{"topic__slug__in" if name == "topic" else f"{name}__in": values})
    rows = rows.in_order().select_related("topic", "link").defer("search")
    return list(rows[(number - 1) * A_PAGE : number * A_PAGE])


def some(topic: str, limit: int) -> list[Resource]:
    """The first resources, of one topic if it is given; one query."""
    rows = Resource.objects.published()
    if topic:
        rows = rows.filter(topic__slug=topic)
    return list(rows.in_order().select_related("topic", "link").defer("search")[:limit])
