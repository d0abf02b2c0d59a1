"""Periods that reports are of: from one day to another, both included, and the form that asks for one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from .background.reminder_schedule import moment
from .forms import SiteForm

FIRST_YEAR, LAST_YEAR = 2000, 2100
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ReportPeriod:
    """From `first` to `last`, both included, in the association's zone."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return moment(self.first, time.min)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return moment(self.last + A_DAY, time.min)

    @property
    def months(self) -> list["ReportPeriod"]:
        """The months that it touches, the first and the last as far as they belong to it."""
        found, first = [], self.first
        while first <= self.last:
            _, ends = month_of(first)
            found.append(ReportPeriod(first, min(ends, self.last)))
            first = ends + A_DAY
        return found


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month."""
    next_month = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(day=1), next_month - A_DAY


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def months_before(day: date, count: int) -> date:
    """The first day of the month so many months earlier."""
    years, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(years, month + 1, 1)


def usual_periods(today: date) -> list[tuple[str, date, date]]:
    """The periods that a link leads to."""
    return [
        ("This month", *month_of(today)),
        ("Last month", *month_of(months_before(today, 1))),
        ("This year", *year_of(today.year)),
        ("Last year", *year_of(today.year - 1)),
    ]


class PeriodForm(SiteForm):
    """From one day to another, both included; this month while nothing is given."""

    # How many months are shown to who gives no day, the present one among them, and how many at most.
    usual_months: ClassVar[int] = 1
    most_months: ClassVar[int] = (LAST_YEAR - FIRST_YEAR + 1) * 12

    first = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        first, last = cleaned["first"], cleaned["last"]
        for name, day in (("first", first), ("last", last)):
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.")
        if self.errors:
            return cleaned
        ends = month_of(timezone.localdate())[1]
        first = first or months_before(last or ends, self.usual_months - 1)
        last = last or max(ends, first)
        if first > last:
            self.add_error("last", "The last day comes before the first.")
        elif first < months_before(last, self.most_months - 1):
            self.add_error("first", f"A report is of {self.most_months} months at most. Choose a later day.")
        return {**cleaned, "first": first, "last": last}

    @property
    def period(self) -> ReportPeriod | None:
        """The period that was asked for; None when it is none."""
        return ReportPeriod(self.cleaned_data["first"], self.cleaned_data["last"]) if self.is_valid() else None


class ReportPeriodForm(PeriodForm):
    """Which days a report is of: a year while nothing is given, and five at most."""

    usual_months = 12
    most_months = 60


class ReportMonthsForm(ReportPeriodForm):
    """Which months a report is of, for what is counted by the month: whole ones, whatever their days."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            cleaned["first"], cleaned["last"] = cleaned["first"].replace(day=1), month_of(cleaned["last"])[1]
        return cleaned


class ReportDayForm(SiteForm):
    """On which day a report looks: today while nothing is given."""

    on = forms.DateField(label="On", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"] or timezone.localdate()
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise forms.ValidationError(f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.")
        return on

    @property
    def period(self) -> ReportPeriod | None:
        """The day that was asked for; None when it is none."""
        return ReportPeriod(self.cleaned_data["on"], self.cleaned_data["on"]) if self.is_valid() else None
