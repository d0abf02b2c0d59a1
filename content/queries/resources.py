"""The directory of patient resources: what fits, and how many there would be with each further choice."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from aapm_site.core.cache.remembered import remembered
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

    def fits(self, kind: "ResourceKind", but: str = "") -> bool:
        """Whether resources of this kind are chosen, one facet left aside."""
        asked = {name: values for name in FACETS if name != but and (values := self.chosen.get(name))}
        return all(getattr(kind, name) in values for name, values in asked.items())


@dataclass(frozen=True)
class ResourceKind:
    """How many resources there are of one topic, audience, format and language."""

    topic: str
    topic_name: str
    audience: str
    format: str
    language: str
    number: int


@dataclass(frozen=True)
class Kinds:
    """How many resources there are of each topic, audience, format and language together."""

    rows: tuple[ResourceKind, ...]

    @property
    def topics(self) -> dict[str, str]:
        return {row.topic: row.topic_name for row in self.rows}

    def count(self, criteria: ResourceCriteria) -> int:
        return sum(row.number for row in self.rows if criteria.fits(row))

    def choices(self, name: str, criteria: ResourceCriteria) -> list[FacetChoice]:
        """The boxes of one facet, in their order; those that would find nothing only when they are chosen."""
        numbers: Counter[str] = Counter()
        for row in self.rows:
            numbers[getattr(row, name)] += row.number if criteria.fits(row, but=name) else 0
        labels = self.topics if name == "topic" else LABELS[name]
        chosen = criteria.chosen.get(name, [])
        return [
            FacetChoice(value, label, numbers[value])
            for value, label in labels.items()
            if numbers[value] or value in chosen
        ]


@dataclass(frozen=True)
class PublicResource:
    """One resource as the directory shows it. `tried_at` is when the weekly check last asked for it."""

    title: str
    url: str
    language: str
    summary: str
    source: str
    topic: str
    format_label: str
    audience_label: str
    language_label: str
    checked_on: date
    is_broken: bool
    tried_at: datetime | None

    @classmethod
    def of(cls, row: Resource) -> "PublicResource":
        labels = row.get_format_display(), row.get_audience_display(), row.get_language_display()
        return cls(
            row.title, row.url, row.language, row.summary, row.source, row.topic.name, *labels,
            row.checked_on, row.is_broken, row.link.checked_at if row.link else None,
        )  # fmt: skip


def _published(words: str, only: int | None) -> ResourceQuerySet:
    rows = Resource.objects.published()
    if words:
        rows = rows.filter(search=query.to_query(words))
    return rows.filter(pk=only) if only else rows


def kinds(words: str, only: int | None) -> Kinds:
    """What there is, before the facets choose; one query. What somebody typed is not remembered."""
    return _kinds(words, only) if words else _all_kinds(only)


def _kinds(words: str, only: int | None) -> Kinds:
    rows = (
        _published(words, only)
        .order_by("topic__order", "topic__name")
        .values_list("topic__slug", "topic__name", "audience", "format", "language")
        .annotate(number=Count("pk"))
    )
    return Kinds(tuple(ResourceKind(*row) for row in rows))


@remembered
def _all_kinds(only: int | None) -> Kinds:
    return _kinds("", only)


def page_of(criteria: ResourceCriteria, number: int) -> tuple[PublicResource, ...]:
    """One page of what fits, topic by topic; one query."""
    chosen = tuple((name, tuple(criteria.chosen.get(name, ()))) for name in FACETS)
    if criteria.words:
        return _page_of(criteria.words, criteria.only, chosen, number)
    return _remembered_page_of(criteria.only, chosen, number)


Chosen = tuple[tuple[str, tuple[str, ...]], ...]


def _page_of(words: str, only: int | None, chosen: Chosen, number: int) -> tuple[PublicResource, ...]:
    rows = _published(words, only)
    for name, values in chosen:
        if values:
            rows = rows.filter(**{"topic__slug__in" if name == "topic" else f"{name}__in": values})
    return _shown(rows, (number - 1) * A_PAGE, number * A_PAGE)


@remembered
def _remembered_page_of(only: int | None, chosen: Chosen, number: int) -> tuple[PublicResource, ...]:
    return _page_of("", only, chosen, number)


def _shown(rows: ResourceQuerySet, first: int, until: int) -> tuple[PublicResource, ...]:
    found = rows.in_order().select_related("topic", "link").defer("search")[first:until]
    return tuple(map(PublicResource.of, found))


@remembered
def some(topic: str, limit: int) -> tuple[PublicResource, ...]:
    """The first resources, of one topic if it is given; one query."""
    rows = Resource.objects.published()
    return _shown(rows.filter(topic__slug=topic) if topic else rows, 0, limit)
