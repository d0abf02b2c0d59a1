"""What is asked in the directories: a member's own entry, a search, a message, a report."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from aapm_site.accounts.languages import SpokenLanguage
from aapm_site.accounts.models import Place, Profession, Specialty
from aapm_site.accounts.place_field import NearField, PlaceField
from aapm_site.accounts.us_states import STATES
from aapm_site.core.forms import LongTextField, NameField, OneLineField, PublicForm, SiteForm, field_of
from aapm_site.core.search.query import tidy
from aapm_site.mail.domain.queue import NotAnAddress, one_address

from ..directory_parts import (
    MILES,
    USUAL_MILES,
    DirectoryCriteria,
    DirectoryPart,
    MessageReport,
    NearPoint,
)
from ..domain.directory import EntryWords
from ..domain.directory_messages import MessageWords
from ..models import DirectoryEntry

NOT_ONE = "Please write one e-mail address."
SHORTEST_NAME = 2
_telephone = re.compile(r"\+?[\d\s().\-/]{7,}(?:\s*(?:ext|x)\.?\s*\d{1,6})?", re.IGNORECASE)


class TelephoneField(OneLineField):
    """A number as people write it, with an extension."""

    def clean(self, value: Any) -> str:
        number = " ".join(super().clean(value).split())
        digits = sum(mark.isdigit() for mark in number)
        if number and (not _telephone.fullmatch(number) or not 7 <= digits <= 20):
            raise ValidationError("Write the number with its area code, as in 207-555-0134 or +1 207 555 0134 ext. 2.")
        return number


class DirectoryEntryForm(SiteForm):
    """The member's own entry, and two boxes for each part: one a directory."""

    practice = NameField(label="Name of the practice", required=False, max_length=160)
    place = PlaceField(required=False, label="Town or ZIP code of the practice")
    telephone = TelephoneField(
        label="Telephone of the practice",
        required=False,
        max_length=40,
        help_text="The one that patients call, never your own.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    website = forms.URLField(
        label="Web page of the practice",
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Write its whole address, as in https://www.example.org/."},
    )
    languages = forms.MultipleChoiceField(
        label="Languages in which you can see patients",
        required=False,
        choices=SpokenLanguage,
        widget=forms.CheckboxSelectMultiple,
    )
    takes_new_patients = forms.BooleanField(label="I take new patients", required=False)
    takes_referrals = forms.BooleanField(label="I take referrals from colleagues", required=False)
    for_members = forms.BooleanField(
        label="List me in the members’ directory",
        required=False,
        help_text="Your name and degrees, and what you tick below. Members find it after signing in.",
    )
    for_public = forms.BooleanField(
        label="List me in “Find a clinician”",
        required=False,
        help_text="Your name and degrees, and what you tick below. Anybody finds it, patients above all.",
    )
    members_parts = forms.MultipleChoiceField(
        label="Shown to members", required=False, choices=DirectoryPart, widget=forms.CheckboxSelectMultiple
    )
    public_parts = forms.MultipleChoiceField(
        label="Shown to everybody", required=False, choices=DirectoryPart, widget=forms.CheckboxSelectMultiple
    )

    def clean_website(self) -> str:
        """A page that people open, on the web."""
        website: str = self.cleaned_data["website"]
        if website and not website.lower().startswith(("https://", "http://")):
            raise ValidationError("Write its whole address, as in https://www.example.org/.")
        return website

    @property
    def words(self) -> EntryWords:
        data = self.cleaned_data
        chosen = data["place"]
        same = (
            "practice",
            "telephone",
            "website",
            "takes_new_patients",
            "takes_referrals",
            "for_members",
            "for_public",
        )
        return EntryWords(
            **{name: data[name] for name in same},
            place=chosen.place if chosen else None,
            postal_code=chosen.postal_code if chosen else "",
            languages=tuple(data["languages"]),
            members_parts=tuple(data["members_parts"]),
            public_parts=tuple(data["public_parts"]),
        )

    @staticmethod
    def initial_of(entry: DirectoryEntry | None) -> dict[str, Any]:
        """What stands in the form at first: nothing is ticked before a member ticks it."""
        if entry is None:
            return {}
        names = (
            *("practice", "telephone", "website", "languages", "takes_new_patients", "takes_referrals"),
            *("for_members", "for_public", "members_parts", "public_parts"),
        )
        return {name: getattr(entry, name) for name in names} | {"place": entry.place_text}


class _Known(forms.ChoiceField):
    """One of some values. What is none of them is left out, and remembered."""

    left_out = False

    def clean(self, value: Any) -> str:
        text = str(value or "")
        self.left_out = bool(text) and not self.valid_value(text)
        return "" if self.left_out else text


class _Miles(_Known):
    def __init__(self) -> None:
        choices = [("", f"{USUAL_MILES} miles"), *((str(one), f"{one} miles") for one in MILES if one != USUAL_MILES)]
        super().__init__(required=False, choices=choices, label="Within")


class _Words(forms.CharField):
    """What somebody types to search: on one line, without control marks, never too long."""

    def clean(self, value: Any) -> str:
        return tidy(str(value or ""))[:100]


class NearForm(SiteForm):
    """Only where to look: the field with which other pages lead to the directory."""

    near = NearField(required=False, max_length=160, label="Near")

    def __init__(self) -> None:
        super().__init__(auto_id="find_%s")


def _counted(words: str, number: int) -> str:
    return f"{words} ({number})" if number else words


class DirectoryFilterForm(SiteForm):
    """What a reader looks for. A value that does not exist is left out, and the page says so; the others count."""

    near = NearField(required=False, max_length=160, label="Near")
    miles = _Miles()
    name = _Words(required=False, label="Name", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}))
    state = _Known(required=False, choices=[("", "Any state"), *STATES], label="State")
    profession = _Known(required=False, label="Profession")
    specialty = _Known(required=False, label="Specialty")
    language = _Known(required=False, choices=[("", "Any language"), *SpokenLanguage.choices], label="Speaks")
    patients = forms.BooleanField(required=False, label="Takes new patients")
    referrals = forms.BooleanField(required=False, label="Takes referrals")

    filters = ("state", "profession", "specialty", "language")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="find_%s")
        for name, rows, nothing in (
            ("profession", Profession.objects.all(), "Any profession"),
            ("specialty", Specialty.objects.all(), "Any specialty"),
        ):
            known = [("", nothing), *rows.values_list("slug", "name")]
            field_of(self, name, forms.ChoiceField).choices = known

    def clean_name(self) -> str:
        """One letter would list a part of the alphabet."""
        name: str = self.cleaned_data["name"]
        if name and len(name.replace(" ", "")) < SHORTEST_NAME:
            raise ValidationError("Write two letters of the name or more.")
        return name

    @property
    def criteria(self) -> DirectoryCriteria:
        data = self.cleaned_data
        found = data.get("near")
        near = None
        if found:
            place: Place = found.places[0]
            miles = int(data.get("miles") or USUAL_MILES)
            near = NearPoint(found.label(place), float(place.latitude), float(place.longitude), miles)
        return DirectoryCriteria(
            name=data.get("name", ""),
            near=near,
            **{name: data.get(name, "") for name in self.filters},
            new_patients=bool(data.get("patients")),
            referrals=bool(data.get("referrals")),
        )

    def tell(self, tallies: Mapping[str, Mapping[str, int]]) -> None:
        """Say behind each filter that is not used yet how many of those found show it; nothing behind the others."""
        for name, numbers in tallies.items():
            if self.cleaned_data.get(name):
                continue
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                known: Any = field.choices
                field.choices = [(value, _counted(words, numbers.get(value, 0))) for value, words in known]
            else:
                self[name].label = _counted(str(field.label), numbers.get("True", 0))

    @property
    def left_out(self) -> bool:
        return any(field.left_out for field in self.fields.values() if isinstance(field, _Known))

    @property
    def other_places(self) -> Iterable[str]:
        """What the typed place may mean besides, as it would be typed."""
        found = self.cleaned_data.get("near")
        return [found.label(place) for place in found.places[1:]] if found else []

    def chosen(self) -> list[tuple[str, str]]:
        """Each part of the search in words, with its key."""
        data, criteria = self.cleaned_data, self.criteria
        said = [("near", f"Within {criteria.near.miles} miles of {criteria.near.label}")] if criteria.near else []
        said += [("name", f"“{criteria.name}”")] if criteria.name else []
        for name in self.filters:
            if value := data.get(name):
                known: Any = field_of(self, name, forms.ChoiceField).choices
                said.append((name, str(dict(known)[value])))
        said += [(name, str(self.fields[name].label)) for name in ("patients", "referrals") if data.get(name)]
        return said


class WriterAddressField(forms.EmailField):
    """The address of somebody without an account, in small letters."""

    def clean(self, value: Any) -> str:
        try:
            return one_address(super().clean(value)).lower()
        except NotAnAddress as refused:
            raise ValidationError(NOT_ONE, code="invalid") from refused


class DirectoryMessageForm(PublicForm):
    """A message to a member. Whose address is known is not asked for it."""

    name = NameField(
        label="Your name",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Please say who you are."},
    )
    email = WriterAddressField(
        label="Your e-mail",
        max_length=254,
        help_text="We mail you a link that sends the message. The answer comes to this address.",
        error_messages={"required": "Please tell us where the answer should go.", "invalid": NOT_ONE},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input"}),
    )
    text = LongTextField(
        label="Your message",
        max_length=2_000,
        help_text="What you look for, in a few sentences. Leave out your medical history: mail is not safe for it.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Please write a message."},
    )
    help_seen = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def __init__(self, *args: Any, knows_address: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_address:
            del self.fields["email"]

    @property
    def words(self) -> MessageWords:
        return MessageWords(self.cleaned_data["name"].strip(), self.cleaned_data["text"].strip())


class MessageReportForm(SiteForm):
    """What is wrong with a message."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=MessageReport,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong.", "invalid_choice": "Choose one of these."},
    )
    note = LongTextField(
        label="Is there more to say?", required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )
