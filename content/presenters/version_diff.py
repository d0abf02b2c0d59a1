"""Two versions of a page compared, in the words of the editors' form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import dateformat, timezone
from django.utils.safestring import SafeString

from aapm_site.core import html_diff
from content.models import Page, readers_in_words
from content.states import PageKind

LABELS = {
    "partners": "Partners",
    "events": "Events",
    "body": "Text",
    "related": "Related pages",
    "slug": "Address word",
    "audience": "Who reads it",
}
ROWS = ("partners", "events")  # each a row with columns of its own
TEXTS = ("body", "recap")
WORDS = {"kind": dict(PageKind.choices)}


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: its words, or for a long text its blocks."""

    name: str
    label: str
    words: SafeString | None = None
    blocks: Sequence[html_diff.DiffBlock] = ()
    only_markup: bool = False


def label(name: str) -> str:
    """A field as the form calls it."""
    if name in LABELS:
        return LABELS[name]
    try:
        field: Any = Page._meta.get_field(name)
        said = str(field.verbose_name)
    except FieldDoesNotExist:
        said = name.replace("_", " ")
    return said[:1].upper() + said[1:]


def labels(names: Sequence[str]) -> str:
    """What changed, as one line."""
    return ", ".join(label(name) for name in names)


def fields_compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldChange]:
    """Everything that differs between two snapshots, in the order of the newer one; the long texts last."""
    names = [name for name in [*new, *(name for name in old if name not in new)] if old.get(name) != new.get(name)]
    found = []
    for name in sorted(names, key=lambda name: name in TEXTS):
        before, after = old.get(name), new.get(name)
        if name in TEXTS:
            blocks = html_diff.text_difference(before or "", after or "", addresses=True)
            same = all(block.state == html_diff.SAME for block in blocks)
            found.append(FieldChange(name, label(name), None, html_diff.changes_only(blocks), same))
        else:
            words = html_diff.line_difference(in_words(name, before), in_words(name, after))
            found.append(FieldChange(name, label(name), words))
    return found


def _row_in_words(row: Mapping[str, Any]) -> str:
    """A partner or an event as one line."""
    said = [in_words(name, value) for name, value in row.items() if name != "order" and value not in (None, "")]
    return ", ".join(said)


def in_words(name: str, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, list):
        return "; ".join(map(_row_in_words, value)) if name in ROWS else ", ".join(map(str, value))
    if name.endswith("_at"):
        return dateformat.format(timezone.localtime(datetime.fromisoformat(value)), "F j, Y, g:i a")
    if name.endswith("_on"):
        return dateformat.format(date.fromisoformat(value), "F j, Y")
    if name == "audience":
        return readers_in_words(value)
    return WORDS.get(name, {}).get(value, str(value))
