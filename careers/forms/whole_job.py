"""All that is asked about a position, on one page: its own form, its places and its terms, sent together."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property

from aapm_site.accounts.place_field import unknown_places

from ..domain.job_rows import MOST_PLACES
from ..models import Employer, Job
from ..models.question import MOST_QUESTIONS
from .job import JobForm, Locations, needs_a_place, show_as_needed
from .questions import JobQuestionForm, Questions, questions_of
from .rich_words import HTML, MarkedUp
from .statements import JobStatementForm
from .terms import JobTermsForm

# What stands in a form as a browser sends it: the values of each name.
Typed = dict[str, list[str]]
COUNTS = {
    f"{rows}-{count}": [number]
    for rows, number_of_rows in (("places", str(MOST_PLACES)), ("questions", str(MOST_QUESTIONS)))
    for count, number in (("TOTAL_FORMS", number_of_rows), ("INITIAL_FORMS", "0"))
}


NAMES = {
    *JobForm.base_fields,
    *JobTermsForm.base_fields,
    *JobStatementForm.base_fields,
    *(f"places-{row}-place{part}" for row in range(MOST_PLACES) for part in ("", "-asked", "-choice")),
    *(f"questions-{row}-{name}" for row in range(MOST_QUESTIONS) for name in JobQuestionForm.base_fields),
    "body-as",
}


def typed_in(data: QueryDict) -> Typed:
    """What was typed into the form, and nothing else of a request."""
    return {
        name: [storable(value) for value in data.getlist(name)]
        for name in sorted(NAMES & set(data))
        if any(data.getlist(name))
    }


def storable(value: str) -> str:
    """The text without what the database cannot hold."""
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


class WholeJobForm:
    """The parts of the form of a position. As a draft it may have gaps; on the way to review it may not."""

    def __init__(self, employer: Employer, job: Job, data: QueryDict | None = None, *, draft: bool = False) -> None:
        self.employer, self.job = employer, job
        self._data, self._draft = data, draft
        self.main = JobForm(data, instance=job, employer=employer, draft=draft)
        self.locations: Any = Locations(data, initial=_places_of(job) if data is None else None, prefix="places")
        self.terms = JobTermsForm(data, instance=job.stated_terms)

    @cached_property
    def statements(self) -> JobStatementForm:
        return JobStatementForm(self._data, job=self.job, draft=self._draft)

    @cached_property
    def questions(self) -> Any:
        initial = questions_of(self.job) if self._data is None else None  # what is sent says all by itself
        return Questions(self._data, initial=initial, prefix="questions")

    @classmethod
    def showing(cls, employer: Employer, job: Job, typed: Typed) -> "WholeJobForm":
        """The form with words that were typed before, unchecked."""
        whole, data = cls(employer, job), as_data(typed)
        for form in whole.sheets:
            for name, field in form.fields.items():
                form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        return whole

    @property
    def sheets(self) -> list[forms.BaseForm]:
        return [self.main, *self.locations.forms, self.terms, *self.beside]

    @property
    def beside(self) -> list[forms.BaseForm]:
        """What is asked only until the position is approved."""
        return [self.statements, *self.questions.forms]

    def show_as_needed(self) -> None:
        """For the page, once everything is checked: what is wanted unless something else says not."""
        show_as_needed(self.main["pay_min"], self.main["pay_max"], self.locations.forms[0]["place"])

    def is_valid(self) -> bool:
        """Checks all parts, so that everything is said at once."""
        parts = [self.main.is_valid(), self.locations.is_valid(), self.terms.is_valid()]
        parts += [form.is_valid() for form in self.beside]
        if self.main.is_confidential(getattr(self.main, "cleaned_data", {})):
            asked = [form for form in self.beside if isinstance(form, JobQuestionForm)]
            parts += [form.keep_name_out(self.employer) for form in asked]
        return not needs_a_place(self.main, self.locations) and all(parts)

    @property
    def refusals(self) -> list[str]:
        """What is wrong with a whole part, or was refused when it was to be saved."""
        if not self.main.is_bound:
            return []
        return [*self.main.non_field_errors(), *self.locations.non_form_errors(), *self.terms.non_field_errors()]

    @property
    def unknown_places(self) -> list[str]:
        return unknown_places(*self.locations.forms)

    def fields(self) -> Iterator[forms.BoundField]:
        """All that can be seen, in the order of the page."""
        for form in self.sheets:
            yield from form.visible_fields()

    @property
    def job_parts(self) -> dict[str, Any]:
        """What `domain.jobs` takes."""
        return {
            "fields": self.main.job_fields,
            "specialties": self.main.cleaned_data["specialties"],
            "places": self.locations.places,
            "terms": self.terms.job_terms,
        }

    @property
    def parts(self) -> dict[str, Any]:
        """What `domain.drafts` takes."""
        return {
            **self.job_parts,
            "statement": self.statements.statement,
            "questions": self.questions.questions,
        }

    def typed(self) -> Typed:
        """What stands in it, as a browser would send it."""
        found: Typed = {}
        for field in self.fields():
            if values := _values(field.value()):
                found[field.html_name] = values
                if isinstance(field.value(), MarkedUp):
                    found[f"{field.html_name}-as"] = [HTML]
        return found


def checked(employer: Employer, job: Job, typed: Typed) -> WholeJobForm:
    """The form with these words, checked as on the way to review. The job in hand stays as it is."""
    whole = WholeJobForm(employer, copy.copy(job), as_data(typed))
    whole.is_valid()
    return whole


def as_data(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    """Typed words as a request holds them."""
    data = QueryDict(mutable=True)
    for name, values in {**COUNTS, **typed}.items():
        data.setlist(name, list(values))
    return data


def _places_of(job: Job) -> list[dict[str, Any]]:
    if not job.pk:
        return []
    return [{"place": location.as_typed} for location in job.locations.select_related("place")]


def _values(value: Any) -> list[str]:
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [value.isoformat() if isinstance(value, date) else str(value)]
