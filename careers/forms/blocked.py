"""What is asked when a person hides from an organization."""

from django import forms

from aapm_site.core.forms import OneLineField, SiteForm

from .saved import JobNumbersField

NOTHING = "Write the name of an organization, or a domain such as hospital.org."


class HideFromForm(SiteForm):
    """A name to look for, or a web or mail domain."""

    what = OneLineField(
        label="Organization or domain",
        max_length=200,
        help_text="The name under which it posts here, or its web or mail domain, such as hospital.org.",
        error_messages={"required": NOTHING},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EmployerChoiceForm(SiteForm):
    """One of the organizations that were found, by the name in its addresses."""

    employer = forms.SlugField(max_length=140)


class UnblockForm(SiteForm):
    """Entries to take off the list, by their numbers."""

    entry = JobNumbersField()
