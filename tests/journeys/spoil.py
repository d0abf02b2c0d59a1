"""Run by `manage.py shell` in the site under test: writes an attack into every text that anybody could have typed.

Prints, as JSON, how many columns of which tables took it. What the database refuses (a choice, an address) it refuses.
"""

import json
from typing import Any

import pghistory.models
from django.apps import apps
from django.core.validators import RegexValidator
from django.db import DatabaseError, transaction
from django.db.models import CharField, EmailField, Field, GeneratedField, JSONField, Model, SlugField, TextField

from aapm_site.core.richtext import RichTextField
from tests.journeys.payloads import ATTACKS

ROOMS = ("content", "careers", "membership", "accounts")
# Addresses and keys: nobody types them, or what is typed is checked by a rule of its own.
LEFT = {"path", "public_id", "token", "old_path", "audience", "checksum", "fingerprint", "file", "password", "code"}
# What only our own rules write, from a source that they clean: hostile sources are tried on those rules.
LEFT |= {"html", "title_html", "cover"}
A_TABLE = 40  # rows of each table that are spoiled


def spoil(model: type[Model]) -> dict[str, int]:
    taken = {}
    rows = list(model._base_manager.order_by("-pk").values_list("pk", flat=True)[:A_TABLE])
    for field in model._meta.concrete_fields:
        if not is_typed(field):
            continue
        for pk in rows:
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{field.attname: attack(field, pk)})
            except DatabaseError:
                break
            taken[field.name] = taken.get(field.name, 0) + 1
    return taken


def is_typed(field: Field) -> bool:
    if not isinstance(field, CharField | TextField) or isinstance(field, SlugField | EmailField | GeneratedField):
        return False
    guarded = any(isinstance(validator, RegexValidator) for validator in field.validators)
    return not (field.choices or guarded or field.name in LEFT or field.name.endswith(("url", "status")))


def attack(field: Field, pk: Any) -> str:
    """The longest attack that the column takes; where each value must differ, with a number before it."""
    before = f"{pk} " if field.unique else ""
    fitting = (before + words for words in ATTACKS if len(before + words) <= (field.max_length or 1_000))
    return next(fitting, "<b>"[: field.max_length])


def spoiled_json(value: Any) -> Any:
    """The texts inside stored data."""
    if isinstance(value, dict):
        return {key: spoiled_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoiled_json(inner) for inner in value]
    return ATTACKS[0] if isinstance(value, str) and " " in value else value


def main() -> None:
    told = {}
    for model in (model for room in ROOMS for model in apps.get_app_config(room).get_models()):
        if issubclass(model, pghistory.models.Event):
            continue
        if taken := spoil(model):
            told[model._meta.label] = taken
        for field in model._meta.concrete_fields:
            if isinstance(field, JSONField) and not isinstance(field, RichTextField):
                for row in model._base_manager.order_by("-pk")[:A_TABLE]:
                    value = spoiled_json(getattr(row, field.attname))
                    model._base_manager.filter(pk=row.pk).update(**{field.attname: value})
    print(json.dumps(told))  # noqa: T201 - read by the test


main()
