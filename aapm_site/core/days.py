"""Which days are believed: one of another age is a slip, and at the calendar's end no zone can tell the hour."""

from datetime import UTC, date, datetime, time
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

YEARS = range(1900, 2200)
UNBELIEVED = "That is not a day we can use: choose one between January 1, 1900, and December 31, 2199."
OF_DAYS = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)

Kept = TypeVar("Kept", bound=forms.Field | None)


def is_believed(day: date) -> bool:
    """A moment stands on the day that its own zone has then."""
    return day.year in YEARS


def check_day(day: date) -> None:
    """Raises ValidationError."""
    if not is_believed(day):
        raise ValidationError(UNBELIEVED, code="unbelieved")


def with_checked_day(field: Kept) -> Kept:
    """The field, which believes no other days if it asks for one."""
    if isinstance(field, OF_DAYS) and check_day not in field.validators:
        field.validators.append(check_day)
    return field


def moment_of(day: date, hour: time) -> datetime | None:
    """An hour of a day by the clocks of the association's office; of one that comes twice, the first. None for one that
    the clocks skip in spring.
    """
    zone = timezone.get_current_timezone()
    moment = datetime.combine(day, hour.replace(fold=0), zone).astimezone(UTC)
    return moment if moment.astimezone(zone).time() == hour.replace(fold=0) else None
