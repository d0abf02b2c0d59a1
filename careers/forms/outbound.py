"""Where somebody reads on in a feed."""

from django import forms


class FeedPageForm(forms.Form):
    """After which position; a number that means nothing shows the first page."""

    after = forms.IntegerField(required=False, min_value=1, max_value=2**53)
