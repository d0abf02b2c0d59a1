"""What a person typed into a form that could not be taken: by the names that they saw, as text that they can read."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.text import capfirst

from ..forms import Accessible
from ..richtext import plain

ECHOED = 500_000  # characters that a page gives back: more than the longest text that any form takes
LONGEST_NAME = 100
HIDDEN = {
    "action", "code", "credential", "csrfmiddlewaretoken", "id", "index", "next", "read", "read_version", "seen",
    "select_across", "shown_at",
}  # fmt: skip
PARTS = {"0": "day", "1": "time"}
TICKED = "on"
CHOSEN = (
    forms.BooleanField, forms.FileField, forms.ModelChoiceField, models.BooleanField, models.FileField,
    models.ForeignKey, models.ManyToManyField,
)  # fmt: skip

Field = Any  # of a form or of a model
_row = re.compile(r"^(?P<table>.+)-(?P<row>\d+)-(?P<name>[^-]+)$")
_part = re.compile(r"^(?P<name>.+)_(?P<part>[01])$")
_laid_out = re.compile(r"\s*<(?:p|h[1-6]|ul|ol|dl|div|blockquote|table|figure|aside|pre|hr)\b[^>]*>", re.IGNORECASE)
_line_ends = re.compile(r"<br\s*/?>|</(?:li|tr|dt|dd)>", re.IGNORECASE)
_block_ends = re.compile(r"</(?:p|h[1-6]|ul|ol|dl|div|blockquote|table|figure|aside|pre)>|<hr\b[^>]*>", re.IGNORECASE)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The words with their labels, to be copied out; secrets, ticks, numbers of rows and buttons are left out.

    The last of it is cut where somebody sent more than any form takes: megabytes get no megabytes back.
    """
    find = _finder(request)
    found = [
        (_label(name, find)[:LONGEST_NAME], readable(value))
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and _is_typed(name, value, find)
    ]
    before = accumulate((len(value) for _, value in found), initial=0)
    placed = zip(found, before, strict=False)
    return [(name, value[: ECHOED - start]) for (name, value), start in placed if start < ECHOED]


def readable(value: str) -> str:
    """What an editor laid out as HTML, as lines of text; whatever else was typed stays as it was."""
    if not _laid_out.match(value):
        return value
    lines = _line_ends.sub("\n", _block_ends.sub("\n\n", re.sub(r"\s+", " ", value))).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(plain, lines))).strip()


def _is_typed(name: str, value: str, find: Callable[[str], Field]) -> bool:
    """No secret, none of the site's own fields, no button of the staff's forms, nothing that counts rows of a table."""
    base = _base(name)
    if base in HIDDEN or name.startswith(("_", "initial-")) or "password" in name or "__prefix__" in name:
        return False
    if base.endswith("_FORMS") or base == "DELETE" or value == TICKED:
        return False
    field = find(base)
    return not (isinstance(field, CHOSEN) or getattr(getattr(field, "widget", None), "is_hidden", False))


def _base(name: str) -> str:
    """The name of the field, wherever it stands: without the row of its table, and as a whole."""
    row = _row.match(name)
    return row["name"] if row else name.rpartition("-")[2]


def _label(name: str, find: Callable[[str], Field]) -> str:
    base, row = _base(name), _row.match(name)
    said, part = _words_of(base, find), _part.match(base)
    if part and not find(base) and find(part["name"]):
        said = f"{_words_of(part['name'], find)}, {PARTS[part['part']]}"
    return f"{said} (row {int(row['row']) + 1})" if row else said


def _words_of(name: str, find: Callable[[str], Field]) -> str:
    field = find(name)
    words = getattr(field, "label", None) or getattr(field, "verbose_name", None)
    return str(capfirst(str(words or name.replace("_", " ").strip().lower())))


def _finder(request: HttpRequest) -> Callable[[str], Field]:
    """How a field is known by its name: from the admin's page that was asked for, else from the form that fits best."""
    known, sent = _of_admin(request.path), {_base(name) for name in request.POST} - HIDDEN
    fitting = max(_all_fields(), key=lambda fields: (len(sent & set(fields)), -len(fields)), default={})
    fits = 2 * len(sent & set(fitting)) > len(sent)
    return lambda name: known.get(name) or (fitting.get(name) if fits else None)


def _of_admin(path: str) -> dict[str, Field]:
    """Those of the admin's page at this address, and of the tables below its form; of other pages none."""
    try:
        own = getattr(resolve(path).func, "model_admin", None)
    except Resolver404:
        own = None
    if own is None:
        return {}
    tables = [table.model for table in reversed(own.inlines)]
    return {field.name: field for model in (*tables, own.model) for field in model._meta.get_fields()} | {
        name: field for name, field in own.form.base_fields.items() if field.label
    }


def _all_fields(kind: Any = Accessible) -> Iterator[Mapping[str, Field]]:
    for form in kind.__subclasses__():
        yield getattr(form, "base_fields", {})
        yield from _all_fields(form)
