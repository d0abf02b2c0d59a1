"""The terms of work in the form of a job: all optional, typed as people say them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

from aapm_site.core.forms import CheckedWhenSaved, OneLineField, SiteModelForm

from ..choices import PayModel, Procedure
from ..models import JobTerms
from ..terms import (
    clause_words,
    hours_words,
    months_words,
    one_in_words,
    read_clause,
    read_hours,
    read_months,
    read_one_in,
    read_wrvu,
    wrvu_words,
)


class TypedTermField(OneLineField):
    """A term in its own words. What is empty is not stated; what is not understood is said, and stays as typed."""

    def __init__(self, *, read: Callable[[str], Any], say: Callable[[Any], str], **more: Any) -> None:
        super().__init__(required=False, max_length=60, **more)
        self.read, self.say = read, say

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            return self.read(text)
        except ValueError as refused:
            raise forms.ValidationError(str(refused)) from refused

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.say(value)


class JobTermsForm(CheckedWhenSaved, SiteModelForm):
    """What a clinician asks on the telephone otherwise."""

    hours_a_week = TypedTermField(
        read=read_hours, say=hours_words, label="Hours a week", help_text="In most weeks, without call, as “40”."
    )
    call_one_in = TypedTermField(read=read_one_in, say=one_in_words, label="Call", help_text="As “1 in 5”, or “none”.")
    weekend_one_in = TypedTermField(
        read=read_one_in, say=one_in_words, label="Weekends", help_text="As “1 in 6”, or “none”."
    )
    wrvu_threshold = TypedTermField(
        read=read_wrvu,
        say=wrvu_words,
        label="wRVU threshold",
        help_text="So many wRVUs a year before pay by productivity begins, as “5,200”.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    partnership_months = TypedTermField(
        read=read_months,
        say=months_words,
        label="Partnership after",
        help_text="As “24 months” or “2 years”, or “none”.",
    )
    non_compete = TypedTermField(
        read=read_clause,
        say=lambda clause: clause_words(*clause),
        label="Non-compete",
        help_text="As “10 miles for 12 months”, or “none”.",
    )
    procedures = forms.MultipleChoiceField(
        required=False, choices=Procedure.choices, widget=forms.CheckboxSelectMultiple, label="Procedures wanted"
    )

    class Meta:
        model = JobTerms
        fields = (
            "hours_a_week", "call_one_in", "weekend_one_in", "pay_model", "wrvu_threshold", "partnership_months",
            "tail", "loan_repayment", "start_by_on", "procedures", "opioid_share", "new_graduates", "j1_waiver", "h1b",
        )  # fmt: skip
        labels = {
            "pay_model": "How pay is set",
            "tail": "Malpractice tail",
            "loan_repayment": "Loan repayment",
            "start_by_on": "Start by",
            "opioid_share": "Opioid management",
            "new_graduates": "New graduates and fellows welcome?",
            "j1_waiver": "J-1 waiver possible?",
            "h1b": "H-1B sponsored?",
        }
        help_texts = {"pay_model": "The range itself is asked above."}
        widgets = {"start_by_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.non_compete_miles is not None:
            self.initial["non_compete"] = (row.non_compete_miles, row.non_compete_months)

    def clean_start_by_on(self) -> Any:
        on = self.cleaned_data["start_by_on"]
        if on and on < timezone.localdate() and on != self.initial.get("start_by_on"):
            raise forms.ValidationError("This day is over.")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_by_wrvu = data.get("pay_model") == PayModel.WRVU
        if data.get("wrvu_threshold") and not is_by_wrvu and "pay_model" not in self.errors:
            self.add_error("pay_model", "A wRVU threshold belongs to pay by wRVU. Choose that, or empty the threshold.")
        return data

    @property
    def job_terms(self) -> dict[str, Any]:
        """What `domain.jobs` takes."""
        data = self.cleaned_data
        miles, months = data["non_compete"] or (None, None)
        terms = {name: data[name] for name in self.Meta.fields}
        return terms | {"non_compete_miles": miles, "non_compete_months": months}
