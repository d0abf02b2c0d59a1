"""The application form, the answer to a question of the staff, and one more paper."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.forms import LongTextField, NameField, OneLineField, SiteForm, SiteModelForm, field_of

from ..models import Application, ConsentVersion, Plan
from .category import check_training_end

AGREE = "agree_"
AGREED = re.compile(rf"{AGREE}[a-z0-9-]{{1,40}}_\d{{1,6}}", re.ASCII)
NOT_AGREED = "Please confirm this; without it we cannot read the application."
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
    "training_ends_on": "Write the last day of your training, as well as you know it today.",
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
    training_ends_on = forms.DateField(
        label="When does your training end?",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write a day, such as 06/30/2028."},
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

    class Meta:
        model = Application
        fields = (
            "first_name", "last_name", "degrees", "profession", "specialty", "career_stage", "practice_setting",
            "state_code", "workplace", "training", "training_ends_on", "license", "paper", "remarks",
        )  # fmt: skip
        labels = {
            "specialty": "Primary specialty",
            "career_stage": "How far your career has come",
            "practice_setting": "Practice setting",
            "state_code": "State",
        }

    def __init__(
        self, *args: Any, user: Visitor, plan: Plan, typed: Mapping[str, Sequence[str]] | None = None, **kwargs: Any
    ) -> None:
        """`typed` is what stands in a draft: it is shown again, unchecked."""
        self.plan = plan
        known = {
            name: getattr(user, name) for name in ("first_name", "last_name", "degrees", "profession", "specialty")
        }
        if typed is not None:
            known = {**dict.fromkeys(FIELDS, ""), **{name: values[0] for name, values in typed.items() if values}}
        kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self._ask_to_agree()
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
        self._ask_about_training()

    def _ask_to_agree(self) -> None:
        """A box for each text that is asked. Its name says the version: whoever has seen another one agrees anew."""
        self.asked = {f"{AGREE}{one.consent.slug}_{one.number}": one for one in ConsentVersion.objects.asked()}
        for name, version in self.asked.items():
            self.fields[name] = forms.BooleanField(label=version.text, error_messages={"required": NOT_AGREED})

    def _ask_about_training(self) -> None:
        """Only where the category leads to another one: there the day lets people step up without being asked."""
        following = self.plan.steps_up_to
        if following is None:
            del self.fields["training_ends_on"]
            return
        self.fields["training_ends_on"].help_text = (
            f"The last day of your residency or fellowship. With the first term after it you step up to {following}, "
            "without a new application; until then nothing changes."
        )

    def clean_training_ends_on(self) -> Any:
        on = check_training_end(self.cleaned_data["training_ends_on"])
        if on < timezone.localdate():
            raise ValidationError(
                f"This day is past. If your training is over, the category {self.plan.steps_up_to} is the one for you."
            )
        return on

    def as_fields(self) -> dict[str, Any]:
        """What the application stores, without the file; `agreed` are the versions that were agreed to."""
        written = {name: value for name, value in self.cleaned_data.items() if name in TYPED}
        return {**written, "agreed": list(self.asked.values())}


FIELDS = (*ApplicationForm.base_fields,)
TYPED = frozenset(FIELDS) - {"paper"}


def typed_in(data: QueryDict) -> dict[str, list[str]]:
    """What was typed into the form, and nothing else of a request; without what the database cannot hold."""
    return {
        name: [value.replace("\x00", "").encode("utf-8", "replace").decode() for value in data.getlist(name)]
        for name in sorted(name for name in data if name in TYPED or AGREED.fullmatch(name))
        if any(data.getlist(name))
    }


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
