"""What an employer states before a position is sent."""

from typing import Any

from django import forms

from aapm_site.core.forms import SiteForm

from ..models import Job

YES, NO = "yes", "no"


class JobStatementForm(SiteForm):
    """Two statements; a draft may lack both."""

    is_open_vacancy = forms.BooleanField(
        label="This position is open, and we intend to fill it",
        help_text="Some states require employers to say so. It is kept with your name and the day.",
        error_messages={"required": "State that the position is open. Without that we cannot take it."},
    )
    software_screens = forms.ChoiceField(
        label="Does software screen applicants?",
        choices=[(NO, "No, people read every application"), (YES, "Yes, software ranks or sorts applications")],
        widget=forms.RadioSelect,
        help_text="Readers see your answer in a sentence on the position’s page.",
        error_messages={"required": "Say whether software screens applicants."},
    )

    def __init__(self, *args: Any, job: Job, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stated = getattr(job, "statement", None) if job.pk and not self.is_bound else None
        if stated is not None:
            self.initial["is_open_vacancy"] = stated.is_open_vacancy
            if stated.software_screens is not None:
                self.initial["software_screens"] = YES if stated.software_screens else NO
        if draft:
            for field in self.fields.values():
                field.required = False

    @property
    def statement(self) -> dict[str, Any]:
        """What `domain.job_statements` takes."""
        screens = self.cleaned_data["software_screens"]
        return {
            "is_open_vacancy": self.cleaned_data["is_open_vacancy"],
            "software_screens": screens == YES if screens else None,
        }
