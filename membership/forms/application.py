"""The application form, the answer to a question of the staff, and one more paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from aapm_site.accounts.people import Visitor
from aapm_site.core.forms import LongTextField, NameField, OneLineField, SiteForm, SiteModelForm, field_of

from ..models import Application, Plan

LARGEST_PAPER = 5 * 1024 * 1024
PDF_START = b"%PDF-"
MISSING = {
    "first_name": "Write your first name.",
    "last_name": "Write your last name.",
    "profession": "Choose the profession that is nearest to yours.",
    "career_stage": "Choose where you stand in your career.",
    "state_code": "Choose your state, or “Outside the United States”.",
    "workplace": "Write where you work or study; if nowhere at present, say so.",
    "training": "Write a line or two about your training.",
    "declared": "Please confirm this; without it we cannot read the application.",
    "answer": "Write an answer; a sentence is enough.",
    "paper": "Choose a PDF.",
}


def say_what_is_missing(form: forms.BaseForm) -> None:
    """Name what each empty field asks for."""
    for name, words in MISSING.items():
        if name in form.fields:
            form.fields[name].error_messages["required"] = words


class PdfField(forms.FileField):
    """A PDF of at most 5 MB, recognized by its content, not by its name."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "PDF, at most 5 MB.", **kwargs})
        self.widget.attrs.setdefault("accept", "application/pdf")

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        paper = super().clean(data, initial)
        if not paper:
            return None
        if paper.size > LARGEST_PAPER:
            raise ValidationError("This file is larger than 5 MB. Please save it smaller, or send it in two parts.")
        if paper.read(len(PDF_START)) != PDF_START:
            raise ValidationError("This is not a PDF. Please save or print it as a PDF and choose that file.")
        paper.seek(0)
        return paper


class ApplicationForm(SiteModelForm):
    """Who applies, how they trained, where they work. What the account knows is filled in already."""

    first_name = NameField(max_length=80, label="First name")
    last_name = NameField(max_length=80, label="Last name")
    degrees = NameField(max_length=60, required=False, help_text="As they stand after your name: MD, MPH.")
    workplace = OneLineField(
        max_length=200,
        label="Where you work or study",
        help_text="The clinic, hospital, practice, laboratory or school.",
    )
    training = LongTextField(
        max_length=2000,
        label="How you trained",
        help_text="Degrees, residency, fellowship, certification, with their years. A few lines are enough.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    license = OneLineField(
        max_length=120,
        required=False,
        label="License or registration",
        help_text="Its number, and the state or country.",
    )
    paper = PdfField(required=False, label="A paper", help_text="PDF, at most 5 MB. You can add more afterwards.")
    remarks = LongTextField(
        max_length=2000, required=False, label="Anything else", widget=forms.Textarea(attrs={"rows": 3})
    )
    declared = forms.BooleanField(
        label="What I have written is true, and my license, if I need one, is not restricted."
    )

    class Meta:
        model = Application
        fields = (
            "first_name", "last_name", "degrees", "profession", "specialty", "career_stage", "practice_setting",
            "state_code", "workplace", "training", "license", "paper", "remarks", "declared",
        )  # fmt: skip
        labels = {
            "specialty": "Primary specialty",
            "career_stage": "How far your career has come",
            "practice_setting": "Practice setting",
            "state_code": "State",
        }

    def __init__(self, *args: Any, user: Visitor, plan: Plan, **kwargs: Any) -> None:
        known = {
            name: getattr(user, name) for name in ("first_name", "last_name", "degrees", "profession", "specialty")
        }
        kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)
        for name, completion in (
            ("first_name", "given-name"),
            ("last_name", "family-name"),
            ("workplace", "organization"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = completion
        for name in ("profession", "specialty", "career_stage", "practice_setting"):
            field_of(self, name, forms.ModelChoiceField).empty_label = "Choose one"
        field_of(self, "state_code", forms.ChoiceField).choices = [
            ("", "Choose a state"),
            *Application._meta.get_field("state_code").choices,
        ]
        if plan.papers_needed and not plan.papers_needed.startswith("None"):
            self.fields[
                "paper"
            ].help_text = f"For this category: {plan.papers_needed} PDF, at most 5 MB; you can add more afterwards."

    def as_fields(self) -> dict[str, Any]:
        """What the application stores, without the file and the declaration."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"paper", "declared"}}


class ApplicationAnswerForm(SiteForm):
    """The applicant's answer, with a further paper if they like."""

    answer = LongTextField(max_length=2000, label="Your answer", widget=forms.Textarea(attrs={"rows": 5}))
    paper = PdfField(required=False, label="A paper")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)


class PaperForm(SiteForm):
    paper = PdfField(label="One more paper")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)
