"""What somebody notes about a saved position, and which ones they remove."""

from typing import Any

from django import forms

from aapm_site.core.forms import LongTextField, SiteForm, whole_number

from ..choices import SavedStage
from ..models import SavedJob


class SavedNoteForm(SiteForm):
    """Only the person who saved the position reads what stands here."""

    stage = forms.ChoiceField(label="How far you are", choices=SavedStage.choices)
    note = LongTextField(
        label="Your note",
        required=False,
        max_length=SavedJob._meta.get_field("note").max_length,
        help_text="Nobody but you reads it.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class JobNumbersField(forms.Field):
    """The numbers of jobs. What is none is left out: a list that has changed meanwhile is no mistake of its reader."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        found = (whole_number(text, digits=15) for text in value or ())
        return [number for number in found if number is not None]


class WantedForm(SiteForm):
    """The position that could not be saved for want of room, by its number."""

    wanted = JobNumbersField(required=False)


class RemovalForm(SiteForm):
    """The positions to take off the list: that of the button pressed, or else those that are marked."""

    only = JobNumbersField(required=False)
    job = JobNumbersField(required=False)
    sure = forms.BooleanField(required=False)

    @property
    def numbers(self) -> list[int]:
        return self.cleaned_data["only"] or self.cleaned_data["job"]
