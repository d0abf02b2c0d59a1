"""Which report of COUNTER is asked for, and of which months."""

from typing import Any

from django import forms
from django.utils import timezone

from aapm_site.core.periods import A_DAY, ReportMonthsForm, month_of, months_before

from ..counter_views import VIEWS

EACH_MONTH, TOTALS = "months", "totals"


class CounterForm(ReportMonthsForm):
    """The last month that is over, while nothing is given; a month that is not over cannot be reported yet."""

    report = forms.ChoiceField(choices=[(view.slug, f"{view.id}: {view.title}") for view in VIEWS], required=False)
    columns = forms.ChoiceField(
        choices=[(EACH_MONTH, "A column for each month"), (TOTALS, "The whole period only")], required=False
    )

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("last") and "last" not in self.errors:
            last = month_of(months_before(timezone.localdate(), 1))[1]
            self.cleaned_data |= {"first": self.cleaned_data.get("first") or last.replace(day=1), "last": last}
        cleaned = super().clean()
        if not self.errors and cleaned["last"] >= timezone.localdate().replace(day=1):
            ended = months_before(timezone.localdate(), 0) - A_DAY
            self.add_error("last", f"A month is reported when it is over. Choose {ended:%B %Y} or an earlier one.")
        return {
            **cleaned,
            "report": cleaned.get("report") or VIEWS[0].slug,
            "columns": cleaned.get("columns") or EACH_MONTH,
        }
