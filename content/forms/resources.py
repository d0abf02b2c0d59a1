"""The filters of the directory: every key of its address passes this form."""

from typing import Any

from django import forms
from django.http import QueryDict

from aapm_site.core.forms import SiteForm, field_of, whole_number, without_control
from content.queries.resources import FACETS, Kinds, ResourceCriteria
from content.states import Audience, Language, ResourceFormat

KEYS = ("q", *FACETS, "only", "page")
LONGEST = 200
MOST_PAGES = 10_000
MOST_VALUES = 30


class KnownValues(forms.Field):
    """The values that exist among those of the address; whether others were left out is remembered."""

    left_out = False

    def __init__(self, known: Any = None, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.MultipleHiddenInput, **kwargs)
        self.known = known

    def clean(self, value: Any) -> list[str]:
        given = [text for text in dict.fromkeys(value or []) if text]
        kept = [text for text in given if self.known is None or text in self.known][:MOST_VALUES]
        self.left_out = len(kept) < len(given)
        return kept


class SearchWordsField(forms.CharField):
    """What somebody types to look for: on one line, without marks that nobody types, never an error."""

    def clean(self, value: Any) -> str:
        return " ".join(without_control(str(value or "").replace("\x00", "")).split())[:LONGEST]


class Number(forms.Field):
    """A whole number from 1 on, else nothing; `left_out` says that something else stood there."""

    left_out = False

    def clean(self, value: Any) -> int | None:
        text = str(value or "")
        number = whole_number(text, digits=10) or None
        self.left_out = bool(text) and number is None
        return number


class ResourceFilterForm(SiteForm):
    """What the reader looks for. Nothing is an error: what does not exist is left out, and the page says so."""

    q = SearchWordsField(
        required=False, label="Look for", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    topic = KnownValues(label="About")
    audience = KnownValues(Audience.values, label="For whom")
    format = KnownValues(ResourceFormat.values, label="What it is")
    language = KnownValues(Language.values, label="Language")
    only = Number(required=False)
    page = Number(required=False)

    @property
    def criteria(self) -> ResourceCriteria:
        data = self.cleaned_data
        return ResourceCriteria(data["q"], data["only"], {name: data[name] for name in FACETS})

    @property
    def number(self) -> int:
        return min(self.cleaned_data["page"] or 1, MOST_PAGES)

    @property
    def left_out(self) -> bool:
        """Whether the address held something that the directory does not know."""
        return any(getattr(field, "left_out", False) for field in self.fields.values())

    def narrowed(self, kinds: Kinds) -> ResourceCriteria:
        """The criteria, without topics that do not exist (any more)."""
        known = [slug for slug in self.cleaned_data["topic"] if slug in kinds.topics]
        if len(known) < len(self.cleaned_data["topic"]):
            field_of(self, "topic", KnownValues).left_out = True
            self.cleaned_data["topic"] = known
        return self.criteria


def without(query: QueryDict, name: str, value: str | None = None) -> str:
    """The same search without one of its parts, on its first page."""
    left = query.copy()
    left.setlist(name, [kept for kept in left.getlist(name) if value is not None and kept != value])
    left.pop("page", None)
    return f"?{left.urlencode()}" if any(left.values()) else "."
