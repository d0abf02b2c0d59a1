"""Which addresses are known to belong to somebody. Addresses are stored in small letters."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from ..models import User


def confirmed_by_a_code(address: str) -> QuerySet[EmailAddress]:
    """The address, if a person has confirmed it as theirs."""
    return EmailAddress.objects.filter(email=address.lower(), verified=True)


def entered_by_staff(address: str) -> QuerySet[User]:
    """The account for which staff have entered it, when they made the account or since.

    An account that nobody has ever signed in to and that has a password is a sign-up which was not finished: anybody
    may have begun it, with any name. Accounts that staff make have no password before the first sign-in.
    """
    by_staff = Q(last_login__isnull=False) | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(is_staff=True)
    return User.objects.filter(by_staff, email=address.lower())
