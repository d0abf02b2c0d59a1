"""A member's agreement to automatic renewal: a tick below the sentence that is agreed to."""

from typing import Any

from django import forms

from aapm_site.core.forms import SiteForm


class AutomaticForm(SiteForm):
    """The tick, and what stood on the page when it was made."""

    agree = forms.BooleanField(
        label="I agree",
        error_messages={"required": "Tick “I agree”, or go back: without it nothing renews by itself."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=2_000, required=False)

    def __init__(self, *args: Any, consent: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": consent}, **kwargs)
