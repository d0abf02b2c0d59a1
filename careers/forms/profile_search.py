"""What is asked when a search of profiles is saved, or called otherwise."""

from django import forms

from aapm_site.core.forms import OneLineField, SiteForm
from aapm_site.core.ids import LENGTH

from ..choices import AlertPace

LONGEST_NAME = 80


class ProfileSearchForm(SiteForm):
    """Its name, and how often it tells."""

    name = OneLineField(
        label="Name of the search",
        max_length=LONGEST_NAME,
        help_text="It stands in the letters, as in “Interventional, northern New England”.",
        error_messages={"required": "Give the search a name."},
    )
    pace = forms.ChoiceField(
        label="How often we write",
        choices=AlertPace.choices,
        initial=AlertPace.DAILY,
        error_messages={"required": "Choose how often we write.", "invalid_choice": "Choose one of the three."},
    )


class SearchChoiceForm(SiteForm):
    """Which of the saved searches a button belongs to."""

    search = forms.CharField(max_length=LENGTH)
