"""What is asked of an employer that asks somebody for contact, or keeps a profile in mind; and of the person."""

from typing import Any

from django import forms

from aapm_site.core.forms import LongTextField, SiteForm, field_of

from ..choices import ContactReason
from ..contact_states import CONTACT_REFUSED, ContactStatus
from ..models import Employer, Job
from ..models.profile_contact import LONGEST_NOTE, LONGEST_WORDS


class ContactForm(SiteForm):
    """About which position, why, and a few words."""

    job = forms.ModelChoiceField(
        Job.objects.none(),
        label="About which position",
        to_field_name="public_id",
        empty_label=None,
        help_text="One of yours that is live and has your name on it.",
        error_messages={
            "required": "Choose the position that you ask about.",
            "invalid_choice": "Choose one of your positions that is live and not confidential.",
        },
    )
    reason = forms.ChoiceField(
        label="Why you ask",
        choices=ContactReason.choices,
        widget=forms.RadioSelect,
        initial=ContactReason.POSITION,
        error_messages={"required": "Choose why you ask."},
    )
    words = LongTextField(
        label="In your own words",
        required=False,
        max_length=LONGEST_WORDS,
        help_text="What in the profile made you ask. They read it here on the site.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = Job.objects.live().filter(employer=employer, confidential=False).defer("search", "body")
        field_of(self, "job", forms.ModelChoiceField).queryset = named.newest_first()


class ContactAnswerForm(SiteForm):
    """Yes, no, or the yes taken back: one of three buttons."""

    to = forms.ChoiceField(choices=[(one, one) for one in (ContactStatus.AGREED, *CONTACT_REFUSED)])


class BookmarkForm(SiteForm):
    """A note that the team reads."""

    note = LongTextField(
        label="Note for your team",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nobody else reads it.",
    )
