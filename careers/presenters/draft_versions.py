"""Versions of a draft in words: who saved them and when, and what differs between two of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString

from aapm_site.accounts.models import User
from aapm_site.core.html_diff import DiffBlock, changes_only, line_difference, text_difference

from ..forms.rich_words import HTML, MarkedUp, words_as_html
from ..forms.whole_job import WholeJobForm
from ..models import JobDraftVersion
from .job_steps import name_of

TITLE = "Versions of this position"
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class VersionRow:
    """A version in the list, with what kind it is."""

    version: JobDraftVersion
    who: str
    words: str


@dataclass(frozen=True)
class FieldDifference:
    """A field that differs: its words compared, or, of a text, its blocks."""

    label: str
    words: SafeString | None = None
    blocks: Sequence[DiffBlock] = ()


def who(version: JobDraftVersion) -> str:
    return version.by.display_name if version.by else "a former colleague"


def version_rows(versions: Iterable[JobDraftVersion]) -> list[VersionRow]:
    return [VersionRow(one, who(one), _kind(one)) for one in versions]


def _kind(version: JobDraftVersion) -> str:
    if version.is_aside:
        return "Kept beside, because the position had changed meanwhile"
    return "Checked and saved" if version.is_checked else "Kept as it was typed"


def overtaken_words(version: JobDraftVersion | None, writer: User | None) -> str:
    """By whom the writer was overtaken, and when: perhaps by themselves, in another window."""
    if version is None:
        return ""
    at = timezone.localtime(version.at)
    time = f"{at:%-I:%M} {'a.m.' if at.hour < 12 else 'p.m.'} {at:%Z}"
    if writer is not None and version.by == writer:
        return f"You saved this position yourself at {time}, in another window, while you wrote here."
    return f"{who(version)} saved this position at {time}, while you wrote."


def differences(whole: WholeJobForm, old: Typed, new: Typed) -> list[FieldDifference]:
    """What differs between two versions, field by field as the form asks them."""
    found = []
    for field in whole.fields():
        before, after = _said(field, old), _said(field, new)
        if before == after:
            continue
        if field.name == "body":
            blocks = changes_only(text_difference(before, after, addresses=True))
            found.append(FieldDifference(name_of(field), blocks=blocks))
        else:
            found.append(FieldDifference(name_of(field), line_difference(before, after)))
    return found


def _said(field: forms.BoundField, typed: Typed) -> str:
    """What stands in a field, in words that people read."""
    values = typed.get(field.html_name) or []
    if field.name == "body":
        words = values[0] if values else ""
        return words_as_html(MarkedUp(words) if typed.get("body-as") == [HTML] else words)
    if isinstance(field.field, forms.BooleanField):
        return "Yes" if values else "No"
    labels = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    return ", ".join(labels.get(value, value) for value in values)
