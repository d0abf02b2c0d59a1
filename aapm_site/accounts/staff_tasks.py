"""What waits on the staff's front page: for a second person, and for another address; and the task of inviting."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from aapm_site.core.admin.home import StaffQueue, StaffTask
from aapm_site.mail.domain.undeliverable import with_undeliverable

from .domain.staff import ASSIGN_ROLES
from .models import AccountRecovery, AddressChange, RecoveryOutcome, User


def recoveries_to_approve(user: Any) -> QuerySet[AccountRecovery]:
    """Those that somebody else has opened: nobody approves their own."""
    return AccountRecovery.objects.filter(outcome=RecoveryOutcome.OPEN, approved_at=None).exclude(opened_by=user)


def addresses_to_agree_to(user: Any) -> QuerySet[AddressChange]:
    """New addresses of people who hold rights, asked for by somebody else."""
    return AddressChange.objects.filter(is_agreed=None).exclude(asked_by=user)


def people_without_mail(user: Any) -> QuerySet[User]:
    """Those to whose address mail comes back, or was said to: nothing of our lists reaches them before staff ask for
    another address, or lift the mark.
    """
    return with_undeliverable(User.objects.filter(is_active=True), "email")


RECOVERIES = StaffQueue(
    "recoveries",
    "Account recoveries that need a second person",
    "Look at them",
    "accounts.approve_accountrecovery",
    recoveries_to_approve,
    "opened_at",
    lambda: f"{reverse('admin:accounts_accountrecovery_changelist')}?waits=second",
    order=40,
)
NEW_ADDRESSES = StaffQueue(
    "new-addresses",
    "New addresses that need a second person",
    "Look at them",
    "accounts.agree_addresschange",
    addresses_to_agree_to,
    "asked_at",
    lambda: f"{reverse('admin:accounts_addresschange_changelist')}?waits=second",
    order=41,
)
WITHOUT_MAIL = StaffQueue(
    "people-without-mail",
    "People whom our mail does not reach",
    "Correct their addresses",
    "accounts.change_user",
    people_without_mail,
    "marked_since",
    lambda: f"{reverse('admin:accounts_user_changelist')}?mail=back",
    order=61,
)
INVITE = StaffTask(
    "invite-staff",
    "Invite somebody to the staff",
    lambda: reverse("admin:accounts_user_invite"),
    ASSIGN_ROLES,
    "By mail, with the roles that they need.",
    order=120,
)
