"""What staff say when they confirm a category."""

from django import forms

from aapm_site.core.admin.action_forms import ActionForm

APPLY, INVITED = "apply", "invited"


class ConfirmDuesForm(ActionForm):
    """How people come into the category; nothing is chosen for them."""

    joining = forms.ChoiceField(
        label="Who joins",
        choices=[
            (APPLY, "People apply for it on the join page"),
            (INVITED, "By invitation: the page shows it, and nobody applies"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how people come into it."},
    )

    @property
    def is_joinable(self) -> bool:
        return bool(self.cleaned_data["joining"] == APPLY)
