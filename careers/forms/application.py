"""What is asked of somebody who applies, and of an employer who answers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms

from aapm_site.core.forms import LongTextField, NameField, SiteForm
from aapm_site.mail.address_field import OwnAddressField

from ..application_states import EMPLOYER_STATES, JobApplicationStatus
from ..domain.bulk_decline import MOST, SeenApplication
from ..domain.cv import kept_cv
from ..models import JobApplication, JobQuestion, Profile
from ..models.application import LONGEST_MESSAGE
from ..queries.applications import WantedApplicants
from ..telling_words import telling_of_person
from .cv import CvField
from .private import AskedAboutNumbers
from .questions import answer_fields, answers_in

PUBLIC_ID = re.compile(r"[\w-]{1,16}", re.ASCII)
SENSITIVE = "Leave out license and DEA numbers, your date of birth and your home address."
UNNAMED = (
    "The employer reads this before it knows who you are: leave out your name and where you work. "
    "What you can do, what you look for and when you could start say enough."
)


class JobApplicationForm(AskedAboutNumbers, SiteForm):
    """Name, message and CV; whose address is not known is asked for it. Numbers in the message are asked about once."""

    asked = ("message",)

    name = NameField(
        label="Your name",
        max_length=JobApplication._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "input"}),
        error_messages={"required": "Please tell the employer your name."},
    )
    email = OwnAddressField(
        help_text="We mail you a link. Nothing goes to the employer before you press it. No account is needed."
    )
    message = LongTextField(
        label="Your message",
        max_length=LONGEST_MESSAGE,
        help_text=f"What draws you to this position, and what you bring. {SENSITIVE}",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Please write a few sentences to the employer."},
    )
    cv = CvField(required=False)
    with_kept = forms.BooleanField(required=False, initial=True)

    def __init__(
        self,
        *args: Any,
        asks_address: bool,
        address: str = "",
        is_confidential: bool = False,
        kept: Profile | None = None,
        questions: Sequence[JobQuestion] = (),
        **kwargs: Any,
    ) -> None:
        """`address` is the person's, if it is known; `kept` is their profile, if it holds a CV."""
        super().__init__(*args, **kwargs)
        self.address, self.is_confidential, self.kept = address, is_confidential, kept
        self.questions = questions
        self._ask(answer_fields(questions))
        if kept is None:
            del self.fields["with_kept"]
        else:
            self.fields["with_kept"].label = f"Send the CV of my profile, {kept.cv_name}"
            self.fields["cv"].label = "Another CV"
        if not asks_address:
            del self.fields["email"]
        if is_confidential:
            self.fields["message"].help_text = f"{UNNAMED} {SENSITIVE}"

    def _ask(self, fields: Mapping[str, forms.Field]) -> None:
        """The employer's questions stand before the CV."""
        self.fields.update(fields)
        names = [name for name in self.fields if name not in fields]
        at = names.index("message") + 1
        self.order_fields([*names[:at], *fields, *names[at:]])

    @property
    def answers(self) -> list[dict[str, str]]:
        """What was asked and answered, for `domain.applications`."""
        return answers_in(self.questions, self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ["message", *answer_fields(self.questions)] if self.is_confidential else []:
            if said := self._named_in(data, name):
                words = "your message" if name == "message" else "your answer"
                self.add_error(
                    name, f"“{said}” in {words} says who you are. Leave your name and address out of it for now."
                )
        if self.kept and data.get("with_kept") and not data.get("cv") and "cv" not in self.errors:
            data["cv"] = kept_cv(self.kept.cv, self.kept.cv_name)
        return data

    def _named_in(self, data: dict[str, Any], field: str) -> str:
        """The first part of a text by which the employer could tell who writes; empty without any."""
        address = data.get("email") or self.address
        return telling_of_person(data.get(field, ""), name=data.get("name", ""), address=address)


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
    """Which applicants of a position to show, in which order, and after which one. What is unknown is left out."""

    state = forms.ChoiceField(
        required=False,
        choices=[(state.value, state.label) for state in JobApplicationStatus if state != "unconfirmed"],
    )
    unread = forms.BooleanField(required=False)
    cv = forms.BooleanField(required=False)
    order = forms.ChoiceField(required=False, choices=[("", "Newest first"), ("oldest", "Oldest first")])
    after = forms.SlugField(required=False, max_length=16)

    @property
    def wanted(self) -> WantedApplicants:
        """What is asked for, of what is understood."""
        data = self.cleaned_data
        return WantedApplicants(
            data.get("state", ""), data.get("unread", False), data.get("cv", False), data.get("order") == "oldest"
        )

    def query(self, **changes: str) -> str:
        """The same choice as a query, with these things changed; what is empty is left out."""
        data = self.cleaned_data
        chosen = {
            "state": data.get("state", ""),
            "unread": "on" if data.get("unread") else "",
            "cv": "on" if data.get("cv") else "",
            "order": data.get("order", ""),
            **changes,
        }
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


class DeclineTogetherForm(SiteForm):
    """The kind words for several at once. `shown` says which letter was seen last, so that none goes unseen."""

    words = LongTextField(
        label="Your words to each of them",
        max_length=LONGEST_WORDS,
        help_text="They stand in each letter, word for word. What the letter says around them stays.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Please leave a sentence or two: a letter without any hurts more than it must."},
    )
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def seen_applications(values: Iterable[str]) -> list[SeenApplication]:
    """What was chosen, from “id.state”; what is no such thing is left out."""
    parts = (value[:60].partition(".") for value in list(values)[:MOST])
    known = (SeenApplication(key, state) for key, _, state in parts if state in JobApplicationStatus.values)
    return [one for one in known if PUBLIC_ID.fullmatch(one.public_id)]
