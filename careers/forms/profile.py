"""The forms of a seeker's profile: what they say, where they would work, their CV and their switches."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.accounts.place_field import PlaceField
from aapm_site.accounts.us_states import STATES
from aapm_site.core.forms import LongTextField, SiteForm, SiteModelForm, change_data, field_of

from ..choices import BoardCertification, Procedure, Setting, SpokenLanguage
from ..domain.profiles import WantedPlace
from ..models import Profile
from ..models.profile import HIGHEST_PAY_WISH, LONG, MOST_PLACES, MOST_YEARS
from .cv import CvField
from .job import BaseLocations
from .private import AskedAboutNumbers

TEXTS = ("training", "experience", "about")
COLUMNS = (
    "profession", "stage", "years", "certifications", "licenses", "languages", "procedures", *TEXTS,
    "available_on", "settings_wanted", "remote", "visa", "pay_wish",
)  # fmt: skip
TOO_MANY = f"Towns and states together may be {MOST_PLACES}. A whole state stands for all of its towns."


def _several(choices: Any, label: str, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False, choices=choices, widget=forms.CheckboxSelectMultiple, label=label, help_text=help_text
    )


def _text(label: str, help_text: str, rows: int) -> LongTextField:
    return LongTextField(
        required=False, max_length=LONG, label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class SeekerProfileForm(AskedAboutNumbers, SiteModelForm):
    """All of a profile but its towns. Only the profession must be there, so that it can be written in several goes.

    Numbers and addresses in its texts are asked about once: `doubts` are those that the person has not said to keep.
    """

    asked = TEXTS
    certifications = _several(BoardCertification.choices, "Board certifications")
    licenses = _several(STATES, "Licensed in", "States only. Nobody needs the number before you are hired.")
    languages = _several(SpokenLanguage.choices, "Languages in which you can see patients")
    procedures = _several(Procedure.choices, "Procedures that you do")
    settings_wanted = _several(Setting.choices, "Settings")
    states_wanted = _several(STATES, "Whole states")
    years = forms.IntegerField(
        required=False, min_value=0, max_value=MOST_YEARS, label="Years of practice", help_text="After training.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input input--s"}),
        error_messages={
            "invalid": "Give the years as a whole number, such as 7.",
            "min_value": "Give the years as a whole number, such as 7.",
            "max_value": f"Give at most {MOST_YEARS} years.",
        },
    )  # fmt: skip
    pay_wish = forms.IntegerField(
        required=False, min_value=1, max_value=HIGHEST_PAY_WISH, label="Pay that you hope for",
        help_text="In dollars a year, such as 350,000. Nobody but you ever sees it; we only tell you how many open "
        "positions pay it.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input input--s"}),
        error_messages={
            "invalid": "Give whole dollars a year, such as 350,000.",
            "min_value": "Give whole dollars a year, such as 350,000.",
            "max_value": f"Give at most {HIGHEST_PAY_WISH:,} dollars a year.",
        },
    )  # fmt: skip
    training = _text("Training", "Residency, fellowship, degrees: where and when. A line for each.", 4)
    experience = _text("Experience", "What you have done, with whom, and how much of it.", 6)
    about = _text("About you", "What you look for in a team, and what a team gets in you.", 5)
    available_on = forms.DateField(
        required=False, label="You could begin on", help_text="A day that is over says: at once.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    class Meta:
        model = Profile
        fields = ("specialties", *COLUMNS)
        labels = {
            "profession": "Profession",
            "stage": "Where you stand",
            "remote": "Remote work",
            "visa": "Visa",
        }
        widgets = {"specialties": forms.CheckboxSelectMultiple}
        error_messages = {"profession": {"required": "Choose your profession; the rest can wait."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "profession", forms.ModelChoiceField).empty_label = "Choose a profession"
        self.known = {name: getattr(self.instance, name) for name in TEXTS}
        if self.instance.pk:
            wanted = self.instance.places.all()
            self.initial["states_wanted"] = [place.state_code for place in wanted if place.state_code]

    def _clean_fields(self) -> None:
        """Pay may be typed as people write it: $350,000."""
        if self.is_bound and (typed := self.data.get(self.add_prefix("pay_wish"))):
            change_data(self, {"pay_wish": re.sub(r"[\s$,]", "", typed)})
        super()._clean_fields()  # type: ignore[misc]  # Django's forms have it, the stubs do not

    @property
    def values(self) -> dict[str, Any]:
        """The columns, as `domain.profiles` takes them."""
        return {name: self.cleaned_data[name] for name in COLUMNS}


class SeekerTownForm(SiteForm):
    """One town near which the person would work; an empty row is none."""

    place = PlaceField(required=False)

    @property
    def is_in_use(self) -> bool:
        return any(str(field.value() or "").strip() for field in self)


class BaseSeekerTowns(BaseLocations):
    """The towns of a profile, none named twice."""

    def total_form_count(self) -> int:
        return MOST_PLACES

    @property
    def wanted(self) -> list[WantedPlace]:
        chosen = [form.cleaned_data["place"] for form in self.forms if form.cleaned_data.get("place")]
        return [WantedPlace(place=one.place) for one in chosen]


SeekerTowns = forms.formset_factory(
    SeekerTownForm, formset=BaseSeekerTowns, extra=MOST_PLACES, max_num=MOST_PLACES, absolute_max=MOST_PLACES
)


def towns_of(profile: Profile) -> list[dict[str, str]]:
    """The towns as the rows of the form hold them."""
    return [{"place": place.in_words} for place in profile.places.all() if place.place] if profile.pk else []


def wanted_places(form: SeekerProfileForm, towns: Any) -> list[WantedPlace]:
    """Towns and states. Adds the error where they are too many together; both forms are valid by themselves."""
    wanted = [*towns.wanted, *(WantedPlace(state_code=code) for code in form.cleaned_data["states_wanted"])]
    if len(wanted) > MOST_PLACES:
        form.add_error("states_wanted", ValidationError(TOO_MANY))
    return wanted


class SwitchesForm(SiteForm):
    """The four switches, each by itself."""

    searchable = forms.BooleanField(
        required=False,
        label="Employers may find my profile",
        help_text="Verified employers who search for colleagues. It is off until you switch it on.",
    )
    agencies = forms.BooleanField(
        required=False,
        label="Recruiting agencies too",
        help_text="They look for somebody else, whom they may not name to you at first. It needs the switch above.",
    )
    name_shown = forms.BooleanField(
        required=False,
        label="Show my name at once",
        help_text="Without it an employer reads your name after you have said yes to them.",
    )
    active = forms.BooleanField(
        required=False,
        label="I am looking for a position",
        help_text="Switch it off to let the profile rest: nobody finds it, and nothing of it is lost.",
    )


class CvForm(SiteForm):
    """A CV to keep with the profile."""

    cv = CvField(label="File", error_messages={"required": "Choose the file of your CV first."})
