"""What to show of the published answers: words and a topic, from the address."""

from collections.abc import Iterable

from django import forms

from aapm_site.core.forms import SiteForm
from aapm_site.core.search.query import LONGEST_QUERY, tidy
from content.queries.topics import PublicTopic


class AnswersForm(SiteForm):
    """GET `q` and `topic`. A topic that is not there any more shows everything: old links stay good."""

    q = forms.CharField(
        label="Search the answers",
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": f"Please use at most {LONGEST_QUERY} characters."},
    )
    topic = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        return tidy(self.cleaned_data["q"])

    def chosen(self, topics: Iterable[PublicTopic]) -> PublicTopic | None:
        """The topic of the address, if it has answers."""
        wanted = self.cleaned_data.get("topic", "")
        return next((topic for topic in topics if topic.slug == wanted), None)
