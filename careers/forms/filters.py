"""The criteria of the job list: every key of its address passes this form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from aapm_site.accounts.us_states import STATES
from aapm_site.core.forms import OneLineField, SiteForm, field_of

from ..choices import (
    EmploymentType,
    MostCall,
    OfferedBy,
    OpioidShare,
    PayModel,
    Procedure,
    Setting,
    WantedTerm,
)
from ..queries.choices import professions, specialties
from ..queries.listings import JobCriteria

KEYS = (
    "q", "state", "profession", "specialty", "setting", "type", "remote", "terms", "call", "paid", "opioids",
    "procedure", "by", "employer", "after", "before",
)  # fmt: skip


def _boxes(label: str, choices: Iterable[tuple[str, str]]) -> forms.MultipleChoiceField:
    """Boxes of which any may be ticked. What an employer has not stated is none of them."""
    stated = [(value, words) for value, words in choices if value]
    return forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, choices=stated, label=label)


class JobFilterForm(SiteForm):
    """What the reader looks for. A value that does not exist is an error of its field; the others still count."""

    q = OneLineField(
        required=False,
        max_length=200,
        label="What",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(required=False, label="Where", choices=[("", "Anywhere"), *STATES])
    profession = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="Role")
    specialty = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="Specialty")
    setting = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, choices=Setting.choices, label="Setting"
    )
    type = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, choices=EmploymentType.choices, label="Hours"
    )
    terms = _boxes("Terms of work", WantedTerm.choices)
    call = _boxes("Call", MostCall.choices)
    paid = _boxes("Paid", PayModel.choices)
    procedure = _boxes("Procedures", Procedure.choices)
    opioids = _boxes("Opioid management", OpioidShare.choices)
    by = _boxes("Offered by", OfferedBy.choices)
    remote = forms.BooleanField(required=False, label="Can be done from home, at least partly")
    employer = forms.SlugField(required=False, max_length=140, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput)

    facets = (
        "profession", "specialty", "setting", "type", "terms", "call", "paid", "procedure", "opioids", "by",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="job_%s", **kwargs)
        field_of(self, "profession", forms.ChoiceField).choices = professions()
        field_of(self, "specialty", forms.ChoiceField).choices = specialties()
        # The facets stand beside the list, the words above it: one form all the same.
        self.fields["remote"].widget.attrs["form"] = "job-search"

    @property
    def criteria(self) -> JobCriteria:
        data = self.cleaned_data
        return JobCriteria(
            words=data.get("q", ""),
            professions=tuple(data.get("profession", ())),
            specialties=tuple(data.get("specialty", ())),
            settings=tuple(data.get("setting", ())),
            types=tuple(data.get("type", ())),
            state=data.get("state", ""),
            remote=bool(data.get("remote")),
            employer=data.get("employer", ""),
            terms=tuple(data.get("terms", ())),
            call=tuple(data.get("call", ())),
            pay_models=tuple(data.get("paid", ())),
            opioid_shares=tuple(data.get("opioids", ())),
            procedures=tuple(data.get("procedure", ())),
            offered_by=tuple(data.get("by", ())),
        )

    def chosen(self, query: QueryDict) -> list[dict[str, str]]:
        """Each chosen criterion in words, with the address of the same search without it."""
        found = []
        for name in ("q", "state", *self.facets, "remote"):
            for value in query.getlist(name):
                if value and (label := self._label(name, value)):
                    found.append({"text": label, "url": _without(query, name, value)})
        return found

    def _label(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value.strip()}”" if value.strip() else ""
        if name == "remote":
            return "From home" if self.cleaned_data.get("remote") else ""
        choices: Any = field_of(self, name, forms.ChoiceField).choices
        return dict(choices).get(value, "")


def _without(query: QueryDict, name: str, value: str) -> str:
    left = query.copy()
    left.setlist(name, [kept for kept in left.getlist(name) if kept != value])
    for key in ("after", "before"):
        left.pop(key, None)
    return f"?{left.urlencode()}" if left else "."
