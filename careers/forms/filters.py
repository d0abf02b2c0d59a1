"""The criteria of the job list: every key of its address passes this form."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict

from aapm_site.accounts.models import Place
from aapm_site.accounts.place_field import NearField
from aapm_site.accounts.queries.places import PlacesFound
from aapm_site.accounts.us_states import STATES
from aapm_site.core.forms import SiteForm, field_of
from aapm_site.core.search.query import tidy

from ..choices import (
    EmploymentType,
    JobSort,
    MostCall,
    OfferedBy,
    OpioidShare,
    PayModel,
    Procedure,
    Setting,
    WantedTerm,
    WeeklyHours,
)
from ..criteria import MILES, SINCE, USUAL_MILES, JobCriteria, NearPlace
from ..queries.choices import Choices, choices_of

KEYS = (
    "q", "near", "miles", "state", "profession", "specialty", "setting", "type", "remote", "pay", "since", "terms",
    "call", "hours", "paid", "opioids", "procedure", "by", "employer", "sort", "after", "before",
)  # fmt: skip
PAY = (100_000, 150_000, 200_000, 250_000, 300_000, 350_000, 400_000, 450_000, 500_000, 600_000)
SINCE_WORDS = {
    1: "The last day",
    3: "The last 3 days",
    7: "The last week",
    14: "The last 2 weeks",
    30: "The last month",
}


class WordsField(forms.CharField):
    """What somebody types to search: one line without control marks, cut where nobody reads on."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))

    def run_validators(self, value: Any) -> None:
        """What was tidied is fit to be asked with."""


class BoxesField(forms.MultipleChoiceField):
    """Boxes of which any may be ticked; a list that offers “any” among them sends it as nothing."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))


class StatesField(BoxesField):
    def to_python(self, value: Any) -> list[str]:
        return [code for code in super().to_python(value) if code]


def boxes_of(label: str, choices: Iterable[tuple[str, str]]) -> BoxesField:
    """Boxes of which any may be ticked. What an employer has not stated is none of them."""
    stated = [(value, words) for value, words in choices if value]
    return BoxesField(required=False, choices=stated, label=label)


def number_of(label: str, choices: Iterable[tuple[int, str]], nothing: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=[("", nothing), *choices], label=label
    )


class JobFilterForm(SiteForm):
    """What the reader looks for. A value that does not exist is an error of its field; the others still count."""

    q = WordsField(
        required=False, label="What", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    near = NearField(required=False, max_length=160, label="Near")
    miles = number_of("Within", [(miles, f"{miles} miles") for miles in MILES], f"{USUAL_MILES} miles")
    state = StatesField(required=False, choices=STATES, label="State")
    profession = BoxesField(required=False, label="Role")
    specialty = BoxesField(required=False, label="Specialty")
    setting = boxes_of("Setting", Setting.choices)
    type = boxes_of("Kind of employment", EmploymentType.choices)
    hours = boxes_of("Hours a week", WeeklyHours.choices)
    terms = boxes_of("Terms of work", WantedTerm.choices)
    call = boxes_of("Call", MostCall.choices)
    paid = boxes_of("Paid", PayModel.choices)
    procedure = boxes_of("Procedures", Procedure.choices)
    opioids = boxes_of("Opioid management", OpioidShare.choices)
    by = boxes_of("Offered by", OfferedBy.choices)
    pay = number_of("Pay of at least", [(pay, f"${pay:,} a year") for pay in PAY], "Any")
    since = number_of("Posted", [(days, SINCE_WORDS[days]) for days in SINCE], "At any time")
    remote = forms.BooleanField(required=False, label="Can be done from home, at least partly")
    sort = forms.ChoiceField(required=False, choices=[("", "Usual order"), *JobSort.choices], label="Sort by")
    employer = forms.SlugField(required=False, max_length=140, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)

    facets = (
        "profession", "specialty", "setting", "type", "hours", "state", "terms", "call", "paid", "procedure", "opioids",
        "by",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="job_%s", **kwargs)
        for key in ("profession", "specialty"):
            field_of(self, key, forms.ChoiceField).choices = choices_of(key)

    @property
    def offered(self) -> dict[str, Choices]:
        """The values and words of every group of boxes."""
        fields = {key: field_of(self, key, forms.ChoiceField) for key in self.facets}
        return {key: tuple(cast(Iterable[tuple[str, str]], field.choices)) for key, field in fields.items()}

    @property
    def criteria(self) -> JobCriteria:
        """All that was understood."""
        data = self.cleaned_data
        return JobCriteria(
            words=data.get("q", ""),
            near=self._near(data.get("near"), data.get("miles")),
            states=tuple(data.get("state", ())),
            professions=tuple(data.get("profession", ())),
            specialties=tuple(data.get("specialty", ())),
            settings=tuple(data.get("setting", ())),
            types=tuple(data.get("type", ())),
            remote=bool(data.get("remote")),
            pay=data.get("pay") or 0,
            since_days=data.get("since") or 0,
            terms=tuple(data.get("terms", ())),
            call=tuple(data.get("call", ())),
            hours=tuple(data.get("hours", ())),
            pay_models=tuple(data.get("paid", ())),
            opioid_shares=tuple(data.get("opioids", ())),
            procedures=tuple(data.get("procedure", ())),
            offered_by=tuple(data.get("by", ())),
            employer=data.get("employer", ""),
        )

    def _near(self, found: PlacesFound | None, miles: int | None) -> NearPlace | None:
        if found is None:
            return None
        place = found.places[0]
        label = found.label(place)
        return NearPlace(label, float(place.latitude), float(place.longitude), miles or USUAL_MILES)

    @property
    def other_places(self) -> list[Place]:
        """What the typed place may mean besides."""
        found = self.cleaned_data.get("near")
        return list(found.places[1:]) if found else []


def read_criteria(query: QueryDict) -> JobCriteria:
    """What an address or a stored one asks for; what it does not know is left out."""
    form = JobFilterForm(query)
    form.is_valid()
    return form.criteria
