"""Demo people, who sign in with the printed password, the gazetteer, unless it is there, and a service that lets in."""

from collections.abc import Callable

from allauth.account.models import EmailAddress

from aapm_site.core.demo import PASSWORD, SIGN_INS

from ..domain.gazetteer import load_gazetteer
from ..domain.services import let_in
from ..models import Profession, Service, Specialty, User

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
    _service()
    say(f"People: {len(SIGN_INS)} sign-ins.")


def _service() -> None:
    """A publisher that is none, and a member who has agreed."""
    service, _ = Service.objects.get_or_create(
        id="5a3d1e0000000000000000000000de30",
        defaults={
            "name": "Sample publisher",
            "purpose": "Where you read Pain Medicine and save your searches.",
            "type": Service.Type.PUBLIC,
            "redirect_uris": "https://publisher.example/academy/back",
            "scopes": "openid\nprofile\nmembership",
        },
    )
    member = next(sign_in for sign_in in SIGN_INS if sign_in.kind == "member")
    let_in(User.objects.get(email=member.email), service, service.get_scopes())


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
