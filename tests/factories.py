"""People for tests, as plain functions. Rooms keep their own makers beside their tests."""

import itertools
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.utils import timezone

from aapm_site.accounts.models import User

PASSWORD = "a-long-enough-phrase"  # noqa: S105
_number = itertools.count(1)


def user(email: str | None = None, *, verified: bool = True, **fields: Any) -> User:
    """A person who may sign in with PASSWORD; unverified people cannot."""
    email = email or f"person{next(_number)}@example.org"
    fields = {"first_name": "Amara", "last_name": "Okafor", **fields}
    made = User.objects.create_user(email, fields.pop("password", PASSWORD), **fields)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=verified)
    return made


def staff_user(*roles: str, **fields: Any) -> User:
    """A member of staff in the named roles (core.roles), or a superuser when none is named."""
    made = user(is_staff=True, is_superuser=not roles, **fields)
    for role in roles:
        made.groups.add(Group.objects.get(name=role))
    return made


def second_factor(person: User) -> str:
    """Give a person an authenticator app and recovery codes; returns the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def client_of(person: User) -> Client:
    """A browser in which the person has signed in with the password."""
    client = Client()
    client.force_login(person, backend="aapm_site.accounts.backends.AccountBackend")
    return client


def pass_second_factor(client: Client) -> None:
    """What a sign-in with an authenticator app leaves in the session."""
    session = client.session
    now = timezone.now().timestamp()
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "password", "at": now, "email": None},
        {"method": "mfa", "at": now, "type": Authenticator.Type.TOTP, "id": None, "reauthenticated": False},
    ]
    session.save()


def staff_client(*roles: str, person: User | None = None) -> Client:
    """A browser in which staff of these roles (a superuser without any) have passed their second factor."""
    person = person or staff_user(*roles)
    if not Authenticator.objects.filter(user=person).exists():
        second_factor(person)
    client = client_of(person)
    pass_second_factor(client)
    client.user = person
    return client


def hear_worker(ago: timedelta = timedelta(0)) -> None:
    """A background worker gave a sign, so that nobody is told that nothing works in the background."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now() - ago])
