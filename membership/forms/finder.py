"""What stands in the finder's address."""

import re

from django import forms

from aapm_site.core.forms import SiteForm

KEYS = re.compile(r"\d{1,9}(-\d{1,9}){0,19}", re.ASCII)


class FinderForm(SiteForm):
    """The answers so far, by their numbers."""

    a = forms.CharField(required=False, max_length=200)

    def clean_a(self) -> list[int]:
        text = self.cleaned_data["a"]
        if text and not KEYS.fullmatch(text):
            raise forms.ValidationError("These are no answers of ours.")
        return [int(key) for key in text.split("-")] if text else []
