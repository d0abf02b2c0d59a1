"""The form of a job: what it needs, and what a slip of the keys looks like."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from aapm_site.accounts.models import Profession, Specialty
from aapm_site.accounts.place_field import PlaceField, look_up_together
from aapm_site.core.forms import (
    CheckedWhenSaved,
    LongTextField,
    OneLineField,
    ReadOnceChoiceField,
    SiteForm,
    SiteModelForm,
    change_data,
    field_of,
)
from aapm_site.core.money import Money
from aapm_site.core.richtext import plain

from .. import own_name
from ..choices import PayPeriod, Remote, Setting
from ..domain.job_rows import MOST_PLACES
from ..models import Employer, Job
from ..plaintext import HINT, to_text
from ..rules import SHORTEST_BODY
from ..web_domains import domain_of, is_shared
from .rich_words import MarkedUp, RichWordsField

# Characters that readers see, without the marks: about two sentences.
# What pay for one period may plausibly be; outside of it the period is probably another one.
PLAUSIBLE = {
    PayPeriod.YEAR: (10_000, 5_000_000),
    PayPeriod.MONTH: (1_000, 400_000),
    PayPeriod.WEEK: (200, 100_000),
    PayPeriod.DAY: (50, 20_000),
    PayPeriod.HOUR: (7, 2_000),
}
WIDEST = 4
LONGEST_OPEN = 365  # days from today to the last one to apply
WAYS = ("takes_applications", "apply_url", "apply_email")
NO_AMOUNT = "Give an amount, such as 250,000."
THOUSANDS = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)k", re.IGNORECASE)
BOTH_ENDS = "Give both ends of the range; they may be equal."
# What a missing answer asks for, in words.
WANTED = {
    "title": "Write the title of the position.",
    "profession": "Choose the profession that you look for.",
    "setting": "Choose where the person will work.",
    "summary": "Write two sentences for the list.",
    "body": "Describe the position: a week, the team, what you ask and what you offer.",
}


class JobWordsForm(SiteModelForm):
    """What every form of a job checks about its words and the way to apply."""

    body = RichWordsField(
        longest=12_000,
        label="Description",
        help_text="What a week looks like, who is on the team, what you ask and what you offer: at least "
        f"{SHORTEST_BODY} characters, about two sentences. You may paste from Word. {HINT}",
    )
    benefits = LongTextField(
        max_length=600,
        required=False,
        label="Benefits",
        help_text="Insurance, leave, retirement, education, moving. Several states require them beside the pay.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    summary = LongTextField(
        max_length=300,
        label="Summary",
        help_text="Two sentences that make somebody read on. They stand in the list.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    apply_url = forms.URLField(
        max_length=500,
        required=False,
        assume_scheme="https",
        label="Address to apply at",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    apply_email = forms.EmailField(
        max_length=254, required=False, label="E-mail to apply to", help_text="Give one of the three ways, or several."
    )
    takes_applications = forms.BooleanField(
        required=False,
        label="Take applications on this site",
        help_text="People send you a message and a CV, and you answer on your board. You get an e-mail for each.",
    )

    def __init__(self, *args: Any, employer: Employer, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        self.draft = draft
        for name, sentence in WANTED.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = sentence
        if self.instance.pk:
            self.initial["body"] = MarkedUp(self.instance.body)
        if draft:
            for name in ("summary", "body"):
                self.fields[name].required = False

    def clean_body(self) -> str:
        """The typed text as HTML. Untouched, it stays the very HTML that it was: staff may have laid it out."""
        body = self.cleaned_data["body"]
        if self.instance.pk and self._is_untouched(self["body"].data):
            body = self.instance.body
        length = len(plain(body))
        if not self.draft and length < SHORTEST_BODY:
            raise forms.ValidationError(
                f"This is a little short: it has {length} of at least {SHORTEST_BODY} characters. Say more, so that "
                "people can tell whether it is for them."
            )
        return body

    def clean_apply_url(self) -> str:
        if str(self["apply_url"].data or "").strip().startswith("//"):
            raise forms.ValidationError("Write the whole address, beginning with https://.")
        return self.cleaned_data["apply_url"]

    def _is_untouched(self, typed: str | None) -> bool:
        """Whether plain words came back as they were shown; they hold less than the HTML that stands behind them."""
        if typed is None or isinstance(typed, MarkedUp):
            return False
        return typed.replace("\r\n", "\n").strip() == to_text(self.instance.body)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.draft or {"apply_url", "apply_email"} & set(self.errors):
            return data
        if not any(data.get(way) for way in WAYS) and not self.is_confidential(data):
            self.add_error("apply_url", "Say where to apply: on this site, at an address or by e-mail.")
        return data

    def is_confidential(self, data: dict[str, Any]) -> bool:
        """Whether the name is withheld: what a form does not ask stands in the job already."""
        return bool(data.get("confidential", self.instance.confidential))

    def apply_here_alone(self, data: dict[str, Any]) -> None:
        """An address or an e-mail to apply to would name who withholds its name."""
        for way in ("apply_url", "apply_email"):
            if data.get(way):
                self.add_error(way, "A confidential position takes applications on this site only. Leave this empty.")
        data["takes_applications"] = True

    def keep_name_out(self, data: dict[str, Any]) -> None:
        """A confidential job must not name the employer in its own words."""
        for field in ("title", "public_employer_name", "summary", "body", "benefits", "pay_note", "pay_exemption"):
            if refusal := given_away_by(data.get(field) or "", self.employer):
                self.add_error(field, refusal)
        if "<a " in (data.get("body") or ""):
            self.add_error("body", "A confidential position holds no links: they tell who you are. Take them out.")


def given_away_by(words: str, employer: Employer) -> str:
    """Why a confidential position may not hold these words; empty when it may."""
    if own_name.names(words, employer.name):
        return f"This names {employer.name}, and the position is confidential."
    domain = domain_of(employer.website)
    if domain and not is_shared(domain) and domain in words.casefold():
        return f"This holds your address {domain}, and the position is confidential."
    return ""


class JobForm(CheckedWhenSaved, JobWordsForm):
    """A whole job. As a draft it may have gaps; on the way to review it may not."""

    title = OneLineField(max_length=120, label="Title", help_text="As it would stand on a door. No codes, no capitals.")
    public_employer_name = OneLineField(
        max_length=120,
        required=False,
        label="What to call you instead",
        help_text="Only for a confidential position, for example “A pain practice in coastal Maine”.",
    )
    pay_exempt = forms.BooleanField(
        required=False,
        label="We attest that no law requires a range of pay for this position",
        help_text="Many states do, also for work from home. If you are not sure, give the range.",
    )
    pay_exemption = OneLineField(
        max_length=300,
        required=False,
        label="Why there is none",
        help_text="Readers see this in place of the pay, for example “By rank, from the published scale”.",
    )

    profession = ReadOnceChoiceField(
        Profession.objects.all(), label="Who are you looking for?", empty_label="Choose a profession"
    )
    # Declared here, so that a form that was sent does not ask which were chosen before.
    specialties = forms.ModelMultipleChoiceField(
        Specialty.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label="Specialties that fit"
    )
    field_order = ("title", "profession", "specialties")

    class Meta:
        model = Job
        fields = (
            "title", "profession", "setting", "employment_type", "remote",
            "pay_min", "pay_max", "pay_period", "pay_note", "pay_exemption", "benefits",
            "summary", "body", "takes_applications", "apply_url", "apply_email", "confidential", "public_employer_name",
            "wished_start_on", "closes_on",
        )  # fmt: skip
        labels = {
            "employment_type": "Kind of employment",
            "remote": "Where the work is done",
            "pay_min": "From",
            "pay_max": "To",
            "pay_period": "For",
            "pay_note": "About the pay",
            "confidential": "Withhold our name",
            "wished_start_on": "First day",
            "closes_on": "Last day to apply",
        }
        help_texts = {
            "confidential": "It stays off the page, the lists and the search engines. Our staff know it. People apply "
            "on this site only, under an alias: you say to each who you are, and read their name once they agree.",
            "pay_period": "In US dollars.",
            "pay_note": "For example “By experience; a bonus for call comes on top”.",
            "wished_start_on": "Nobody sees it before, and its days begin to run then. Empty: the day that we approve "
            "it.",
            "closes_on": "It closes at the end of that day, which stands as “Apply by” on its page. Empty: when its "
            "days are over.",
        }
        error_messages = {name: {"invalid": NO_AMOUNT} for name in ("pay_min", "pay_max")}
        widgets = {
            "wished_start_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "setting", forms.ChoiceField).choices = [("", "Choose a setting"), *Setting.choices]
        for name in ("pay_min", "pay_max"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "input"})
        if self.instance.pk:
            self.initial["pay_exempt"] = bool(self.instance.pay_exemption)
            for name in ("pay_min", "pay_max"):
                self.initial[name] = _figures(getattr(self.instance, name))
            if not self.is_bound:
                self.initial["specialties"] = list(self.instance.specialties.all())
            if not self.instance.confidential:
                self.initial["public_employer_name"] = ""

    def _clean_fields(self) -> None:
        """Pay may be typed as people write it: $365,000 or 365k."""
        if self.is_bound:
            typed = {name: self.data.get(self.add_prefix(name)) for name in ("pay_min", "pay_max")}
            change_data(self, {name: _amount(words) for name, words in typed.items() if words})
        super()._clean_fields()  # type: ignore[misc]  # Django's forms have it, the stubs do not

    def clean_wished_start_on(self) -> Any:
        on = self.cleaned_data["wished_start_on"]
        if on and on < timezone.localdate() and on != self.instance.wished_start_on:
            raise forms.ValidationError("This day is over. Leave it empty to begin as soon as we approve it.")
        return on

    def clean_closes_on(self) -> Any:
        on = self.cleaned_data["closes_on"]
        if on and on != self.instance.closes_on:
            if on < timezone.localdate():
                raise forms.ValidationError("This day is over. Leave it empty to close when its days are over.")
            if on > timezone.localdate() + timedelta(days=LONGEST_OPEN):
                raise forms.ValidationError("This is more than a year away. Choose an earlier day, or leave it empty.")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._clean_pay(data)
        begins, closes = data.get("wished_start_on"), data.get("closes_on")
        if begins and closes and closes < begins:
            self.add_error("closes_on", "The last day to apply comes before the first day. Choose a later one.")
        if data.get("confidential"):
            if not data.get("public_employer_name"):
                self.add_error("public_employer_name", "Say what readers see in place of your name.")
            self.keep_name_out(data)
            self.apply_here_alone(data)
        return data

    def _clean_pay(self, data: dict[str, Any]) -> None:
        if {"pay_min", "pay_max"} & set(self.errors):
            self._clean_other_end(data)
            return
        low, high = data.get("pay_min"), data.get("pay_max")
        if not data.get("pay_exempt"):
            data["pay_exemption"] = ""
        if low is None and high is None:
            self._clean_exemption(data)
        elif low is None or high is None:
            self.add_error("pay_min" if low is None else "pay_max", BOTH_ENDS)
        else:
            self._clean_range(low, high, data)

    def _clean_other_end(self, data: dict[str, Any]) -> None:
        """Beside an end that is no amount, an empty one is named at once."""
        for name in {"pay_min", "pay_max"} - set(self.errors):
            if data.get(name) is None:
                self.add_error(name, BOTH_ENDS)

    def _clean_exemption(self, data: dict[str, Any]) -> None:
        if self.draft:
            return
        if not data.get("pay_exempt"):
            self.add_error("pay_min", "Give a range of pay, or attest below that none is required.")
        elif not data.get("pay_exemption"):
            self.add_error("pay_exemption", "Say why there is no range; readers see it in place of the pay.")

    def _clean_range(self, low: Decimal, high: Decimal, data: dict[str, Any]) -> None:
        currency, period = self.instance.pay_currency, data.get("pay_period")
        lowest, highest = Money(low, currency), Money(high, currency)
        if high < low:
            self.add_error("pay_max", f"The highest pay, {highest}, is lower than the lowest. Is a zero missing?")
        elif high > low * WIDEST:
            self.add_error("pay_max", f"{lowest} to {highest} is too wide to tell anybody anything. Narrow it, please.")
        elif period in PLAUSIBLE:
            least, most = PLAUSIBLE[period]
            if low < least or high > most:
                words = PayPeriod(period).label
                self.add_error("pay_period", f"{lowest} to {highest} {words}: is that for another length of time?")

    @property
    def job_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in self.Meta.fields}


def show_as_needed(*fields: forms.BoundField) -> None:
    """Leave “(optional)” out where a value is wanted unless something else says not; the check itself is in clean()."""
    for bound in fields:
        bound.field.required = True
        bound.field.widget.use_required_attribute = lambda initial: False


def _amount(words: str) -> str:
    """An amount as a number field reads it; what is none stays as it was, without its signs."""
    plain_words = re.sub(r"[\s$,]", "", words)
    thousands = THOUSANDS.fullmatch(plain_words)
    return f"{Decimal(thousands[1]) * 1000:.0f}" if thousands else plain_words


def _figures(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


class LocationForm(SiteForm):
    """One place; an empty row is none."""

    place = PlaceField(
        required=False,
        takes_unlisted=True,
        help_text="As in “Portland, Maine” or 04101. With both, “Portland, Maine 04101”, readers see the ZIP code too.",
    )

    @property
    def is_in_use(self) -> bool:
        """Whether anything stands in it, so that it must be seen."""
        return any(str(field.value() or "").strip() for field in self)


class BaseLocations(forms.BaseFormSet):
    """The places of a job, none named twice. Their number is the form's, whatever the browser says."""

    def total_form_count(self) -> int:
        return MOST_PLACES

    def full_clean(self) -> None:
        """All rows ask the gazetteer together."""
        if self.is_bound:
            look_up_together(self.forms)
        super().full_clean()

    @property
    def places(self) -> list[dict[str, Any]]:
        """What `domain.jobs` takes."""
        chosen = [form.cleaned_data["place"] for form in self.forms if form.cleaned_data.get("place")]
        return [
            {"city": one.town, "state_code": one.state_code, "postal_code": one.postal_code, "place": one.place}
            for one in chosen
        ]

    @property
    def has_spare(self) -> bool:
        """Whether a row beyond the first is empty, so that it can be folded away."""
        return not all(form.is_in_use for form in self.forms[1:])

    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            chosen = getattr(form, "cleaned_data", {}).get("place")
            if chosen is None:
                continue
            key = (chosen.town.casefold(), chosen.state_code, chosen.place)
            if key in seen:
                form.add_error("place", "This place is named twice.")
            seen.add(key)


Locations = forms.formset_factory(
    LocationForm, formset=BaseLocations, extra=MOST_PLACES, max_num=MOST_PLACES, absolute_max=MOST_PLACES
)


def needs_a_place(form: JobForm, locations: forms.BaseFormSet) -> bool:
    """Adds the error, and says so, when no place is named for work that is not fully remote."""
    if form.draft or form.cleaned_data.get("remote") == Remote.FULL or any(row.is_in_use for row in locations.forms):
        return False
    locations.forms[0].add_error("place", "Name at least one place, or choose fully remote work.")
    return True
