"""The fields that finance types into: amounts as people write them, and days that may be."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from aapm_site.core.money import CENT

GROUPED = re.compile(r"^\d{1,3}(,\d{3})+(\.\d*)?$")
EXPONENT = re.compile(r"\d\.?e", re.IGNORECASE)  # 1e3, which a Decimal takes for a thousand
LONGEST_BEFORE = timedelta(days=366)


AMOUNT = re.compile(r"^\$?\s*(\d{1,8}|\d{1,2}(,\d{3}){1,2}|\d{1,3},\d{3})(\.\d{1,2})?$")


def as_amount(text: str) -> Decimal | None:
    """The amount that a person typed, `$1,250.00` or `200.47`, or None."""
    text = text.strip()
    return Decimal(text.lstrip("$ ").replace(",", "")) if AMOUNT.match(text) else None


class AmountField(forms.DecimalField):
    """An amount above zero in whole cents; `$1,250.00` is understood, `1,50` is asked about."""

    def __init__(self, **options: Any) -> None:
        options = {"max_digits": 10, "decimal_places": 2, "min_value": CENT, **options}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "amount-input"})
        super().__init__(**{"widget": widget, **options})
        self.error_messages |= {
            "invalid": "Give an amount in figures, such as 99 or 1,250.50.",
            "min_value": "Give an amount above zero.",
            "max_decimal_places": "Give whole cents: two places after the point at most.",
        }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removeprefix("$").strip()
            value = value.replace(",", "") if GROUPED.match(value) else value
            if EXPONENT.search(value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class PastDayField(forms.DateField):
    """A day that is not in the future, and not so long ago that the year must be a slip."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, "initial": timezone.localdate, **options})

    def validate_against(self, day: date, placed_on: date) -> None:
        """Raises ValidationError; `placed_on` is the day of the order."""
        if day > timezone.localdate():
            raise ValidationError("This day is in the future. Give the day when it happened.")
        if day < placed_on - LONGEST_BEFORE:
            raise ValidationError("This is more than a year before the order. Please check the year.")
