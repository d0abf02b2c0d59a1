"""Which year of a customer's account is shown, and which part of a list of orders."""

from collections.abc import Sequence
from typing import Any

from django import forms

from aapm_site.core.forms import SiteForm, field_of


class YearForm(SiteForm):
    """One of the years in which anything was booked; without a choice the latest."""

    year = forms.TypedChoiceField(coerce=int, label="Year", widget=forms.Select(attrs={"class": "input--s"}))

    def __init__(self, data: Any, *, years: Sequence[int]) -> None:
        super().__init__(data, initial={"year": years[0]})
        self.years = years
        field_of(self, "year", forms.ChoiceField).choices = [(year, str(year)) for year in years]

    @property
    def chosen(self) -> int:
        return (self.cleaned_data.get("year") if self.is_valid() else None) or self.years[0]


class AfterForm(forms.Form):
    """The last order of the page before."""

    after = forms.SlugField(max_length=16, required=False)
