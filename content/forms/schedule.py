"""When something goes public by itself: a day and an hour by the clocks of the office."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import dateformat, timezone

from aapm_site.core.admin.action_forms import ActionForm, AsReadForm, MoveForm
from aapm_site.core.days import moment_of
from content.models import Page

SKIPPED = (
    "The clocks go forward in that night, and skip this hour. Choose one that is an hour later, or an hour earlier."
)
AT_HOUR = "9:00"


def zone_in_words() -> str:
    """Whose clock counts: the office's, by the name of its zone."""
    return f"{timezone.get_current_timezone_name().replace('_', ' ')} ({timezone.localtime().tzname()} now)"


class MomentForm(ActionForm):
    """A day and an hour that lie ahead; `cleaned_data["at"]` is the moment."""

    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day.", "invalid": "Write the day as year-month-day: 2031-05-01."},
    )
    hour = forms.TimeField(
        label="Hour",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Choose the hour.", "invalid": "Write the hour as 09:00 or 14:30."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.fields["day"].widget.attrs["min"] = now.date().isoformat()
        self.fields["hour"].help_text = f"By the clock of the Academy’s office: {zone_in_words()}."
        at = self.offered()
        if at is not None:
            self.initial.update({"day": timezone.localdate(at), "hour": timezone.localtime(at).time()})
        else:
            self.initial.update({"day": now.date() + timedelta(days=1), "hour": AT_HOUR})

    def offered(self) -> Any:
        """The moment that stands there already, if it lies ahead."""
        at = getattr(self.subject, "published_at", None)
        return at if at and at > timezone.now() else None

    def clean(self) -> dict[str, Any] | None:
        """One moment out of both."""
        given = super().clean()
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        if day is not None and hour is not None:
            self.cleaned_data["at"] = self._moment(day, hour)
        return given

    def _moment(self, day: Any, hour: Any) -> Any:
        at, now = moment_of(day, hour), timezone.now()
        if at is None:
            self.add_error("hour", ValidationError(SKIPPED))
        elif at <= now:
            told = dateformat.format(timezone.localtime(now), "F j, Y, P")
            self.add_error("day", f"That has passed: at the office it is now {told}. Choose a moment that lies ahead.")
        return at


class ReadStepForm(AsReadForm, MoveForm):
    """For the step that lets readers read a page or a meeting."""

    def what_it_says(self, newest: Any) -> object:
        """Of a page its version, which each change makes anew; of a meeting when it was saved."""
        return newest.version if isinstance(newest, Page) else newest.updated_at


class ScheduleForm(MomentForm, ReadStepForm):
    """The same, for the step that schedules a page."""

    field_order = ("day", "hour", "reason")
