"""What an institution types to invite its people, and what a person agrees to."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.accounts.rules import normal_email
from aapm_site.core.field_words import E_MAIL
from aapm_site.core.forms import LongTextField, SiteForm
from aapm_site.mail.domain.queue import NotAnAddress, one_address

from ..bundle_rules import MOST_SEATS
from ..domain.seats import Wished

MOST_LINES = 200
LONGEST_NAME = 120
SHOWN = 80  # of a line, in the report

_between = re.compile(r"[\s,;<>\"()]+")
_address = forms.EmailField(max_length=254)


def read_line(number: int, text: str) -> Wished:
    """One line of a list: “lena@example.org”, “Lena Okafor <lena@example.org>”, or two cells of a spreadsheet."""
    words = [word for word in _between.split(text) if word]
    addresses = [word for word in words if "@" in word]
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    if len(addresses) != 1:
        wrong = "There is no e-mail address on this line."
        return Wished(number, shown, wrong="Write each address on a line of its own." if addresses else wrong)
    try:
        email = normal_email(one_address(_address.clean(addresses[0])))
    except (ValidationError, NotAnAddress):
        return Wished(number, shown, wrong=E_MAIL)
    name = " ".join(word for word in words if word != addresses[0])
    return Wished(number, shown, email, name[:LONGEST_NAME])


class PeopleForm(SiteForm):
    """One address, or a pasted list of them. A line that is wrong is reported and keeps nobody else from a seat."""

    people = LongTextField(
        max_length=40_000,
        label="E-mail addresses, one on each line",
        help_text=f"Up to {MOST_LINES} at a time. A name may stand before the address.",
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Write at least one e-mail address.",
            "max_length": f"This is more than {MOST_LINES} lines can hold. Please paste it in parts.",
        },
    )

    def clean_people(self) -> list[Wished]:
        lines = [(number, line.strip()) for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1)]
        filled = [(number, line) for number, line in lines if line]
        if len(filled) > MOST_LINES:
            raise ValidationError(f"These are {len(filled)} lines. Please paste at most {MOST_LINES} at a time.")
        return [read_line(number, line) for number, line in filled]


class AcceptForm(SiteForm):
    """The person's consent; without it nobody becomes a member."""

    consent = forms.BooleanField(
        label="I agree to this.",
        error_messages={"required": "Please tick the box if you agree; else press “No, thank you”."},
    )


FEWER = (
    "Who said yes first keeps a seat. For the others the membership ends with the last day of the present seats; we "
    "write to them, and they can go on with dues of their own."
)


class AskColleagueForm(SiteForm):
    """Whose address is asked to look after the seats as well."""

    email = forms.EmailField(
        label="E-mail address of a colleague",
        max_length=254,
        help_text="They sign in, or make an account, with this very address and say yes or no.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write the address of a colleague.", "invalid": E_MAIL},
    )

    def clean_email(self) -> str:
        try:
            return normal_email(one_address(self.cleaned_data["email"]))
        except NotAnAddress as wrong:
            raise ValidationError(E_MAIL) from wrong


class SeatsWantedForm(SiteForm):
    """How many seats to order, from the fewest that are sold; fewer than people on the list only by a tick."""

    def __init__(
        self,
        *args: Any,
        least: int,
        wished: int,
        most: int = MOST_SEATS,
        people: int = 0,
        label: str = "Number of seats",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        said = f"Please give a number from {least} to {most}."
        self.fields["seats"] = forms.IntegerField(
            label=label,
            min_value=least,
            max_value=most,
            initial=max(least, wished),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
            widget=forms.NumberInput(attrs={"class": "input input--s", "inputmode": "numeric", "autocomplete": "off"}),
        )
        if people > least:
            self.fields["fewer"] = forms.BooleanField(
                label="Order fewer seats than people on the list", required=False, help_text=FEWER
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        wanted = said.get("seats")
        if wanted is not None and wanted < self.people and not said.get("fewer"):
            self.add_error(
                "fewer",
                f"{self.people} people are on your list. Tick this to order {wanted}, or order a seat for each.",
            )
        return said
