"""What staff change of a question itself: who answers it."""

from typing import Any

from django import forms

from aapm_site.core.richtext import clean, plain
from content.models import Question

UNSENT = (
    "The answer has not been sent, and nothing has been saved. Press “Send the answer…” below what you wrote; or empty "
    "that field, and press once more."
)


class QuestionRecordForm(forms.ModelForm):
    """The answer stands on the same page and comes with every press, so that none drops it without a word."""

    answer = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Question
        fields = ("topic",)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if plain(clean(given.get("answer") or "")):
            self.add_error(None, UNSENT)
        return given
