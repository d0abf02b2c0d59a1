"""What staff say when they confirm a category."""

from typing import Any

from django import forms

from aapm_site.core.admin.action_forms import AsReadForm

APPLY, INVITED = "apply", "invited"


class ConfirmDuesForm(AsReadForm):
    """How people come into the category; nothing is chosen for them. The dues are those that the page has shown."""

    changed_since = "A colleague has changed this category since you opened the page. Please look at the dues again."
    joining = forms.ChoiceField(
        label="Who joins",
        choices=[
            (APPLY, "People apply for it on the join page"),
            (INVITED, "By invitation: the page shows it, and nobody applies"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how people come into it."},
    )

    def what_it_says(self, newest: Any) -> object:
        return str(newest.price), newest.per_term

    @property
    def is_joinable(self) -> bool:
        return bool(self.cleaned_data["joining"] == APPLY)
