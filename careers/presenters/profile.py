"""A profile in words: as one reader sees it, where it stands, and what would make it more helpful."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from aapm_site.accounts.us_states import STATE_NAMES
from aapm_site.core.templatetags.ui import day

from ..choices import BoardCertification, Procedure, SeekerStage, Setting, SpokenLanguage
from ..models import Profile
from ..private_numbers import PrivateNumber
from ..profile_sight import Openness, ProfileReader, seen_parts

Words = str | SafeString | Promise


@dataclass(frozen=True)
class ProfileView:
    """What one reader sees. What they do not see is empty; `is_there` is False when they see nothing at all."""

    is_there: bool
    headline: str
    name: str
    email: str
    facts: list[tuple[str, Words]]
    texts: list[tuple[str, str]]
    cv_name: str


@dataclass(frozen=True)
class ProfileStanding:
    """Whether employers find it: a word with its tone, and a sentence."""

    label: str
    tone: str
    sentence: Words


@dataclass(frozen=True)
class Advice:
    """What would help, and where to do it."""

    sentence: str
    label: str
    url: str


def headline(profile: Profile) -> str:
    """Who it is without a name: Physician, anesthesiology and neurology, 7 years of practice."""
    return ", ".join(part for part in (plain_headline(profile), _stage(profile)) if part)


def plain_headline(profile: Profile) -> str:
    """The same without stage and years, as lists show it: Physician, anesthesiology and neurology."""
    specialties = [_lower(str(one)) for one in profile.specialties.all()][:2]
    return ", ".join(part for part in (str(profile.profession), " and ".join(specialties)) if part)


def _lower(words: str) -> str:
    """In the middle of a sentence; OB or US stay as they are."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _stage(profile: Profile) -> str:
    if profile.stage in {SeekerStage.RESIDENT, SeekerStage.FELLOW, SeekerStage.RETURNING}:
        return _lower(profile.get_stage_display())
    if profile.years:
        return years_in_words(profile.years)
    return _lower(profile.get_stage_display()) if profile.stage else ""


def years_in_words(years: int | None) -> str:
    if years is None:
        return ""
    return {0: "Just beginning", 1: "1 year of practice"}.get(years, f"{years} years of practice")


def _listed(labels: list[str]) -> str:
    return ", ".join(labels)


FACTS: tuple[tuple[str, str, Callable[[Profile], Words]], ...] = (
    ("profession", "Profession", lambda one: str(one.profession)),
    ("specialties", "Specialties", lambda one: _listed([str(each) for each in one.specialties.all()])),
    ("stage", "Stage", lambda one: one.get_stage_display() if one.stage else ""),
    ("years", "Years", lambda one: years_in_words(one.years)),
    (
        "certifications",
        "Board certifications",
        lambda one: _listed([BoardCertification(each).label for each in one.certifications]),
    ),
    ("licenses", "Licensed in", lambda one: _listed([STATE_NAMES[each] for each in one.licenses])),
    ("procedures", "Procedures", lambda one: _listed([Procedure(each).label for each in one.procedures])),
    ("languages", "Languages", lambda one: _listed([SpokenLanguage(each).label for each in one.languages])),
    ("available_on", "Could begin", lambda one: day(one.available_on) if one.available_on else ""),
    ("places", "Would work in", lambda one: "; ".join(each.in_words for each in one.places.all())),
    ("settings_wanted", "Settings", lambda one: _listed([Setting(each).label for each in one.settings_wanted])),
    ("remote", "Remote work", lambda one: one.get_remote_display() if one.remote else ""),
    ("visa", "Visa", lambda one: one.get_visa_display() if one.visa else ""),
)
TEXTS = (("training", "Training"), ("experience", "Experience"), ("about", "About"))


def as_seen(profile: Profile, reader: ProfileReader, openness: Openness) -> ProfileView:
    """The profile as this reader sees it: nothing else of it is in what comes back."""
    parts = seen_parts(reader, openness)
    facts = [(term, words(profile)) for part, term, words in FACTS if part in parts]
    texts = [(heading, getattr(profile, part)) for part, heading in TEXTS if part in parts]
    person = profile.user
    return ProfileView(
        is_there=bool(parts),
        headline=headline(profile) if "profession" in parts else "",
        name=person.signature_name if "name" in parts else "",
        email=person.email if "email" in parts else "",
        facts=[(term, words) for term, words in facts if words],
        texts=[(heading, text) for heading, text in texts if text],
        cv_name=profile.cv_name if "cv" in parts else "",
    )


def standing_of(profile: Profile) -> ProfileStanding:
    """What the person reads first: whether anybody finds the profile, and why not."""
    if profile.hidden_at:
        return ProfileStanding(
            "Kept back",
            "back",
            f"Our staff keep it from employers: {profile.hidden_reason} Write to us when it is mended.",
        )
    if not profile.active:
        return ProfileStanding("Resting", "pause", "You are not looking at present, so nobody finds it.")
    if profile.paused_at:
        return ProfileStanding(
            "Resting", "pause", "It rests, because nobody told us that you still look. Save the switches."
        )
    if not profile.searchable:
        return ProfileStanding("Hidden", "", "No employer finds it, until you switch that on.")
    shown = "with your name" if profile.name_shown else "without your name"
    who = "Verified employers and agencies find it" if profile.agencies else "Verified employers find it, no agencies"
    return ProfileStanding("Open to employers", "live", f"{who}, {shown}.")


def advice_for(profile: Profile, today: date) -> list[Advice]:
    """What employers look for first and do not find here, the weightiest first."""
    missing = (
        (not profile.specialties.all(), "Name your specialties: most searches begin with them.", "Specialties",
         "id_specialties_group"),
        (not profile.licenses, "Say in which states you are licensed. A license in hand spares an employer months.",
         "Licenses", "licenses"),
        (not profile.certifications, "Add your board certifications, or nobody can look for them.",
         "Board certifications", "id_certifications_group"),
        (not profile.places.all(), "Say where you would work: a town, or a whole state.", "Places", "places"),
        (not profile.available_on, "Say from when you could begin; employers plan a year ahead.", "First day",
         "id_available_on"),
        (bool(profile.available_on) and _is_long_past(profile.available_on, today),
         "The day from which you could begin is long over. Is it still so?", "First day", "id_available_on"),
        (not profile.procedures, "Mark the procedures that you do, if any.", "Procedures", "id_procedures_group"),
        (not profile.training, "Write where you trained. It is read after your yes.", "Training", "id_training"),
        (not profile.experience, "Write what you have done so far. It is read after your yes.", "Experience",
         "id_experience"),
    )  # fmt: skip
    edit = reverse("careers:profile-edit")
    advice = [
        Advice(sentence, label, f"{edit}#{anchor}") for is_missing, sentence, label, anchor in missing if is_missing
    ]
    if not profile.cv:
        advice.append(Advice("Keep a CV here, and you need not look for it when you apply.", "CV", "#cv"))
    return advice


def _is_long_past(on: date | None, today: date) -> bool:
    return on is not None and (today - on).days > 90  # noqa: PLR2004 - a season


def doubt_in_words(label: str, found: PrivateNumber) -> str:
    """“AB1234563” in Training looks like a DEA number."""
    return f"“{found.written}” in {label} looks like {found.kind.value}."
