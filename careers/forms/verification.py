"""The form by which an owner proves the organization's domain."""

from django import forms

from aapm_site.accounts.rules import normal_email
from aapm_site.core.forms import SiteForm


class DomainProofForm(SiteForm):
    """To which address the link goes."""

    email = forms.EmailField(
        label="An address at your organization",
        max_length=254,
        help_text="Yours or a colleague’s. We keep its domain, what stands behind the @, and not the address.",
    )

    def clean_email(self) -> str:
        return normal_email(self.cleaned_data["email"])
