"""The address of somebody without an account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .domain.queue import NotAnAddress, one_address

NOT_ONE = "Please write one e-mail address."


class OwnAddressField(forms.EmailField):
    """One address to which we may write, in small letters."""

    def __init__(self, *, help_text: str) -> None:
        super().__init__(
            label="Your e-mail",
            max_length=254,
            help_text=help_text,
            error_messages={"required": "Please tell us where to write to.", "invalid": NOT_ONE},
            widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input"}),
        )

    def clean(self, value: Any) -> str:
        try:
            return one_address(super().clean(value)).lower()
        except NotAnAddress as refused:
            raise ValidationError(NOT_ONE, code="invalid") from refused
