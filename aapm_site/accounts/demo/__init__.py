"""Demo people, who sign in with the printed password, and the gazetteer."""

import csv
from collections.abc import Callable
from pathlib import Path

from allauth.account.models import EmailAddress
from django.utils.text import slugify

from aapm_site.core.demo import PASSWORD, SIGN_INS

from ..models import Place, Profession, Specialty, User

PLACES = Path(__file__).parent / "places.csv"

# kind of sign-in: first name, last name, degrees, profession, specialty
PEOPLE = {
    "member": ("Amara", "Okafor", "MD", "physician", "anesthesiology"),
    "lapsed member": ("Daniel", "Reyes", "DO", "physician", "physical-medicine-and-rehabilitation"),
    "employer": ("Grace", "Lindqvist", "", "administrator", None),
    "staff": ("Helen", "Marsh", "", None, None),
}


def load(say: Callable[[str], None]) -> None:
    """Add the people and places that are missing; those that are there are left as they are."""
    for sign_in in SIGN_INS:
        _person(sign_in.kind, sign_in.email)
    added = load_places()
    say(f"People and places: {len(SIGN_INS)} sign-ins, {added} places added.")


def _person(kind: str, email: str) -> None:
    first, last, degrees, profession, specialty = PEOPLE[kind]
    person = User.objects.filter(email=email).first() or User.objects.create_user(
        email,
        PASSWORD,
        first_name=first,
        last_name=last,
        degrees=degrees,
        profession=Profession.objects.filter(slug=profession).first(),
        specialty=Specialty.objects.filter(slug=specialty).first(),
        is_staff=kind == "staff",
        is_superuser=kind == "staff",
    )
    EmailAddress.objects.get_or_create(user=person, email=email, defaults={"verified": True, "primary": True})


def load_places() -> int:
    """Add the towns of the gazetteer that are missing; how many were added."""
    before = Place.objects.count()
    with PLACES.open(encoding="utf-8") as lines:
        Place.objects.bulk_create(
            (
                Place(
                    name=row["city"],
                    state_code=row["state_code"],
                    state=row["state"],
                    country=row["country"],
                    latitude=row["latitude"],
                    longitude=row["longitude"],
                    slug=slugify(f"{row['city']} {row['state_code'] or row['country']}"),
                )
                for row in csv.DictReader(lines)
            ),
            ignore_conflicts=True,
        )
    return Place.objects.count() - before
