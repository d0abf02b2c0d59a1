"""How many days of the account lengthen a position; and what staff give of them."""

from typing import Any

from django import forms

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.forms import LongTextField, SiteForm

from ..domain import credit_ledger
from ..domain.days import MOST_AT_ONCE
from ..queries.credits import last_days_entry
from ..run_dates import LEAST_DAYS, MOST_AHEAD


class LengthenForm(SiteForm):
    """A number of days, of which the account holds `owned`; the last day may be so many days later at most.

    `seen` is the mark of the days that the page shows, so that a press that is repeated is told.
    """

    days = forms.IntegerField(label="How many days")
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, owned: int, room: int, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen
        self.most = min(owned, room)
        field = self.fields["days"]
        field.initial = min(self.most, 30)
        field.widget.attrs |= {"min": LEAST_DAYS, "max": self.most}
        field.help_text = f"From {LEAST_DAYS} to {self.most}."

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if days < LEAST_DAYS:
            raise forms.ValidationError(f"Use {LEAST_DAYS} days or more at a time.")
        if days > self.most:
            raise forms.ValidationError(
                f"Use {self.most} days at most: your account holds no more, or a position would end more than "
                f"{MOST_AHEAD} days from today."
            )
        return days


class GiveDaysForm(ActionForm):
    """Days that staff give an employer's account, or take back with a minus sign."""

    changed_since = (
        "Not done: days came or went since you opened this page. If that was your own press of the button, you are "
        "done. Otherwise look at what is left now, and begin again."
    )
    count = forms.IntegerField(
        min_value=-MOST_AT_ONCE,
        max_value=MOST_AT_ONCE,
        initial=LEAST_DAYS,
        label="How many days",
        help_text="With a minus sign, unused days are taken back.",
    )
    kind = forms.ChoiceField(
        label="For which positions", choices=[("plain", "Not featured"), ("featured", "Featured")], initial="plain"
    )
    reason = LongTextField(
        max_length=300,
        label="Reason",
        help_text="The employer’s team reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def mark(self) -> str:
        return last_days_entry(self.subject)

    def refuse_if_changed(self) -> None:
        """The employer's account stays locked until the action is done."""
        credit_ledger.lock_employer(self.subject.pk)
        super().refuse_if_changed()
