"""A person's data: all of it in one file, and its erasure. Every app answers for its own tables."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from aapm_site.core.association import association_name
from aapm_site.core.ids import public_id
from aapm_site.core.privacy import PersonalData, personal_data
from aapm_site.core.transitions import NotAllowed

from ..models import AccountRecovery, AddressChange, User
from .sessions import end_sessions


def export_person(user: User) -> dict[str, Any]:
    """Everything that the site knows of a person, by app."""
    return {
        "of": user.email or user.display_name,
        "from": association_name(),
        "at": timezone.now(),
        **{source.name: source.export(user) for source in personal_data},
    }


def erase_person(user: User) -> None:
    """Erase a person in one transaction: what each app answers for, then the account itself.

    Raises NotAllowed for staff, whose decisions others must be able to ask about; another administrator takes back
    their rights first. Where the books must keep a row that points at the person (an invoice), the account stays as
    an empty shell without name, address or sign-in.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.is_staff or locked.is_superuser:
            raise NotAllowed(
                "This account belongs to staff. Please ask an administrator to end your staff rights first; "
                "then you can delete it here."
            )
        for source in personal_data:
            source.erase(locked)


def what_is_lost(user: User) -> list[str]:
    """What of worth goes with the account, a sentence each."""
    return [words for source in personal_data for words in source.lost(user)]


def _export_account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "degrees": user.degrees,
        "orcid": user.orcid,
        "profession": str(user.profession or ""),
        "specialty": str(user.specialty or ""),
        "joined_at": user.date_joined,
        "last_sign_in_at": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified")),
        "second_factors": list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")),
        "new_addresses_by_staff": list(
            AddressChange.objects.filter(person=user).values(
                "from_email", "to_email", "asked_at", "is_agreed", "decided_at"
            )
        ),
        "recoveries": list(
            AccountRecovery.objects.filter(person=user).values(
                "from_email", "to_email", "reason", "evidence", "opened_at", "outcome", "ended_at"
            )
        ),
        "services_let_in": list(
            user.service_consents.values("service__name", "scopes", "given_at", "used_at", "withdrawn_at")
        ),
        "sessions": list(
            UserSession.objects.filter(user=user).values("ip", "user_agent", "created_at", "last_seen_at")
        ),
    }


def erase_account(user: User) -> None:
    end_sessions(user)
    LogEntry.objects.filter(content_type__app_label="accounts", object_id=str(user.pk)).update(object_repr="(erased)")
    try:
        with transaction.atomic():
            user.delete()
    except (ProtectedError, RestrictedError):
        _leave_a_shell(user)


def _leave_a_shell(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    AddressChange.objects.filter(person=user).delete()
    AccountRecovery.objects.filter(person=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.service_consents.all().delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"erased-{public_id()}@erased.invalid".lower()
    user.first_name = user.last_name = user.degrees = user.orcid = ""
    user.profession = user.specialty = user.last_login = None
    user.is_active = False
    user.set_unusable_password()
    user.save()


ACCOUNT = PersonalData(
    "account",
    (
        "accounts.User",
        "accounts.AccountRecovery",
        "accounts.AddressChange",
        "accounts.ServiceConsent",
        "allauth_idp_oidc.Token",
        "account.EmailAddress",
        "mfa.Authenticator",
        "usersessions.UserSession",
    ),
    _export_account,
    erase_account,
    order=1_000,
)
