"""A journal club as its chair plans it."""

from typing import Any

from django import forms

from aapm_site.core.forms import OneLineField, SiteForm

from ..models import Group
from ..models.club import LONGEST_PLACE


class ClubForm(SiteForm):
    """Which group, on which day, and where. `led` is what the person may choose among."""

    group = forms.ModelChoiceField(
        Group.objects.none(), label="Group", empty_label=None,
        error_messages={"required": "Choose a group.", "invalid_choice": "Choose a group that you lead."},
    )  # fmt: skip
    meets_on = forms.DateField(
        label="Day", widget=forms.DateInput(attrs={"type": "date"}), error_messages={"required": "Choose the day."}
    )
    place = OneLineField(
        label="Time and place", required=False, max_length=LONGEST_PLACE, help_text="Such as “12:30, room 4” or a link."
    )

    def __init__(self, *args: Any, led: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = led  # type: ignore[attr-defined]  # a ModelChoiceField
