"""What makes a saved list of members, and what is asked before members' data leave the site."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.core.forms import OneLineField, SiteForm

from .. import regions
from ..models import MemberFilter
from ..states import MembershipStatus


class MemberFilterForm(forms.ModelForm):
    """Each condition that is set narrows the list; within one, any of what is chosen fits."""

    statuses = forms.MultipleChoiceField(
        label="Standing today", choices=MembershipStatus.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    state_codes = forms.MultipleChoiceField(
        label="States",
        choices=regions.CHOICES,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Hold Ctrl, or Command on a Mac, to choose several.",
    )

    class Meta:
        model = MemberFilter
        fields = (
            "name", "is_shared", "statuses", "plans", "ends_within", "joined_from", "joined_to", "career_stages",
            "specialties", "groups", "state_codes",
        )  # fmt: skip

    owner: Any = None  # who makes a new one

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.owner = self.owner

    def clean_name(self) -> str:
        """The constraint names the owner, whom the form does not show."""
        name = str(self.cleaned_data["name"])
        owner = self.instance.owner_id
        if owner and MemberFilter.objects.filter(owner=owner, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("You have a list of this name already. Give this one another.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("joined_from"), cleaned.get("joined_to")
        if first and last and last < first:
            self.add_error("joined_to", "The last day comes before the first.")
        return cleaned


class ExportForm(SiteForm):
    """Why members' data leave the site."""

    purpose = OneLineField(
        label="What is it for?",
        max_length=200,
        help_text="It is written down with your name, the day, and which list it was.",
        error_messages={"required": "Say in a few words what the list is for: your colleagues will read it."},
    )
