"""The forms of the application desk: which applications one looks at, and what is decided."""

from typing import Any

from django import forms

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.forms import LongTextField, SiteForm

from ..models import Application, Plan
from ..queries.desk import desk_mark

LONGEST = 2000


class DeskFilterForm(SiteForm):
    """One category, or all; one that is not there is all."""

    category = forms.ModelChoiceField(
        Plan.objects.all(), to_field_name="slug", required=False, empty_label="All categories", label="Category"
    )

    @property
    def chosen(self) -> str:
        """The slug of the category, empty for all."""
        plan = self.cleaned_data.get("category") if self.is_valid() else None
        return plan.slug if plan else ""


class ApplicationDeskForm(ActionForm):
    """Whoever presses has read what the applicant sent last; the application holds still from then on."""

    changed_since = "Something has happened to this application since you opened it. Please read it again."

    def __init__(self, *args: Any, action: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, action=action, auto_id=f"{action.verb}-%s", **kwargs)

    def mark(self) -> str:
        return desk_mark(self.subject)

    def refuse_if_changed(self) -> None:
        Application.objects.select_for_update(of=("self",)).get(pk=self.subject.pk)
        super().refuse_if_changed()


class ApproveForm(ApplicationDeskForm):
    reason = LongTextField(
        label="A word with the approval",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands in the history, which the applicant and your colleagues read.",
    )


class AskForm(ApplicationDeskForm):
    reason = LongTextField(
        label="What is missing",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The applicant gets it by e-mail and answers on the application’s page.",
        error_messages={"required": "Write what is missing; the applicant reads it."},
    )


class DeclineForm(ApplicationDeskForm):
    reason = LongTextField(
        label="Why",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The applicant gets it by e-mail. Say which category would fit, if one does.",
        error_messages={"required": "Please give a reason; the applicant reads it."},
    )
