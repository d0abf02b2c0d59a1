"""Words that staff write for many members, with fields in braces that are filled in for each."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from ..reminder_words import unknown_fields


class FieldedWordsForm(forms.ModelForm):
    """Fields that nobody fills in are refused, so that no member reads a word in braces."""

    known_fields: ClassVar[Mapping[str, str]]

    def _checked(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if unknown := unknown_fields(text, self.known_fields.keys()):
            known = ", ".join(f"{{{field}}}" for field in self.known_fields)
            raise ValidationError(f"Nothing stands for “{unknown[0][:40]}”. These are filled in: {known}.")
        return text

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_text(self) -> str:
        return self._checked("text")
