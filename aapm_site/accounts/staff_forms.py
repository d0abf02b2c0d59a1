"""The forms about staff: an invitation, and the boxes of the roles."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Case, When
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.forms import NameField, SiteForm
from aapm_site.core.roles import ROLE_WORDS, ROLES

from .rules import normal_email


def role_label(name: str) -> SafeString | str:
    """The role with what it may do."""
    words = ROLE_WORDS.get(name)
    if not words:
        return name
    return format_html('<span class="role"><strong>{}</strong> <span>{}</span></span>', name, words)


class RoleBoxes(forms.ModelMultipleChoiceField):
    """The roles of a person as boxes, in the order of ROLES; groups that a site has made besides come last."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        ranks = [When(name=name, then=rank) for rank, name in enumerate(ROLES)]
        groups = Group.objects.order_by(Case(*ranks, default=len(ROLES)), "name")
        super().__init__(queryset=groups, required=False, label="Roles", **kwargs)

    def label_from_instance(self, group: Any) -> str:
        return role_label(group.name)


class StaffInvitationForm(SiteForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="The invitation goes there, and they sign in with it. An account that exists becomes staff.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    first_name = NameField(label="First name", max_length=80, required=False)
    last_name = NameField(label="Last name", max_length=80, required=False)
    roles = forms.MultipleChoiceField(
        label="What they will do",
        choices=[(name, role_label(name)) for name in ROLES],
        widget=forms.CheckboxSelectMultiple,
        help_text="Each opens the pages that it needs, and nothing else. You can change this later.",
        error_messages={"required": "Choose at least one role."},
    )

    def clean_email(self) -> str:
        return normal_email(self.cleaned_data["email"])
