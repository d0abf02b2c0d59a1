"""Sample entries of the directories: sixty of the sample members, spread over the country, each showing something else.

Telephone numbers are those kept for fiction, web pages stand under example.org; nobody of it is real.
"""

import random
from collections import defaultdict
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify

from aapm_site.accounts.languages import SpokenLanguage
from aapm_site.accounts.models import Place

from ..directory_parts import DirectoryPart
from ..models import DirectoryEntry, Membership
from .people import DOMAIN, SEED

MOST = 60
SMALLEST = 8_000
CLINICIANS = ("physician", "advanced-practice", "psychologist", "physical-therapist", "occupational-therapist", "nurse")
PRACTICES = (
    "{} Pain Center", "{} Spine and Pain Clinic", "Center for Pain Care at {}", "{} Headache and Nerve Clinic",
    "{} Rehabilitation Associates", "Pain Service, {} Hospital",
)  # fmt: skip
LANGUAGES = (
    *(SpokenLanguage.SPANISH, SpokenLanguage.SPANISH, SpokenLanguage.MANDARIN, SpokenLanguage.VIETNAMESE),
    *(SpokenLanguage.ARABIC, SpokenLanguage.RUSSIAN, SpokenLanguage.SIGN, SpokenLanguage.KOREAN),
    *(SpokenLanguage.HAITIAN, SpokenLanguage.PORTUGUESE),
)
SOMETIMES = (
    (DirectoryPart.PRACTICE, 0.9),
    (DirectoryPart.PLACE, 0.95),
    (DirectoryPart.LANGUAGES, 0.9),
    (DirectoryPart.NEW_PATIENTS, 0.9),
    (DirectoryPart.REFERRALS, 0.8),
    (DirectoryPart.TELEPHONE, 0.7),
    (DirectoryPart.WEBSITE, 0.6),
    (DirectoryPart.CONTACT, 0.8),
)


def load_directory() -> int:
    """The entries, unless there are some already; how many were added. A handful of statements."""
    if DirectoryEntry.objects.exists():
        return 0
    dice = random.Random(SEED)  # noqa: S311 - sample people, not secrets
    towns = _towns()
    chosen = list(_spread(dice, towns))
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=one.user, email=one.user.email, verified=True, primary=True) for one in chosen],
        ignore_conflicts=True,
    )
    DirectoryEntry.objects.bulk_create(
        _entry(dice, one, towns[one.state_code], number) for number, one in enumerate(chosen)
    )
    return len(chosen)


def _towns() -> dict[str, list[Place]]:
    """The larger towns of each state, the largest first."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in Place.objects.filter(country="US", population__gte=SMALLEST).order_by("-population", "pk"):
        found[place.state_code].append(place)
    return found


def _spread(dice: random.Random, towns: dict[str, list[Place]]) -> Iterator[Membership]:
    """Clinicians who are members today: one of each state, then another of each, until there are enough."""
    members = Membership.objects.current(timezone.localdate()).filter(
        user__email__endswith=f"@{DOMAIN}", user__profession__slug__in=CLINICIANS
    )
    by_state: dict[str, list[Membership]] = defaultdict(list)
    for one in members.exclude(career_stage__slug="student").select_related("user").order_by("user__email"):
        if one.state_code in towns:
            by_state[one.state_code].append(one)
    states, left = sorted(by_state), MOST
    while left and any(by_state.values()):
        for state in states:
            if by_state[state] and left:
                left -= 1
                yield by_state[state].pop(dice.randrange(len(by_state[state])))


def _entry(dice: random.Random, member: Membership, towns: list[Place], number: int) -> DirectoryEntry:
    place = dice.choice(towns[:4])
    practice = dice.choice(PRACTICES).format(place.name)
    spoken = {SpokenLanguage.ENGLISH, *dice.sample(LANGUAGES, dice.choice((0, 1, 1, 2)))}
    public = [DirectoryPart.WORK, *(part for part, often in SOMETIMES if dice.random() < often)]
    return DirectoryEntry(
        membership=member,
        practice=practice,
        place=place,
        latitude=place.latitude,
        longitude=place.longitude,
        languages=[one for one in SpokenLanguage.values if one in spoken],
        takes_new_patients=dice.random() < 0.75,
        takes_referrals=dice.random() < 0.85,
        telephone=f"{200 + number * 11 % 700}-555-01{number:02}",
        website=f"https://{slugify(practice)}.example.org/",
        for_members=True,
        for_public=number % 6 != 5,
        members_parts=[*DirectoryPart],
        public_parts=public,
    )
