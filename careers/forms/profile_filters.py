"""The criteria of the search of profiles: every key of its address passes this form."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from aapm_site.accounts.models import Place
from aapm_site.accounts.place_field import NearField
from aapm_site.accounts.queries.places import PlacesFound
from aapm_site.core.forms import SiteForm, field_of

from ..criteria import MILES, USUAL_MILES
from ..profile_alias import LENGTH
from ..profile_criteria import CHANGED_SINCE, YEARS, NearTown, ProfileCriteria
from ..queries.choices import Choices, profile_choices
from .filters import BoxesField, WordsField, number_of

CHANGED_WORDS = {
    7: "In the last week",
    30: "In the last month",
    90: "In the last 3 months",
    180: "In the last 6 months",
}
FACETS = {
    "profession": "Profession", "specialty": "Specialty", "licensed": "Licensed in", "certified": "Board certified in",
    "procedure": "Procedures", "state": "Would work in", "setting": "Setting", "stage": "Stage",
    "language": "Languages", "remote": "Remote work", "visa": "Visa",
}  # fmt: skip


class ProfileFilterForm(SiteForm):
    """What the employer looks for. A value that does not exist is an error of its field; the others still count."""

    q = WordsField(
        required=False, label="What", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    near = NearField(required=False, max_length=160, label="Would work near")
    miles = number_of("Within", [(miles, f"{miles} miles") for miles in MILES], f"{USUAL_MILES} miles")
    profession = BoxesField(required=False)
    specialty = BoxesField(required=False)
    licensed = BoxesField(required=False)
    certified = BoxesField(required=False)
    procedure = BoxesField(required=False)
    state = BoxesField(required=False)
    setting = BoxesField(required=False)
    stage = BoxesField(required=False)
    language = BoxesField(required=False)
    remote = BoxesField(required=False)
    visa = BoxesField(required=False)
    years = number_of("Years of practice", [(years, f"At least {years}") for years in YEARS], "Any")
    by = forms.DateField(
        required=False, label="Could begin by", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    since = number_of("Changed", [(days, CHANGED_WORDS[days]) for days in CHANGED_SINCE], "At any time")
    after = forms.RegexField(f"^[A-Za-z0-9_-]{{{LENGTH}}}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="profile_%s", **kwargs)
        for key, label in FACETS.items():
            field = field_of(self, key, forms.ChoiceField)
            field.choices, field.label = profile_choices(key), label

    def clean_by(self) -> date | None:
        """The last day of its month: with days, two lists that differ by one tell whose day it is."""
        by: date | None = self.cleaned_data["by"]
        return by and by.replace(day=monthrange(by.year, by.month)[1])

    @property
    def offered(self) -> dict[str, Choices]:
        """The values and words of every group of boxes."""
        fields = {key: field_of(self, key, forms.ChoiceField) for key in FACETS}
        return {key: tuple(cast(Iterable[tuple[str, str]], field.choices)) for key, field in fields.items()}

    @property
    def criteria(self) -> ProfileCriteria:
        """All that was understood."""
        data = self.cleaned_data
        return ProfileCriteria(
            words=data.get("q", ""),
            near=_near(data.get("near"), data.get("miles")),
            states=tuple(data.get("state", ())),
            professions=tuple(data.get("profession", ())),
            specialties=tuple(data.get("specialty", ())),
            certifications=tuple(data.get("certified", ())),
            licenses=tuple(data.get("licensed", ())),
            procedures=tuple(data.get("procedure", ())),
            languages=tuple(data.get("language", ())),
            stages=tuple(data.get("stage", ())),
            years=data.get("years") or 0,
            settings=tuple(data.get("setting", ())),
            remote=tuple(data.get("remote", ())),
            visas=tuple(data.get("visa", ())),
            available_by=data.get("by"),
            since_days=data.get("since") or 0,
        )

    @property
    def other_places(self) -> list[Place]:
        """What the typed place may mean besides."""
        found = self.cleaned_data.get("near")
        return list(found.places[1:]) if found else []


def _near(found: PlacesFound | None, miles: int | None) -> NearTown | None:
    if found is None:
        return None
    place = found.places[0]
    point = (float(place.latitude), float(place.longitude))
    return NearTown(found.label(place), *point, miles or USUAL_MILES, place.state_code)


def read_profile_criteria(query: QueryDict) -> ProfileCriteria:
    """What an address or a stored one asks for; what it does not know is left out."""
    form = ProfileFilterForm(query)
    form.is_valid()
    return form.criteria
