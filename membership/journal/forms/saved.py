"""What a reader notes of an article."""

from django import forms

from aapm_site.core.forms import LongTextField, SiteForm

LONGEST_NOTE = 1_000


class ArticleNoteForm(SiteForm):
    note = LongTextField(
        label="Note", required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"A note has at most {LONGEST_NOTE:,} characters. Please shorten it."},
    )  # fmt: skip
