"""What the board of an employer is asked for."""

from django import forms

from aapm_site.core.forms import OneLineField, SiteForm

from ..queries.boards import GROUPS


class BoardFilterForm(SiteForm):
    """Which positions of the team to show. What is unknown is left out."""

    show = forms.ChoiceField(required=False, choices=list(GROUPS.items()))
    q = OneLineField(required=False, max_length=100)
