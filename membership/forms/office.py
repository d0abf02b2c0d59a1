"""The address of a practice's office."""

from django import forms

from aapm_site.core.forms import SiteForm


class OfficeForm(SiteForm):
    """Where receipts should go."""

    email = forms.EmailField(
        label="E-mail address of the office",
        max_length=254,
        help_text="Such as accounts@yourclinic.org. We ask its reader once whether your receipts may come.",
        error_messages={
            "required": "Write the office’s e-mail address.",
            "invalid": "Write one e-mail address, such as accounts@yourclinic.org.",
        },
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()
