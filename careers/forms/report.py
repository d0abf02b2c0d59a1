"""What a reader says about a position that is not as it should be."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.core.forms import LongTextField, PublicForm

from ..choices import ReportReason
from ..models import JobReport


class JobReportForm(PublicForm):
    """A reason out of a few, and words where the reason needs them. Nobody is asked who they are."""

    reason = forms.ChoiceField(
        label="What is wrong?",
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose what is wrong."},
    )
    note = LongTextField(
        label="What should we know?",
        required=False,
        max_length=JobReport._meta.get_field("note").max_length,
        help_text="Where you saw it, what you were told; we need it for “Something else”. Only our staff read this.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == ReportReason.OTHER and not cleaned.get("note", "").strip():
            self.add_error("note", ValidationError("Please say in a few words what is wrong."))
        return cleaned
