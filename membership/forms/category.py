"""What a member says about the category: into which one, and when training ends."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from aapm_site.core.forms import SiteForm

from ..models import Membership, Plan

LONGEST_TRAINING_YEARS = 12


class NextCategoryForm(SiteForm):
    """The category that was on the page when it was pressed."""

    plan = forms.ModelChoiceField(
        Plan.objects.all(),
        to_field_name="slug",
        widget=forms.HiddenInput,
        error_messages={
            "required": "Choose the category again, please: the press said none.",
            "invalid_choice": "This category is not there any more. Please look at the page again.",
        },
    )

    @property
    def refusal(self) -> str:
        """Why it was refused, as one sentence."""
        return " ".join(str(word) for words in self.errors.values() for word in words)


class TrainingForm(SiteForm):
    """The last day of training; an empty one says that none is under way, or that the day is not known."""

    training_ends_on = forms.DateField(
        label="If you are in training, when does it end?",
        required=False,
        help_text="The last day of your residency or fellowship. The first term after it begins in your next category.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write a day, such as 06/30/2028."},
    )

    @classmethod
    def of(cls, membership: Membership) -> "TrainingForm":
        return cls(initial={"training_ends_on": membership.training_ends_on})

    def clean_training_ends_on(self) -> Any:
        return check_training_end(self.cleaned_data["training_ends_on"])


def check_training_end(on: Any) -> Any:
    """A day of training that is years away is a slip of the pen."""
    if on and abs(on.year - timezone.localdate().year) > LONGEST_TRAINING_YEARS:
        raise ValidationError(f"Choose a day within {LONGEST_TRAINING_YEARS} years of today.")
    return on
