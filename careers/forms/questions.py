"""The questions of a position: asked for by its employer, and put to whoever applies."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.formsets import ManagementForm
from django.utils.functional import cached_property

from aapm_site.core.forms import LongTextField, OneLineField, SiteForm

from ..models import Employer, Job, JobQuestion
from ..models.question import LONGEST_ANSWER, LONGEST_QUESTION, MOST_QUESTIONS, QuestionKind
from .job import given_away_by

FEWEST, MOST = 2, 8  # answers to choose from
LONGEST_OPTION = 80


class JobQuestionForm(SiteForm):
    """One question; an empty row is none."""

    text = OneLineField(
        required=False,
        max_length=LONGEST_QUESTION,
        label="Question",
        help_text="As in “Do you hold a license in Maine?”",
    )
    kind = forms.ChoiceField(
        required=False, choices=QuestionKind.choices, initial=QuestionKind.YES_NO, label="It is answered by"
    )
    options = LongTextField(
        required=False,
        label="The answers to choose from",
        help_text=f"Only for “One of several answers”: one a line, {FEWEST} to {MOST}.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_required = forms.BooleanField(required=False, label="Nobody can apply without answering it")

    @property
    def is_in_use(self) -> bool:
        """Whether anything stands in it, so that it must be seen."""
        return bool(str(self["text"].value() or "").strip() or str(self["options"].value() or "").strip())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        lines = (" ".join(line.split()) for line in data.get("options", "").splitlines())
        data["options"] = list(dict.fromkeys(line for line in lines if line))
        data["kind"] = data.get("kind") or QuestionKind.YES_NO
        if data["options"] and not data.get("text"):
            self.add_error("text", "Write the question, or take its answers out.")
        if data.get("text") and data["kind"] == QuestionKind.ONE_OF:
            self._clean_options(data["options"])
        elif data["kind"] != QuestionKind.ONE_OF:
            data["options"] = []
        return data

    def keep_name_out(self, employer: Employer) -> bool:
        """Whether the question of a confidential position names nobody; call it once the form is checked."""
        for name in ("text", "options"):
            words = self.cleaned_data.get(name) or ""
            refusal = given_away_by(words if isinstance(words, str) else " ".join(words), employer)
            if refusal:
                self.add_error(name, refusal)
        return self.is_valid()

    def _clean_options(self, options: list[str]) -> None:
        if not FEWEST <= len(options) <= MOST:
            self.add_error("options", f"Give {FEWEST} to {MOST} answers to choose from, one a line.")
        elif too_long := next((one for one in options if len(one) > LONGEST_OPTION), ""):
            self.add_error("options", f"“{too_long[:30]}…” is long for an answer: {LONGEST_OPTION} characters fit.")


class BaseQuestions(forms.BaseFormSet):
    """The questions of a job. Their number is the form's, whatever the browser says."""

    def total_form_count(self) -> int:
        return MOST_QUESTIONS

    def initial_form_count(self) -> int:
        return 0

    @cached_property
    def management_form(self) -> ManagementForm:
        """What a browser says of their number, and even whether it says one, does not matter."""
        counts = {"TOTAL_FORMS": MOST_QUESTIONS, "INITIAL_FORMS": 0}
        return ManagementForm({f"{self.prefix}-{name}": count for name, count in counts.items()}, prefix=self.prefix)

    @property
    def questions(self) -> list[dict[str, Any]]:
        """What `domain.job_questions` takes."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]


Questions = forms.formset_factory(
    JobQuestionForm, formset=BaseQuestions, extra=MOST_QUESTIONS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS
)


def questions_of(job: Job) -> list[dict[str, Any]]:
    """What the rows begin with."""
    if not job.pk:
        return []
    return [
        {"text": row.text, "kind": row.kind, "options": "\n".join(row.options), "is_required": row.is_required}
        for row in job.questions.all()
    ]


# Whoever applies --------------------------------------------------------------------------------------------------
def name_of(question: JobQuestion) -> str:
    return f"question-{question.order}"


def answer_fields(questions: Iterable[JobQuestion]) -> dict[str, forms.Field]:
    """A field for each question."""
    return {name_of(question): _field(question) for question in questions}


def _field(question: JobQuestion) -> forms.Field:
    wanted: dict[str, Any] = {
        "label": question.text,
        "required": question.is_required,
        "error_messages": {"required": "The employer needs an answer to this."},
    }
    if not question.offered:
        return OneLineField(max_length=LONGEST_ANSWER, widget=forms.TextInput(attrs={"class": "input"}), **wanted)
    choices = [(answer, answer) for answer in question.offered]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **wanted)


def answers_in(questions: Iterable[JobQuestion], data: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was asked and answered, as it is kept with the application."""
    return [{"question": one.text, "kind": one.kind, "answer": data.get(name_of(one), "")} for one in questions]
