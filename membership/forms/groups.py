"""What members say to a group, and its chairs about it."""

from django import forms

from aapm_site.core.forms import LongTextField, OneLineField, SiteForm

from ..models import Group, GroupJoinRequest
from ..models.group_letter import SUBJECT_LENGTH, TEXT_LENGTH


class JoinForm(SiteForm):
    """Which of the two buttons was pressed."""

    letters = forms.ChoiceField(choices=[("yes", "with"), ("no", "without")], required=False)

    @property
    def with_letters(self) -> bool:
        return self.cleaned_data["letters"] == "yes"


class JoinRequestForm(SiteForm):
    """A word to the chairs."""

    message = LongTextField(
        label="A word to the chairs",
        required=False,
        max_length=GroupJoinRequest._meta.get_field("message").max_length,
        help_text="What you do, and what you would like to bring to the group. They read it with your name.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RequestDeclineForm(SiteForm):
    """Why not: the person reads it."""

    reason = LongTextField(
        label="Why not?",
        max_length=1_000,
        help_text="They get it by mail, from the group and not with your name.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why; they read it."},
    )


class PurposeForm(SiteForm):
    """What everybody reads of the group."""

    summary = OneLineField(
        label="In one sentence",
        max_length=Group._meta.get_field("summary").max_length,
        help_text="Whom the group is for. It stands in the list of groups.",
        error_messages={"required": "Say in one sentence whom the group is for."},
    )
    purpose = LongTextField(
        label="What the group does",
        max_length=Group._meta.get_field("purpose").max_length,
        required=False,
        help_text="In plain words; an empty line begins a new paragraph. Everybody reads it.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    @classmethod
    def of(cls, group: Group) -> "PurposeForm":
        return cls(initial={"summary": group.summary, "purpose": group.purpose})


class LetterForm(SiteForm):
    """A letter to the group, in plain text."""

    subject = OneLineField(
        label="Subject",
        max_length=SUBJECT_LENGTH,
        help_text="The name of the group stands before it.",
        error_messages={"required": "Say in a few words what it is about."},
    )
    text = LongTextField(
        label="Letter",
        max_length=TEXT_LENGTH,
        help_text="Plain text; an empty line begins a new paragraph. Your name is set below it by itself.",
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Write the letter."},
    )
