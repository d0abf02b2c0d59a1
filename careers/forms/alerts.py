"""What is asked when a search becomes an alert."""

from collections.abc import Iterable
from typing import Any

from django import forms

from aapm_site.core.forms import SiteForm, field_of
from aapm_site.core.ids import LENGTH
from aapm_site.mail.address_field import OwnAddressField

from ..choices import AlertPace
from ..models import Alert


class AlertForm(SiteForm):
    """Where the letters go and how often; whose address is known is asked which of their alerts it replaces."""

    email = OwnAddressField(help_text="We mail you a link that confirms it. No account is needed.")
    pace = forms.ChoiceField(label="How often", choices=AlertPace.choices, initial=AlertPace.DAILY)
    replaces = forms.ChoiceField(label="Keep it", required=False)

    def __init__(self, *args: Any, alerts: Iterable[Alert] | None = None, **kwargs: Any) -> None:
        """`alerts` are those of a person whose address is known, None for everybody else."""
        super().__init__(*args, **kwargs)
        others = list(alerts or ())
        if alerts is not None:
            del self.fields["email"]
        if others:
            named = [(alert.public_id, f"In place of: {alert}") for alert in others]
            field_of(self, "replaces", forms.ChoiceField).choices = [("", "As a new alert"), *named]
        else:
            del self.fields["replaces"]


class AlertChoiceForm(SiteForm):
    """Which of the alerts a button belongs to."""

    alert = forms.CharField(max_length=LENGTH)


class PaceForm(SiteForm):
    """How often one alert tells."""

    pace = forms.ChoiceField(label="How often", choices=AlertPace.choices)
