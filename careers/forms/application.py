"""What is asked of somebody who applies, and of an employer who answers."""

from typing import Any

from django import forms

from aapm_site.core.forms import LongTextField, NameField, SiteForm
from aapm_site.mail.domain.queue import NotAnAddress, one_address

from ..application_states import EMPLOYER_STATES, JobApplicationStatus
from ..models import JobApplication
from ..models.application import LONGEST_MESSAGE
from .cv import CvField

SENSITIVE = "Leave out license and DEA numbers, your date of birth and your home address."
UNNAMED = (
    "The employer reads this before it knows who you are: leave out your name and where you work. "
    "What you can do, what you look for and when you could start say enough."
)


class JobApplicationForm(SiteForm):
    """Name, message and CV; whose address is not known is asked for it."""

    name = NameField(
        label="Your name",
        max_length=JobApplication._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "input"}),
        error_messages={"required": "Please tell the employer your name."},
    )
    email = forms.EmailField(
        label="Your e-mail",
        max_length=254,
        help_text="We mail you a link. Nothing goes to the employer before you press it. No account is needed.",
        error_messages={"required": "Please tell us where to write to.", "invalid": "Please write one e-mail address."},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input"}),
    )
    message = LongTextField(
        label="Your message",
        max_length=LONGEST_MESSAGE,
        help_text=f"What draws you to this position, and what you bring. {SENSITIVE}",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Please write a few sentences to the employer."},
    )
    cv = CvField(required=False)

    def __init__(self, *args: Any, asks_address: bool, is_confidential: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_confidential = is_confidential
        if not asks_address:
            del self.fields["email"]
        if is_confidential:
            self.fields["message"].help_text = f"{UNNAMED} {SENSITIVE}"

    def clean_email(self) -> str:
        try:
            return one_address(self.cleaned_data["email"]).lower()
        except NotAnAddress as refused:
            raise forms.ValidationError("Please write one e-mail address.", code="invalid") from refused

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        message = data.get("message", "").casefold()
        typed = [data.get(name, "").casefold() for name in ("name", "email")]
        if self.is_confidential and any(one and one in message for one in typed):
            self.add_error("message", "Your message says who you are. Leave your name and address out of it for now.")
        return data


LONGEST_WORDS = 2_000


class ApplicantDecisionForm(SiteForm):
    """Where an employer stands with an applicant, and what it says to them."""

    to = forms.ChoiceField(
        choices=[(state.value, state.label) for state in EMPLOYER_STATES],
        error_messages={"required": "Please press one of the buttons.", "invalid_choice": "Please press one of them."},
    )
    words = LongTextField(
        label="Your words to the applicant",
        required=False,
        max_length=LONGEST_WORDS,
        help_text="They go with the letter, word for word. Two kind sentences are better than none.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ApplicantFilterForm(SiteForm):
    """Which applicants of a position to show, and after which one. What is unknown is left out."""

    state = forms.ChoiceField(
        required=False,
        choices=[(state.value, state.label) for state in JobApplicationStatus if state != "unconfirmed"],
    )
    after = forms.SlugField(required=False, max_length=16)
