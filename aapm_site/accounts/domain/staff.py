"""Who works here: people are invited to the staff by mail, with roles."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from aapm_site.core.roles import ROLES
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email

from ..models import User
from ..people import Actor

ASSIGN_ROLES = "accounts.assign_roles"
NOT_YOURS = "Only administrators invite staff."
ALREADY = "{person} is on the staff already. Roles are changed on their own page."
CLOSED = "The account of {person} is closed. Open it again on its page first."


def invite_to_staff(email: str, *, by: Actor, roles: Sequence[str], first_name: str = "", last_name: str = "") -> User:
    """Make somebody staff with these roles, and write to them; an account that exists keeps its name.

    The letter holds nothing that signs in. Whoever reads it signs in by a code that is mailed to the same address, and
    sets up a second step before the staff's pages open. NotAllowed for whoever may not give roles, for roles that are
    none, and for who is on the staff already.
    """
    _check_rights(by, roles)
    with transaction.atomic():
        person = User.objects.select_for_update().filter(email=email).first()
        if person is None:
            person = _new_person(email, first_name, last_name)
        elif person.is_staff:
            raise NotAllowed(ALREADY.format(person=person.email))
        elif not person.is_active:
            raise NotAllowed(CLOSED.format(person=person.email))
        elif not EmailAddress.objects.filter(user=person, verified=True).exists():
            # Anybody may have begun this account in the name of the invited; what they chose opens nothing.
            person.set_unusable_password()
        person.is_staff = True
        person.save(update_fields=["is_staff", "password"])
        person.groups.add(*Group.objects.filter(name__in=roles))
        write_invitation(person, by=by)
        return person


def _check_rights(by: Actor, roles: Sequence[str]) -> None:
    if by is None or not by.has_perm(ASSIGN_ROLES):
        raise NotAllowed(NOT_YOURS)
    if not roles or not set(roles) <= set(ROLES):
        raise NotAllowed("Choose at least one role.")


def _new_person(email: str, first_name: str, last_name: str) -> User:
    """Without a password; the address is theirs once they have signed in by its code."""
    person = User.objects.create_user(email, None, first_name=first_name, last_name=last_name)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def write_invitation(person: User, *, by: Actor) -> None:
    """The letter, also once more for who has not come yet. NotAllowed for who is not on the staff (any more)."""
    if not person.is_staff or not person.is_active:
        raise NotAllowed(f"{person.email} is not on the staff.")
    roles = sorted(person.groups.values_list("name", flat=True), key=_rank)
    inviter = by.display_name if isinstance(by, User) else ""
    queue_email(
        person.email,
        "accounts/staff_invitation",
        {"inviter": inviter, "roles": roles, "is_known": person.last_login is not None},
        user=person,
        kind="account",
    )


def _rank(role: str) -> tuple[int, str]:
    return (ROLES.index(role) if role in ROLES else len(ROLES), role)
