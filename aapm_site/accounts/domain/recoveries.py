"""Recovering an account whose owner lost mailbox and factor: slowly, by two of the staff, and told to the owner."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email

from ..models import AccountRecovery, RecoveryOutcome, SlowRecovery, User
from ..rules import normal_email
from .addresses import TAKEN, move_sign_in, needs_second_person
from .staff import ASSIGN_ROLES

DUE_WORK = "account-recoveries"
STOP, CONFIRM = "accounts.recovery.stop", "accounts.recovery.confirm"
ENDED = "This recovery has ended already."
BY_THE_PERSON = "Stopped by the link in the letter to an address of the account."


# Asked for, and approved -----------------------------------------------------------------------------------------
@transaction.atomic
def open_recovery(person: User, *, to: str, reason: str, evidence: str, by: User) -> AccountRecovery:
    """Begin it: the known addresses get a link that stops it, the new one a link that confirms it.

    NotAllowed for one's own account, for a closed one, for an address that has an account, and while another waits.
    """
    if person.pk == by.pk:
        raise NotAllowed("Nobody recovers their own account. Ask a colleague.")
    locked = User.objects.select_for_update().get(pk=person.pk)
    address = normal_email(to)
    _check_account(locked, address)
    now = timezone.now()
    recovery = AccountRecovery.objects.create(
        person=locked,
        from_email=locked.email,
        to_email=address,
        reason=reason,
        evidence=evidence,
        opened_by=by,
        opened_at=now,
        due_at=now + timedelta(hours=settings.RECOVERY_HOURS),
    )
    _tell_known(recovery, "recovery_asked")
    _write(address, "recovery_confirm", recovery, secret=True, token=signing.dumps(recovery.pk, salt=CONFIRM))
    return recovery


def _check_account(person: User, address: str) -> None:
    if not person.is_active:
        raise NotAllowed("This account is closed.")
    if not person.email:
        raise NotAllowed("This person has never had an address here. Enter the new one on their page.")
    if User.objects.filter(email=address).exists() or EmailAddress.objects.filter(email=address).exists():
        raise NotAllowed(TAKEN)
    if person.recoveries.filter(outcome=RecoveryOutcome.OPEN).exists():
        raise NotAllowed("Another recovery of this account waits. Stop that first.")


def refusal_to_approve(recovery: AccountRecovery, by: User) -> str:
    """Why this member of staff cannot approve it; empty when they can."""
    if not recovery.is_open:
        return ENDED
    if recovery.approved_at:
        return "It is approved already."
    if by.pk in {recovery.opened_by_id, recovery.person_id}:
        return "Somebody else has to approve: not who asked for it, and nobody for their own account."
    if recovery.person.is_superuser and not by.acts_as_superuser:
        return "A superuser has to approve this one."
    if needs_second_person(recovery.person) and not by.has_perm(ASSIGN_ROLES):
        return "This person looks after the site, so an administrator has to approve."
    return ""


@transaction.atomic
def approve_recovery(recovery: AccountRecovery, *, by: User) -> AccountRecovery:
    """A second member of staff has looked at what was seen. NotAllowed as refusal_to_approve says."""
    locked = _locked(recovery.pk)
    if refusal := refusal_to_approve(locked, by):
        raise NotAllowed(refusal)
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save(update_fields=["approved_by", "approved_at"])
    return locked


@transaction.atomic
def confirm_recovery(recovery: AccountRecovery) -> AccountRecovery:
    """The reader of the new address has followed the link; repeating it changes nothing. NotAllowed once it ended."""
    locked = _locked(recovery.pk)
    if not locked.is_open:
        raise NotAllowed(ENDED)
    if locked.confirmed_at is None:
        locked.confirmed_at = timezone.now()
        locked.save(update_fields=["confirmed_at"])
    return locked


# Stopped, or carried out -----------------------------------------------------------------------------------------
@transaction.atomic
def stop_recovery(recovery: AccountRecovery, *, why: str, by: User | None) -> AccountRecovery:
    """By the link of a known address, or by staff with a reason. NotAllowed when it has ended."""
    locked = _locked(recovery.pk)
    if not locked.is_open:
        raise NotAllowed(ENDED)
    end_recovery(locked, RecoveryOutcome.STOPPED, why, by=by)
    _tell_known(locked, "recovery_stopped")
    return locked


def due_recoveries(at: datetime) -> Iterator[DueRow]:
    """Those that nothing keeps back any more but their day."""
    waiting = AccountRecovery.objects.filter(
        outcome=RecoveryOutcome.OPEN, due_at__lte=at, approved_at__isnull=False, confirmed_at__isnull=False
    )
    for recovery in waiting.order_by("due_at")[:100]:
        yield DueRow(
            key=str(recovery.pk),
            title=f"The account of {recovery.from_email} goes to {recovery.to_email}",
            at=recovery.due_at,
            url=reverse("admin:accounts_accountrecovery_change", args=[recovery.pk]),
        )


@transaction.atomic
def carry_out_recovery(key: str) -> None:
    """Give the account its new address, without factor, password and sessions; nothing while something is missing.

    What has changed meanwhile stops it: another address of the person's own, or an account with the new one.
    """
    recovery = _locked(int(key))
    if not (recovery.is_open and recovery.approved_at and recovery.confirmed_at and recovery.due_at <= timezone.now()):
        return
    person = recovery.person
    try:
        if person.email != recovery.from_email or not person.is_active:
            raise NotAllowed("The account has changed since.")
        with transaction.atomic():
            move_sign_in(person, recovery.to_email, is_confirmed=True)
    except NotAllowed as changed:
        end_recovery(recovery, RecoveryOutcome.STOPPED, str(changed), by=None)
        _tell_known(recovery, "recovery_stopped")
        return
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_recovery(recovery, RecoveryOutcome.DONE, "", by=None)
    _write(recovery.from_email, "recovery_done", recovery)
    _write(recovery.to_email, "recovery_welcome", recovery)


def _locked(pk: int) -> AccountRecovery:
    """The person's row is locked first, as everything does that moves a sign-in; then what is read is true."""
    person_id = AccountRecovery.objects.values_list("person_id", flat=True).get(pk=pk)
    person = User.objects.select_for_update().get(pk=person_id)
    recovery = AccountRecovery.objects.select_for_update().get(pk=pk)
    recovery.person = person
    return recovery


def end_recovery(recovery: SlowRecovery, outcome: RecoveryOutcome, why: str, *, by: User | None) -> None:
    """Write down how a locked one ended; of accounts here, of teams in careers."""
    recovery.outcome, recovery.ended_at, recovery.ended_by, recovery.why_ended = outcome, timezone.now(), by, why
    recovery.save(update_fields=["outcome", "ended_at", "ended_by", "why_ended"])


# Told ------------------------------------------------------------------------------------------------------------
def recovery_of(signed: str, salt: str) -> AccountRecovery | None:
    """The recovery of a mailed link; None for a forged one. What is over is the caller's to say."""
    try:
        pk = signing.loads(signed, salt=salt)
    except signing.BadSignature:
        return None
    return AccountRecovery.objects.filter(pk=pk).select_related("person").first()


def stop_token(recovery: AccountRecovery) -> str:
    return signing.dumps(recovery.pk, salt=STOP)


def _tell_known(recovery: AccountRecovery, event: str) -> None:
    """The old address, and all others that the person has confirmed."""
    confirmed = EmailAddress.objects.filter(user=recovery.person, verified=True).values_list("email", flat=True)
    for address in sorted({recovery.from_email, *confirmed}):
        _write(address, event, recovery, token=stop_token(recovery))


def _write(address: str, event: str, recovery: AccountRecovery, *, secret: bool = False, **more: Any) -> None:
    facts = {
        "from_email": recovery.from_email,
        "to_email": recovery.to_email,
        "timestamp": recovery.opened_at,
        "due_at": recovery.due_at,
        **more,
    }
    person = None if event in {"recovery_confirm", "recovery_welcome"} else recovery.person
    queue_email(address, f"accounts/{event}", facts, user=person, kind="account", secret=secret)
