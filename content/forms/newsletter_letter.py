"""What makes a newsletter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.core.richtext import clean
from content.models import Newsletter, NewsletterEntry

NO_PICTURES = "Letters hold no pictures and no live blocks. Take them out; a link to a page that shows them may stay."
NOT_FOR_ALL = "Choose news or a statement that everybody may read today."


class NewsletterForm(forms.ModelForm):
    """The words of the staff, and how fast it goes."""

    class Meta:
        model = Newsletter
        fields = ("subject", "preview_line", "opening", "per_hour")

    def clean_subject(self) -> str:
        """On one line, as it stands in a mail's header."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean_opening(self) -> str:
        html = clean(self.cleaned_data["opening"] or "")
        if "<img" in html or "{loadposition" in html:
            raise ValidationError(NO_PICTURES)
        return html


class EntryForm(forms.ModelForm):
    """One of the news, in its place."""

    class Meta:
        model = NewsletterEntry
        fields = ("page", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (page := self.fields.get("page")) is not None:
            page.error_messages["invalid_choice"] = NOT_FOR_ALL


class EntryFormSet(forms.BaseInlineFormSet):
    """The same page twice is told in words."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        return "This stands in the newsletter already."
