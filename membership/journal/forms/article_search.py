"""What somebody looks for in the journal."""

from typing import Any

from django import forms

from aapm_site.core.forms import OneLineField, SiteForm
from aapm_site.core.search.query import LONGEST_QUERY, tidy

from ..models import ArticleType
from ..models.words import SectionKind
from ..queries.article_search import ArticleCriteria

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_NAME = 100
PARTS = [
    ("", "Anywhere"),
    ("abstract", "Title, authors and abstract"),
    *[(kind.value, kind.label) for kind in SectionKind if kind != SectionKind.OTHER],
]


def _year(label: str) -> forms.IntegerField:
    words = f"Write a year from {FIRST_YEAR} to {LAST_YEAR}, such as 2024."
    return forms.IntegerField(
        label=label, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )  # fmt: skip


class ArticleSearchForm(SiteForm):
    """Words, and what narrows them. All may be empty."""

    q = OneLineField(
        label="Words", required=False, max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST_QUERY}),
        help_text="Quotation marks keep words together: “central sensitization”.",
        error_messages={"max_length": f"Please use at most {LONGEST_QUERY} characters: a few words find more."},
    )  # fmt: skip
    author = OneLineField(label="Author", required=False, max_length=LONGEST_NAME)
    first = _year("From year")
    last = _year("To year")
    type = forms.ModelChoiceField(
        ArticleType.objects.all(), label="Type", required=False, to_field_name="slug", empty_label="Any type",
        error_messages={"invalid_choice": "There is no such type of article. Choose one from the list."},
    )  # fmt: skip
    part = forms.ChoiceField(
        label="Part", required=False, choices=PARTS,
        error_messages={"invalid_choice": "Articles have no such part. Choose one from the list."},
    )  # fmt: skip

    def clean_q(self) -> str:
        return tidy(self.cleaned_data["q"])

    def clean_author(self) -> str:
        return tidy(self.cleaned_data["author"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            self.add_error("last", f"The years run from {first} to {last}. Write the earlier one first.")
        return data

    @property
    def criteria(self) -> ArticleCriteria:
        """Of a form that is valid."""
        data = self.cleaned_data
        return ArticleCriteria(
            data["q"], data["author"], data["first"], data["last"], data["type"].slug if data["type"] else "",
            data["part"],
        )  # fmt: skip
