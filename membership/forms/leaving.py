"""What a member says who resigns, or asks for a pause."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from aapm_site.core.forms import LongTextField, SiteForm

from ..leaving import PAUSE_AHEAD, PauseReason
from ..rules import ONE_DAY, term_end

MONTHS = 12


class ResignForm(SiteForm):
    """From when, and why if somebody would like to say. `seen` are the days that the page showed."""

    when = forms.ChoiceField(
        label="From when?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose from when.", "invalid_choice": "Choose one of the days below."},
    )
    reason = LongTextField(
        label="Why, if you would like to tell us",
        required=False,
        max_length=1_000,
        help_text="It helps us to do better. You need not say anything.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, days: dict[str, date], labels: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        choice: Any = self.fields["when"]
        choice.choices = labels
        self.initial["when"] = labels[0][0]
        self.initial["seen"] = " ".join(f"{when}:{day.isoformat()}" for when, day in days.items())

    def seen_day(self) -> date | None:
        """The last day that was on the page for what was chosen; None for a form that says none."""
        said = dict(part.split(":", 1) for part in self.cleaned_data["seen"].split() if ":" in part)
        try:
            return date.fromisoformat(said.get(self.cleaned_data["when"], ""))
        except ValueError:
            return None

    @property
    def is_unread(self) -> bool:
        """Whether it came without the days, so that nobody knows which one was agreed to."""
        return self.seen_day() is None


class PauseForm(SiteForm):
    """Why, from when and for how long."""

    reason = forms.ChoiceField(
        label="What is it for?",
        choices=PauseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is for.", "invalid_choice": "Choose what it is for."},
        help_text="No papers and no diagnosis are needed.",
    )
    starts_on = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=f"The first day of the pause: today, or within {PAUSE_AHEAD.days} days.",
        error_messages={"required": "Choose its first day.", "invalid": "Write a day, such as 06/30/2028."},
    )
    months = forms.TypedChoiceField(
        label="For how long?",
        coerce=int,
        choices=[(number, "1 month" if number == 1 else f"{number} months") for number in range(1, MONTHS + 1)],
        error_messages={"required": "Choose for how long.", "invalid_choice": "Choose for how long."},
        help_text="You can be back earlier at any time; what you do not use of the pause is not lost.",
    )
    note = LongTextField(
        label="What else should we know?",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only if you would like to. Staff of membership read it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", timezone.localdate())
        self.initial.setdefault("months", 6)

    @property
    def back_on(self) -> date:
        return back_after(self.cleaned_data["starts_on"], self.cleaned_data["months"])


def back_after(starts_on: date, months: int) -> date:
    """The day on which somebody is back who pauses for so many months."""
    return term_end(starts_on, months) + ONE_DAY
