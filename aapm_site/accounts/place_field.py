"""Form fields for a place: a town or a ZIP code, with suggestions while one types.

PlaceField is for what is written down, and offers a choice where several fit; NearField is for searches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from aapm_site.core.forms import OneLineField

from .models import Place
from .place_text import PlaceReading
from .queries.places import PlacesByKey, PlacesFound, find_places, places_named

SEVERAL = "Several places fit. Choose one of them, or write which one it is."
UNKNOWN_ZIP = "We do not know this ZIP code. Name the town and its state instead."
NO_STATE = "We do not know a place of this name. Write it with its state, as in “Portland, Maine”."
UNKNOWN = "We do not know this town. Name a larger one near it, or leave this empty."
HINT = "As in “Portland, Maine”, or 04101."


@dataclass(frozen=True)
class ChosenPlace:
    """One place, as far as it is known: `place` is None for a town that the gazetteer lacks."""

    town: str
    state_code: str
    postal_code: str = ""
    place: Place | None = None


class PlaceInput(forms.TextInput):
    """A text with suggestions (static/js/modules/places.js). `among` are the places to choose from, once several fit.

    The choice counts for the text for which it was offered, and falls away when that is changed.
    """

    template_name = "components/place_input.html"
    among: Sequence[str] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed, chosen = data.get(name), data.get(f"{name}-choice")
        return chosen if chosen and typed == data.get(f"{name}-asked") else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"among": self.among, "source": reverse_lazy("place-suggest")}
        return context


class PlaceField(OneLineField):
    """Cleans to a ChosenPlace, or to None when nothing is typed.

    `takes_unlisted` lets towns pass that the gazetteer lacks, if their state is named. `unknown` is what was typed and
    not found, for `domain.places.note_unknown_places`.
    """

    widget = PlaceInput

    def __init__(self, *, takes_unlisted: bool = False, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 160, "label": "Town or ZIP code", "help_text": HINT, **kwargs})
        self.takes_unlisted = takes_unlisted
        self.unknown = ""
        self.named: PlacesByKey | None = None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> ChosenPlace | None:  # type: ignore[override]  # more than the text that was typed
        text = super().clean(value)
        if not text.strip(" ,"):
            return None
        found = find_places(text, self.named)
        if not found.places:
            self.unknown = text
            return self._unlisted(found.reading)
        if len(found.places) > 1:
            self._offer(found)
        return _chosen(found.reading, found.places[0])

    def _offer(self, found: PlacesFound) -> None:
        self.widget.among = [found.label(place) for place in found.places]
        raise ValidationError(SEVERAL, code="several")

    def _unlisted(self, reading: PlaceReading) -> ChosenPlace:
        if not reading.town:
            raise ValidationError(UNKNOWN_ZIP, code="unknown")
        if not reading.state_code:
            raise ValidationError(NO_STATE, code="unknown")
        if not self.takes_unlisted:
            raise ValidationError(UNKNOWN, code="unknown")
        return ChosenPlace(reading.town[:100], reading.state_code, reading.postal_code)


class NearField(OneLineField):
    """A town or ZIP code to search near. Cleans to what it may mean, the largest place first; nothing typed is None."""

    widget = PlaceInput

    def clean(self, value: Any) -> PlacesFound | None:  # type: ignore[override]  # more than the text that was typed
        text = super().clean(value)
        if not text.strip(" ,"):
            return None
        found = find_places(text)
        if not found.places:
            raise ValidationError(NO_STATE if found.reading.town else UNKNOWN_ZIP, code="unknown")
        return found


def _chosen(reading: PlaceReading, place: Place) -> ChosenPlace:
    return ChosenPlace(place.name, place.state_code, reading.postal_code, place)


def look_up_together(forms_of_places: Iterable[forms.BaseForm]) -> None:
    """Ask once for the towns that are named in all of these forms, which are not cleaned yet."""
    bound = [form[name] for form in forms_of_places for name in form.fields]
    fields = [(one.field, one.data) for one in bound if isinstance(one.field, PlaceField)]
    named = places_named(*(typed for _, typed in fields if typed))
    for field, _ in fields:
        field.named = named


def unknown_places(*forms_of_places: forms.BaseForm) -> list[str]:
    """What was typed in the fields of these forms and not found."""
    fields = [field for form in forms_of_places for field in form.fields.values()]
    return [field.unknown for field in fields if isinstance(field, PlaceField) and field.unknown]
