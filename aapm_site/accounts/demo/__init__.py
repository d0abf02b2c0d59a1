"""Demo people, who sign in with the printed password, and the gazetteer, unless it is there."""

from collections.abc import Callable

from allauth.account.models import EmailAddress

from aapm_site.core.demo import PASSWORD, SIGN_INS

from ..domain.gazetteer import load_gazetteer
from ..models import Profession, Specialty, User

# kind of sign-in: first name, last name, degrees, profession, specialty
PEOPLE = {
    "member": ("Amara", "Okafor", "MD", "physician", "anesthesiology"),
    "lapsed member": ("Daniel", "Reyes", "DO", "physician", "physical-medicine-and-rehabilitation"),
    "employer": ("Grace", "Lindqvist", "", "administrator", None),
    "staff": ("Helen", "Marsh", "", None, None),
}


def load(say: Callable[[str], None]) -> None:
    """Add the people and places that are missing; those that are there are left as they are."""
    load_gazetteer()
    for sign_in in SIGN_INS:
        _person(sign_in.kind, sign_in.email)
    say(f"People: {len(SIGN_INS)} sign-ins.")


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
