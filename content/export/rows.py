"""A row as JSON: other rows by the words that name them, instants with their zone, files by their place in the zip."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.core.files.storage import Storage, default_storage
from django.db import models

from content.export.tables import FILES, NESTED, Table, keys, model

CHUNK = 200
MEDIA = "media/"


class Rows:
    """Reads tables into plain values. `files` are the stored files that the rows name, by their place in the zip."""

    def __init__(self) -> None:
        self.keys = keys()
        self.files: dict[str, tuple[Storage, str]] = {}

    def of(self, table: Table) -> Iterator[dict[str, Any]]:
        """Every row of a table with what belongs to it, in the order of its key; few queries, however many rows."""
        found = self._joined(model(table.model)).exclude(**dict(table.without)).order_by(table.key)
        inside = [self._inside(model(table.model)._meta.get_field(relation), relation) for relation, _ in table.within]
        for row in found.prefetch_related(*inside).iterator(chunk_size=CHUNK):
            values = self.plain(row)
            for relation, name in table.within:
                values[name] = self._list(getattr(row, relation).all(), row)
            yield values

    def _joined(self, found: type[models.Model]) -> models.QuerySet[Any]:
        """The rows with those that they point at by name, and their lists of names."""
        joins = [field.name for field in self._fields(found) if isinstance(field, models.ForeignKey)]
        lists = [field.name for field in self._lists(found)]
        return found._default_manager.select_related(*joins).prefetch_related(*lists)

    def _inside(self, relation: Any, name: str) -> models.Prefetch:
        return models.Prefetch(name, queryset=self._joined(relation.related_model))

    def _list(self, rows: Iterable[Any], owner: models.Model) -> list[dict[str, Any]]:
        """Rows inside their owner; a table that has levels keeps them, and a circle is told once."""
        rows = list(rows)
        nested = NESTED.get(rows[0]._meta.model_name) if rows else None
        if nested is None:
            return [self.plain(row, inside=owner) for row in rows]
        _, name = nested
        below: dict[int | None, list[Any]] = {}
        for row in rows:
            below.setdefault(row.parent_id, []).append(row)
        told: set[int] = set()

        def level(parent: int | None) -> list[dict[str, Any]]:
            entries = []
            for row in below.get(parent, []):
                if row.pk not in told:
                    told.add(row.pk)
                    entries.append({**self.plain(row, inside=owner), name: level(row.pk)})
            return entries

        lost = [row for row in rows if row.parent_id]
        entries = level(None)
        return entries + [{**self.plain(row, inside=owner), name: level(row.pk)} for row in lost if row.pk not in told]

    def plain(self, row: models.Model, inside: models.Model | None = None) -> dict[str, Any]:
        """The values of one row. What points at its owner or at a table without names is left out."""
        values = {}
        for field in self._fields(type(row)):
            if isinstance(field, models.ForeignKey):
                if inside is not None and field.related_model in (type(inside), type(row)):
                    target = getattr(row, field.name)
                    if target == inside or field.related_model is type(row):
                        continue
                target = getattr(row, field.name)
                values[field.name] = getattr(target, self.keys[field.related_model]) if target else None
            else:
                values[field.name] = self._value(field, getattr(row, field.attname))
        if listed := FILES.get(row._meta.model_name):
            values["files"] = [self._named(default_storage, name) for name in getattr(row, listed)]
        for field in self._lists(type(row)):
            key = self.keys[field.related_model]
            values[field.name] = sorted(getattr(other, key) for other in getattr(row, field.name).all())
        return values

    def _fields(self, found: type[models.Model]) -> list[models.Field]:
        """The columns that say something: no numbers of the database, nothing that it computes, no accounts."""
        return [
            field
            for field in found._meta.concrete_fields
            if not field.primary_key
            and not field.generated
            and not isinstance(field, SearchVectorField)
            and (
                not isinstance(field, models.ForeignKey)
                or field.related_model in self.keys
                or field.related_model is found
            )
        ]

    def _lists(self, found: type[models.Model]) -> list[models.ManyToManyField]:
        return [
            field
            for field in found._meta.many_to_many
            if field.remote_field.through._meta.auto_created and field.related_model in self.keys
        ]

    def _value(self, field: models.Field, value: Any) -> Any:
        if isinstance(field, models.FileField):
            if not value:
                return None
            return self._named(value.storage, value.name)
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat()
        if isinstance(value, date | time):
            return value.isoformat()
        return str(value) if isinstance(value, Decimal) else value

    def _named(self, storage: Storage, name: str) -> str:
        """The file's place in the zip."""
        self.files[MEDIA + name] = (storage, name)
        return MEDIA + name
