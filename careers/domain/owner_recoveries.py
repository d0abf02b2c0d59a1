"""Naming a new owner of an organization whose only owner is gone: slowly, and told to the whole team."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain.recoveries import end_recovery
from aapm_site.accounts.models import RecoveryOutcome, User
from aapm_site.accounts.rules import normal_email
from aapm_site.core.background.due import DueRow
from aapm_site.core.transitions import NotAllowed

from ..choices import MemberRole
from ..models import Employer, EmployerMember, OwnerRecovery
from ..rules import is_anybodys_domain
from . import notifications
from .employers import refuse_new_at_closed, refuse_staff

SALT = "careers.owner_recovery"
ENDED = "This has ended already."
OBJECTED = "Somebody of the team objected, by the link in the letter."


# Asked for -------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_owner_recovery(employer: Employer, *, to: str, reason: str, evidence: str, by: User) -> OwnerRecovery:
    """Begin it: everybody on the team gets a link to object.

    The new owner is on the team, or has a confirmed address at the organization's own domain. NotAllowed otherwise, for
    staff, for an organization that is closed, and while another waits.
    """
    locked = Employer.objects.select_for_update().get(pk=employer.pk)
    refuse_new_at_closed(locked)
    if locked.owner_recoveries.filter(outcome=RecoveryOutcome.OPEN).exists():
        raise NotAllowed("A new owner is named already. Stop that first.")
    now = timezone.now()
    recovery = OwnerRecovery.objects.create(
        employer=locked,
        new_owner=_new_owner(locked, normal_email(to)),
        reason=reason,
        evidence=evidence,
        opened_by=by,
        opened_at=now,
        due_at=now + timedelta(hours=settings.RECOVERY_HOURS),
    )
    _tell(recovery, "owner_asked")
    return recovery


def _new_owner(employer: Employer, address: str) -> User:
    """The person with this address, if they may own it."""
    confirmed = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
    if confirmed is None or not confirmed.user.is_active:
        raise NotAllowed("Nobody has confirmed this address. Ask them to sign in here with it first.")
    person = confirmed.user
    refuse_staff(person)
    place = EmployerMember.objects.filter(employer=employer, user=person).first()
    if place is not None and place.role == MemberRole.OWNER:
        raise NotAllowed("This person owns it already.")
    if place is None and _domain(address) not in own_domains(employer):
        raise NotAllowed(
            "This person is not on the team, and the address is at no domain of the organization. Ask for one that is."
        )
    return person


def own_domains(employer: Employer) -> set[str]:
    """Those of the owners' addresses and of the website, but for domains where anybody gets an address."""
    owners = EmployerMember.objects.filter(employer=employer, role=MemberRole.OWNER)
    found = {_domain(email) for email in owners.values_list("user__email", flat=True)}
    website = (urlsplit(employer.website).hostname or "").removeprefix("www.")
    return {
        domain
        for domain in {*found, *([website] if employer.verified else ())}
        if domain and not is_anybodys_domain(domain)
    }


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


# Stopped, or carried out -----------------------------------------------------------------------------------------
@transaction.atomic
def stop_owner_recovery(recovery: OwnerRecovery, *, why: str, by: User | None) -> OwnerRecovery:
    """By the link in a letter to the team, or by staff with a reason. NotAllowed when it has ended."""
    locked = _locked(recovery.pk)
    if not locked.is_open:
        raise NotAllowed(ENDED)
    end_recovery(locked, RecoveryOutcome.STOPPED, why, by=by)
    _tell(locked, "owner_stopped")
    return locked


def due_owner_recoveries(at: datetime) -> Iterator[DueRow]:
    """Those whose day has come."""
    waiting = OwnerRecovery.objects.filter(outcome=RecoveryOutcome.OPEN, due_at__lte=at)
    for recovery in waiting.select_related("employer", "new_owner").order_by("due_at")[:100]:
        yield DueRow(
            key=str(recovery.pk),
            title=f"{recovery.new_owner.email} becomes an owner of {recovery.employer}",
            at=recovery.due_at,
            url=reverse("admin:careers_ownerrecovery_change", args=[recovery.pk]),
        )


@transaction.atomic
def carry_out_owner_recovery(key: str) -> None:
    """Make the person an owner; nothing when it was stopped. Who owned it before stays, and can be removed by them."""
    recovery = _locked(int(key))
    if not recovery.is_open or recovery.due_at > timezone.now():
        return
    try:
        if not recovery.new_owner.is_active:
            raise NotAllowed("The account of the new owner is closed.")
        if recovery.employer.closed_at:
            raise NotAllowed("The organization was closed meanwhile.")
        refuse_staff(recovery.new_owner)
    except NotAllowed as changed:
        end_recovery(recovery, RecoveryOutcome.STOPPED, str(changed), by=None)
        _tell(recovery, "owner_stopped")
        return
    EmployerMember.objects.update_or_create(
        employer=recovery.employer, user=recovery.new_owner, defaults={"role": MemberRole.OWNER}
    )
    end_recovery(recovery, RecoveryOutcome.DONE, "", by=None)
    _tell(recovery, "owner_named")


def _locked(pk: int) -> OwnerRecovery:
    """The employer's row is locked first, as everything does that changes a team."""
    employer_id = OwnerRecovery.objects.values_list("employer_id", flat=True).get(pk=pk)
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    recovery = OwnerRecovery.objects.select_for_update(of=("self",)).select_related("new_owner").get(pk=pk)
    recovery.employer = employer
    return recovery


# Told ------------------------------------------------------------------------------------------------------------
def owner_recovery_of(signed: str) -> OwnerRecovery | None:
    """That of a mailed link; None for a forged one."""
    try:
        pk = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return OwnerRecovery.objects.filter(pk=pk).select_related("employer", "new_owner").first()


def objection_token(recovery: OwnerRecovery) -> str:
    return signing.dumps(recovery.pk, salt=SALT)


def _tell(recovery: OwnerRecovery, event: str) -> None:
    """Everybody on the team, the former owner among them, and whoever is to own it."""
    team = User.objects.filter(employer_memberships__employer=recovery.employer)
    people = {person.pk: person for person in [*team, recovery.new_owner]}
    notifications.tell_of_new_owner(recovery, event, list(people.values()), token=objection_token(recovery))
