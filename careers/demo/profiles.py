"""The demonstration's profiles: sixty invented people with sixty ways to work, and that of the demo's member."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from aapm_site.accounts.models import Place, Profession, Specialty, User
from aapm_site.accounts.queries.places import places_called

from ..choices import RemoteWish, SeekerStage, SpokenLanguage, VisaNeed
from ..domain.profiles import WantedPlace, save_profile
from ..models import Profile, ProfilePlace
from .fellowships import next_july

FILE = Path(__file__).parent / "profiles.toml"
SEED = 24
# Where they are at home, and what else is near enough.
HOMES = (
    ("Portland", "ME"), ("Boston", "MA"), ("Albany", "NY"), ("Pittsburgh", "PA"), ("Baltimore", "MD"),
    ("Raleigh", "NC"), ("Atlanta", "GA"), ("Tampa", "FL"), ("Nashville", "TN"), ("Cleveland", "OH"),
    ("Chicago", "IL"), ("Minneapolis", "MN"), ("Omaha", "NE"), ("Houston", "TX"), ("Albuquerque", "NM"),
    ("Denver", "CO"), ("Salt Lake City", "UT"), ("Phoenix", "AZ"), ("Sacramento", "CA"), ("Seattle", "WA"),
)  # fmt: skip
LANGUAGES = [one for one in SpokenLanguage if one != SpokenLanguage.ENGLISH]
HIDDEN_EACH = 6  # so many, one is not to be found
MEMBER = {
    "stage": SeekerStage.PRACTICE,
    "years": 9,
    "certifications": ["anesthesiology", "pain"],
    "licenses": ["IL", "WI"],
    "languages": ["en", "fr"],
    "procedures": ["epidural", "radiofrequency", "spinal-stimulation"],
    "training": "Residency in anesthesiology, fellowship in pain medicine.",
    "experience": "Nine years in a group of six: three days of procedures, one of clinic, one for the residents.",
    "settings_wanted": ["academic", "hospital"],
    "visa": VisaNeed.NONE,
}


@dataclass(frozen=True)
class _Given:
    """What is looked up once for all of them."""

    professions: Mapping[str, Profession]
    specialties: Mapping[str, Specialty]
    places: Mapping[tuple[str, str], Place]


def load_profiles(member: str) -> int:
    """Once: who has been deleted since stays away. How many are new."""
    if Profile.objects.exists():
        return 0
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    professions = {one.slug: one for one in Profession.objects.all()}
    specialties = {one.slug: one for one in Specialty.objects.all()}
    given = _Given(professions, specialties, places_called(HOMES))
    people = _people(data["name"], data["sort"])
    made = [_profile(person, number, data["sort"], given) for number, person in enumerate(people)]
    Profile.objects.bulk_create(made)
    ProfilePlace.objects.bulk_create(row for number, one in enumerate(made) for row in _places(one, number, given))
    through = Profile.specialties.through
    through.objects.bulk_create(
        through(profile=one, specialty=specialties[slug])
        for number, one in enumerate(made)
        for slug in _sort(number, data["sort"])["specialties"]
        if slug in specialties
    )
    return len(made) + _of_member(member, given)


def _sort(number: int, sorts: list[dict[str, Any]]) -> dict[str, Any]:
    return sorts[number % len(sorts)]


def _people(names: list[str], sorts: list[dict[str, Any]]) -> list[User]:
    """People who cannot sign in, with an address that is theirs."""
    password = make_password(None)
    rows = []
    for number, name in enumerate(names):
        first, _, last = name.partition(" ")
        email, degrees = _address(name), _sort(number, sorts)["degrees"]
        rows.append(User(email=email, first_name=first, last_name=last, degrees=degrees, password=password))
    known = set(User.objects.filter(email__in=[row.email for row in rows]).values_list("email", flat=True))
    people = User.objects.bulk_create(row for row in rows if row.email not in known)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    return people


def _address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@demo.example"


def _home(number: int) -> tuple[str, str]:
    return HOMES[number * 7 % len(HOMES)]


def _profile(person: User, number: int, sorts: list[dict[str, Any]], given: _Given) -> Profile:
    dice, sort, today = Random(SEED + number), _sort(number, sorts), timezone.localdate()  # noqa: S311 - no secret
    city, state = _home(number)
    years = _years(sort["stage"], dice)
    words = {"home": city, "years": years}
    wanted_at = timezone.now() - timedelta(days=dice.randrange(1, 120))
    return Profile(
        user=person,
        profession=given.professions[sort["profession"]],
        stage=sort["stage"],
        years=years,
        certifications=sort["certifications"],
        licenses=sorted({state, *dice.sample([code for _, code in HOMES], dice.randrange(2))}),
        languages=["en", *sorted(dice.sample(LANGUAGES, dice.randrange(2)))],
        procedures=sort["procedures"],
        training=sort["training"].format(**words),
        experience=sort["experience"].format(**words),
        about=sort["about"],
        available_on=_first_day(sort["stage"], dice, today),
        settings_wanted=sort["settings"],
        remote=dice.choice(RemoteWish.values),
        visa=dice.choice([VisaNeed.NONE, VisaNeed.NONE, VisaNeed.UNSTATED, VisaNeed.J1_WAIVER, VisaNeed.H1B]),
        searchable=number % HIDDEN_EACH != HIDDEN_EACH - 1,
        agencies=number % 3 == 0,
        name_shown=dice.random() < 0.25,  # noqa: PLR2004 - one in four
        created_at=wanted_at,
        updated_at=wanted_at,
        confirmed_at=wanted_at,
    )


def _years(stage: str, dice: Random) -> int:
    if stage == SeekerStage.FELLOW:
        return 0
    return dice.randint(1, 5) if stage == SeekerStage.EARLY else dice.randint(6, 28)


def _first_day(stage: str, dice: Random, today: date) -> date:
    """Fellows are free when their year ends; others within a year."""
    return next_july(today) if stage == SeekerStage.FELLOW else today + timedelta(days=dice.randrange(30, 330))


def _places(profile: Profile, number: int, given: _Given) -> Iterator[ProfilePlace]:
    """Home, a second town for some, and a whole state for others."""
    homes = dict.fromkeys((_home(number), _home(number + 3)) if number % 3 else (_home(number),))
    towns = [given.places[home] for home in homes if home in given.places]
    rows = [ProfilePlace(profile=profile, place=town) for town in towns]
    if number % 4 == 0:
        rows.append(ProfilePlace(profile=profile, state_code=_home(number + 5)[1]))
    for order, row in enumerate(rows, start=1):
        row.order = order
        yield row


def _of_member(email: str, given: _Given) -> int:
    """That of the demo's member, whom nobody finds yet: the switch is theirs to press."""
    person = User.objects.filter(email=email).first()
    if person is None:
        return 0
    fields = {**MEMBER, "profession": given.professions["physician"], "available_on": next_july(timezone.localdate())}
    towns = [WantedPlace(place=given.places[home]) for home in (("Chicago", "IL"),) if home in given.places]
    save_profile(person, fields, [given.specialties["anesthesiology"]], [*towns, WantedPlace(state_code="WI")])
    return 1
