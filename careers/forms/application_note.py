"""What somebody of a team notes about an applicant."""

from django import forms

from aapm_site.core.forms import LongTextField, SiteForm

from ..models.applicant_note import LONGEST_APPLICATION_NOTE


class ApplicantNoteForm(SiteForm):
    note = LongTextField(
        label="A note for your team",
        max_length=LONGEST_APPLICATION_NOTE,
        help_text="The applicant does not read it here. The law may let them ask: write what you could say to them.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Please write something first."},
    )
