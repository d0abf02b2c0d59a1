"""Staff give an account another address: the old mailbox is told, and whoever holds rights needs a second person."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed, actor
from aapm_site.mail.domain.queue import queue_email

from ..models import AddressChange, User
from ..people import Actor
from .sessions import end_sessions

TAKEN = "Somebody has an account with this address already."


def needs_second_person(person: User) -> bool:
    """Whether more than the person's own things would be taken over with the mailbox: money, or what staff may do.

    Who was invited and never came holds nothing yet: a slip in their address is mended at once.
    """
    if person.last_login is None:
        return False
    return person.is_staff or person.is_superuser or person.groups.exists() or person.user_permissions.exists()


@transaction.atomic
def change_address(person: User, *, to: str, by: Actor) -> AddressChange:
    """Move the sign-in, or ask for it where somebody else has to agree. The old address is told either way.

    Raises NotAllowed when another change waits, or when the address has an account.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.address_changes.filter(is_agreed=None).exists():
        raise NotAllowed("Another new address of this person waits for a second member of staff. Decide that first.")
    change = AddressChange.objects.create(person=locked, from_email=locked.email, to_email=to, asked_by=actor(by))
    if needs_second_person(locked):
        _tell(change, "email_move_asked")
    else:
        _carry_out(change, by=None)
    return change


@transaction.atomic
def agree_to_address(change: AddressChange, *, by: User) -> AddressChange:
    """A second person agrees, and the sign-in moves. Raises NotAllowed for the one who asked."""
    locked = _waiting(change)
    if locked.asked_by_id == by.pk:
        raise NotAllowed("You have asked for it yourself. Somebody else has to agree.")
    _carry_out(locked, by=by)
    return locked


@transaction.atomic
def refuse_address(change: AddressChange, *, by: User) -> AddressChange:
    """The address stays. Who asked may take it back like this, too."""
    locked = _waiting(change)
    _decide(locked, is_agreed=False, by=by)
    return locked


def _waiting(change: AddressChange) -> AddressChange:
    locked = AddressChange.objects.select_for_update(of=("self",)).select_related("person").get(pk=change.pk)
    if locked.is_agreed is not None:
        raise NotAllowed("Somebody has decided about it already.")
    return locked


def _decide(change: AddressChange, *, is_agreed: bool, by: User | None) -> None:
    change.is_agreed, change.decided_by, change.decided_at = is_agreed, by, timezone.now()
    change.save(update_fields=["is_agreed", "decided_by", "decided_at"])


def _carry_out(change: AddressChange, *, by: User | None) -> None:
    person = change.person
    if person.email != change.from_email:
        raise NotAllowed("The address is another one by now. Please refuse this, and ask again.")
    move_sign_in(person, change.to_email, is_confirmed=False)
    _decide(change, is_agreed=True, by=by)
    _tell(change, "email_moved")


def move_sign_in(person: User, to: str, *, is_confirmed: bool) -> None:
    """Give the account its new address, in a transaction. NotAllowed when somebody has an account with it.

    Sessions end while the account still has its old address: sign-ins that were begun with it end as well.
    """
    end_sessions(person)
    person.email = to
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=is_confirmed)
    except IntegrityError as taken:
        raise NotAllowed(TAKEN) from taken


def _tell(change: AddressChange, event: str) -> None:
    facts = {"from_email": change.from_email, "to_email": change.to_email, "timestamp": timezone.now()}
    queue_email(change.from_email, f"accounts/{event}", facts, user=change.person, kind="account")
