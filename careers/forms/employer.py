"""Forms about an employer and its team."""

from typing import Any

from django import forms

from aapm_site.accounts.place_field import PlaceField
from aapm_site.core.forms import LongTextField, NameField, SiteForm, SiteModelForm, field_of

from ..choices import EmployerKind, MemberRole
from ..models import Employer


class PackageWantedForm(forms.Form):
    """Which package somebody was about to buy when it turned out that an organization comes first."""

    buy = forms.SlugField(max_length=60, required=False)


class EmployerForm(SiteModelForm):
    """The organization as readers meet it."""

    name = NameField(max_length=120, label="Name of the organization")
    town = PlaceField(required=False)
    website = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label="Website",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    about = LongTextField(
        max_length=1500,
        required=False,
        label="About it",
        help_text="Two or three sentences. They stand beside each of your positions, except confidential ones.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Employer
        fields = ("name", "kind", "website", "about")
        labels = {"kind": "What kind of organization is it?"}

    field_order = ("name", "kind", "town", "website", "about")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "kind", forms.ChoiceField).choices = [("", "Choose a kind"), *EmployerKind.choices]
        if self.instance.place:
            self.initial["town"] = self.instance.place.label

    @property
    def details(self) -> dict[str, Any]:
        """What `domain.employers` takes."""
        data, town = self.cleaned_data, self.cleaned_data["town"]
        place = town.place if town else None
        return {name: data[name] for name in ("name", "kind", "website", "about")} | {"place": place}


class InvitationForm(SiteForm):
    """Somebody new for the team."""

    email = forms.EmailField(
        max_length=254,
        label="E-mail of your colleague",
        help_text="They sign in, or make an account, with this very address and say yes.",
    )
    role = forms.ChoiceField(choices=MemberRole.choices, initial=MemberRole.POSTER, label="Role")


class RoleForm(SiteForm):
    """Another role for somebody on the team."""

    role = forms.ChoiceField(choices=MemberRole.choices, label="Role")
