"""What waits for a second person on the staff's front page, and the task of inviting somebody."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from aapm_site.core.admin.home import StaffQueue, StaffTask

from .domain.staff import ASSIGN_ROLES
from .models import AccountRecovery, AddressChange, RecoveryOutcome


def recoveries_to_approve(user: Any) -> QuerySet[AccountRecovery]:
    """Those that somebody else has opened: nobody approves their own."""
    return AccountRecovery.objects.filter(outcome=RecoveryOutcome.OPEN, approved_at=None).exclude(opened_by=user)


def addresses_to_agree_to(user: Any) -> QuerySet[AddressChange]:
    """New addresses of people who hold rights, asked for by somebody else."""
    return AddressChange.objects.filter(is_agreed=None).exclude(asked_by=user)


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
INVITE = StaffTask(
    "invite-staff",
    "Invite somebody to the staff",
    lambda: reverse("admin:accounts_user_invite"),
    ASSIGN_ROLES,
    "By mail, with the roles that they need.",
    order=120,
)
