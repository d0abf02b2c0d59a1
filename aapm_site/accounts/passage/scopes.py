"""What a service may ask for that accounts itself can tell; rooms register theirs."""

from typing import Any

from allauth.account.models import EmailAddress

from ..models import User
from ..registry import PassageScope

OPENID = "openid"


def _nothing(person: User) -> dict[str, Any]:
    """The subject alone, which every answer has."""
    return {}


def _profile(person: User) -> dict[str, Any]:
    names = {"name": person.full_name, "given_name": person.first_name, "family_name": person.last_name}
    return {claim: value for claim, value in names.items() if value}


def _email(person: User) -> dict[str, Any]:
    """The one address that signs in here; whoever signed in with it has shown that it is theirs."""
    if not person.email:
        return {}
    return {"email": person.email, "email_verified": _is_proved(person)}


def _is_proved(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


SCOPES = (
    PassageScope(
        OPENID, "That it is you who comes back: a sign for you that no other service gets", ("sub",), _nothing, order=0
    ),
    PassageScope("profile", "Your name", ("name", "given_name", "family_name"), _profile, order=10),
    PassageScope("email", "Your e-mail address", ("email", "email_verified"), _email, order=20),
)
