"""Starter content: what the association's own site holds on its first day, brought up to date by later releases.

Each app registers the kinds of rows that it ships. Loading them is safe to repeat: a row that staff have changed is
left alone, one that they have removed stays away. What was loaded is noted row by row, as fingerprints of its values.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from .models import StarterRow
from .registry import Registry

Row = TypeVar("Row", bound=models.Model)
Values = Mapping[str, Any]
Say = Callable[[str], Any]


@dataclass(frozen=True)
class StarterEntry:
    """One row as it is shipped. Its key never changes: it says which row of an earlier release this is."""

    key: str
    values: Values


class StarterKind(ABC, Generic[Row]):
    """Rows of one kind: where they are shipped, how one is found, made and brought up to date.

    `order` places the kind among all of them, whatever their room; `label` is its heading in the report.
    """

    model: type[Row]

    def __init__(self, name: str, label: str, *, order: int) -> None:
        self.name = name
        self.label = label
        self.order = order

    @abstractmethod
    def entries(self) -> Sequence[StarterEntry]:
        """What is shipped, in the order in which it is made."""

    @abstractmethod
    def standing(self, entries: Sequence[StarterEntry]) -> dict[str, Row]:
        """The rows that stand where these entries would, by the entries' keys."""

    @abstractmethod
    def make(self, entries: Sequence[StarterEntry]) -> dict[str, Row]:
        """Make the rows that are missing, by their entries' keys. One that cannot be made is left out."""

    @abstractmethod
    def update(self, row: Row, values: Values) -> None:
        """Let an untouched row say what is shipped now."""

    @abstractmethod
    def written(self, row: Row) -> Values:
        """Everything that staff can write of a row."""

    def relate(self, row: Row, values: Values, say: Say) -> None:  # noqa: B027 - most kinds have nothing to relate
        """What can only be written once all rows of the kind are there."""

    def rows(self, keys: Iterable[int | None]) -> dict[int, Row]:
        """The rows that are still there, by their primary keys."""
        return self.model._base_manager.in_bulk([key for key in keys if key is not None])


class StarterTable(StarterKind[Row]):
    """A kind whose rows are the values of their columns, known by one of them.

    `unique` names what no two rows may have in common besides: one column, or several together.
    """

    def __init__(
        self,
        name: str,
        label: str,
        *,
        order: int,
        model: type[Row],
        key: str,
        read: Callable[[], Iterable[Values]],
        unique: Sequence[tuple[str, ...]] = (),
    ) -> None:
        super().__init__(name, label, order=order)
        self.model = model
        self.key = key
        self.read = read
        self.unique = ((key,), *unique)

    def entries(self) -> list[StarterEntry]:
        return [StarterEntry(str(values[self.key]), values) for values in self.read()]

    def standing(self, entries: Sequence[StarterEntry]) -> dict[str, Row]:
        """By what is unique, in whatever case: a second row with the same could not be made. Such tables are small."""
        rows = list(self.model._base_manager.order_by("-pk")) if entries else []
        found = {(names, _said(names, row.__dict__)): row for row in rows for names in self.unique}
        return {
            entry.key: row
            for entry in entries
            for names in self.unique
            if (row := found.get((names, _said(names, entry.values)))) is not None
        }

    def make(self, entries: Sequence[StarterEntry]) -> dict[str, Row]:
        made = self.model._base_manager.bulk_create(self.model(**self.columns(entry.values)) for entry in entries)
        return {entry.key: row for entry, row in zip(entries, made, strict=True)}

    def update(self, row: Row, values: Values) -> None:
        for name, value in self.columns(values).items():
            setattr(row, name, value)
        row.save()

    def columns(self, values: Values) -> Values:
        """The values as the model's columns take them."""
        return values

    def written(self, row: Row) -> Values:
        return {
            column.name: column.value_to_string(row)
            for column in self.model._meta.concrete_fields
            if column.editable and not column.primary_key
        }


def _said(names: tuple[str, ...], values: Values) -> tuple[str, ...]:
    return tuple(str(values[name]).casefold() for name in names)


starter_kinds: Registry[StarterKind[Any]] = Registry()


@dataclass
class StarterReport:
    """What loading one kind did, row by row, by their keys; of what staff changed, the names of the fields too."""

    label: str
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def total(self) -> str:
        return (
            f"{self.label}: {len(self.added)} added, {len(self.updated)} brought up to date, "
            f"{len(self.same)} as they were loaded."
        )

    def lines(self) -> list[str]:
        """The total, then by name whatever was not loaded, and why."""
        named = (
            ("Kept, since staff changed it", self.changed),
            ("Stays away, since staff removed it", self.removed),
            ("Left alone, since it was there before", self.own),
            ("Left out, since what it belongs to is missing", self.left_out),
        )
        return [self.total, *(f"  {why}: {key}" for why, keys in named for key in keys)]


def load(
    kinds: Iterable[StarterKind[Any]], say: Say, dress: Callable[[str, StarterEntry], Values] | None = None
) -> None:
    """Load the kinds and report each. `dress` gives the values of an entry of a kind if they are not those shipped."""
    for kind in kinds:
        for line in load_kind(kind, say, dress).lines():
            say(line)


def load_kind(
    kind: StarterKind[Row], say: Say = lambda line: None, dress: Callable[[str, StarterEntry], Values] | None = None
) -> StarterReport:
    """Load one kind, in one transaction. `say` hears what could not be related."""
    entries = [
        StarterEntry(entry.key, dress(kind.name, entry)) if dress else entry for entry in kind.entries()
    ]  # fmt: skip
    report = StarterReport(kind.label)
    with transaction.atomic():
        known = {row.key: row for row in StarterRow.objects.select_for_update().filter(kind=kind.name)}
        stored = _bring_up_to_date(kind, [entry for entry in entries if entry.key in known], known, report)
        stored |= _add(kind, [entry for entry in entries if entry.key not in known], report)
        for entry in entries:
            if entry.key in stored:
                kind.relate(stored[entry.key], entry.values, say)
        _remember(kind, [entry for entry in entries if entry.key in stored], stored)
    return report


def _bring_up_to_date(
    kind: StarterKind[Row], entries: Sequence[StarterEntry], known: Mapping[str, StarterRow], report: StarterReport
) -> dict[str, Row]:
    """Compare what was loaded before with what stands and what is shipped now; the rows that were updated."""
    there = kind.rows(row.object_id for row in known.values())
    updated = {}
    for entry in entries:
        before = known[entry.key]
        row = there.get(before.object_id) if before.object_id else None
        if row is None:
            report.removed.append(entry.key)
        elif before.is_own:
            report.own.append(entry.key)
        elif fields := before.changed(fingerprints(kind.written(row))):
            report.changed.append(f"{entry.key} ({', '.join(fields)})")
        elif before.shipped == fingerprint(entry.values):
            report.same.append(entry.key)
        else:
            kind.update(row, entry.values)
            updated[entry.key] = row
            report.updated.append(entry.key)
    return updated


def _add(kind: StarterKind[Row], entries: Sequence[StarterEntry], report: StarterReport) -> dict[str, Row]:
    """Make what is new. A row that stands in its place already is staff's own, and noted as such."""
    own = kind.standing(entries)
    made = kind.make([entry for entry in entries if entry.key not in own])
    report.own += own
    report.added += made
    report.left_out += [entry.key for entry in entries if entry.key not in own and entry.key not in made]
    StarterRow.objects.bulk_create(
        StarterRow(kind=kind.name, key=key, object_id=own[key].pk if key in own else None)
        for key in (*own, *report.left_out)
    )
    return made


def _remember(kind: StarterKind[Row], entries: Sequence[StarterEntry], stored: Mapping[str, Row]) -> None:
    """Note what was loaded, as the database holds it: texts are sanitized on their way there."""
    fresh = kind.rows(stored[entry.key].pk for entry in entries)
    StarterRow.objects.bulk_create(
        [
            StarterRow(
                kind=kind.name,
                key=entry.key,
                object_id=stored[entry.key].pk,
                shipped=fingerprint(entry.values),
                stored=fingerprints(kind.written(fresh[stored[entry.key].pk])),
            )
            for entry in entries
        ],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["object_id", "shipped", "stored", "loaded_at"],
    )


def fingerprint(value: Any) -> str:
    """Short, and the same for the same value in every process."""
    said = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def fingerprints(values: Values) -> dict[str, str]:
    return {name: fingerprint(value) for name, value in values.items()}


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    """Which rows are shipped; files do not change while a process runs."""
    return frozenset((kind.name, entry.key) for kind in starter_kinds for entry in kind.entries())


def shipped() -> int:
    """How many rows there are to load."""
    return len(_shipped())


def missing() -> int:
    """How many of the shipped rows have never been loaded here; one query."""
    return len(_shipped() - set(StarterRow.objects.values_list("kind", "key")))
