"""A program's form for fellowship places that did not fill."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from aapm_site.accounts.place_field import PlaceField
from aapm_site.core.forms import LongTextField, NameField, SiteModelForm

from ..models import FellowshipOffer

COLUMNS = ("program", "open_places", "begins_on", "accredited", "visa", "summary", "wanted", "apply_url", "apply_email")


class FellowshipOfferForm(SiteModelForm):
    """Ten questions, answered in five minutes."""

    program = NameField(
        max_length=120, label="Name of the program", help_text="As fellows know it: Pain Medicine Fellowship"
    )
    town = PlaceField()
    begins_on = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    summary = LongTextField(
        label="What is the year like?",
        max_length=800,
        help_text="Rotations, procedures, call, what becomes of your fellows.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    wanted = LongTextField(
        label="Who may apply?",
        max_length=600,
        help_text="Residencies, scores, papers that you need, and until when you answer.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    apply_url = forms.URLField(
        label="Address to apply at", max_length=500, required=False, assume_scheme="https",
        help_text="A page of yours, or of your application service.",
    )  # fmt: skip

    class Meta:
        model = FellowshipOffer
        fields = COLUMNS
        labels = {"open_places": "Open places", "accredited": "The program is accredited by the ACGME", "visa": "Visas"}

    field_order = ("program", "town", *COLUMNS[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.place_id:
            self.initial["town"] = self.instance.place.label

    def clean_begins_on(self) -> date:
        """A day that was to come when it was first written may pass."""
        day: date = self.cleaned_data["begins_on"]
        if day < timezone.localdate() and day != self.instance.begins_on:
            raise ValidationError("This day is over.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"apply_url", "apply_email"} <= cleaned.keys() and not cleaned["apply_url"] and not cleaned["apply_email"]:
            self.add_error("apply_email", ValidationError("Say where to apply: an address or an e-mail."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The columns, as `domain.fellowships` takes them."""
        data = self.cleaned_data
        return {name: data[name] for name in COLUMNS} | {"place": data["town"].place}
