"""An institution with seats: made and held by staff, looked after by people of its own who said yes to that.

Locks: the institution's account with the billing office (billing's), then the bundle.
"""

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.billing.models import Customer
from aapm_site.core.transitions import NotAllowed, actor

from ..models import Bundle, BundleAdministrator, Plan
from . import bundle_letters

HELD = "The seats of this institution are on hold at present. Please write to our office."
MOST_ADMINISTRATORS = 5
LAST_ONE = (
    "Nobody else looks after these seats. Ask a colleague, and leave once they have said yes; or write to our office, "
    "which finds somebody with you."
)


@transaction.atomic
def make_bundle(name: str, plan: Plan, *, note: str = "") -> Bundle:
    """An institution that may buy seats of a category, with an account at the billing office. It has none yet."""
    customer = Customer.objects.create(name=name, bill_name=name)
    return Bundle.objects.create(name=name, plan=plan, note=note, customer=customer)


@transaction.atomic
def edit_bundle(bundle: Bundle, *, name: str, plan: Plan, note: str) -> Bundle:
    """Another name, which the billing office uses too, another category for what is bought from now on, or note."""
    Customer.objects.select_for_update().filter(pk=bundle.customer_id).update(name=name)
    locked = lock_bundle(bundle.pk)
    locked.name, locked.plan, locked.note = name, plan, note
    locked.save(update_fields=["name", "plan", "note"])
    return locked


def lock_bundle(number: int) -> Bundle:
    """The bundle, locked until the transaction ends. Whoever changes its people, seats or periods holds it."""
    return Bundle.objects.select_for_update(of=("self",)).select_related("plan").get(pk=number)


@transaction.atomic
def hold_bundle(bundle: Bundle) -> Bundle:
    """Nobody is invited or admitted, and nothing can be ordered, until it is released. NotAllowed when it is held."""
    locked = lock_bundle(bundle.pk)
    if locked.held_at:
        raise NotAllowed("A colleague holds it already.")
    return _held(locked, is_held=True)


@transaction.atomic
def release_bundle(bundle: Bundle) -> Bundle:
    """Everything goes on. NotAllowed when it is not held."""
    locked = lock_bundle(bundle.pk)
    if not locked.held_at:
        raise NotAllowed("A colleague has released it already.")
    return _held(locked, is_held=False)


def _held(locked: Bundle, *, is_held: bool) -> Bundle:
    locked.held_at = timezone.now() if is_held else None
    locked.save(update_fields=["held_at"])
    return locked


def refuse_held(bundle: Bundle) -> None:
    """Raises NotAllowed for one that staff hold."""
    if bundle.held_at:
        raise NotAllowed(HELD)


@transaction.atomic
def ask_administrator(bundle: Bundle, *, by: Actor, email: str) -> BundleAdministrator:
    """Staff, or who looks after the seats, ask whoever proves to read an address to do so too; they say yes or no.

    NotAllowed when the address was asked already, when the person does it already, and for a sixth one.
    """
    locked = lock_bundle(bundle.pk)
    known = locked.administrators.all()
    if known.filter(email__iexact=email).exists() or known.filter(user__email__iexact=email).exists():
        raise NotAllowed("This address has been asked already, or looks after these seats.")
    if known.count() >= MOST_ADMINISTRATORS:
        raise NotAllowed(f"{MOST_ADMINISTRATORS} people at most look after seats. Take somebody off first.")
    asked = BundleAdministrator.objects.create(bundle=locked, email=email, invited_by=actor(by))
    bundle_letters.ask_administrator(asked)
    return asked


@transaction.atomic
def agree_to_administer(asked: BundleAdministrator, *, by: User) -> BundleAdministrator:
    """The person looks after the seats from now on. The caller has made sure that the address is theirs and confirmed.

    NotAllowed when the request is not open any more.
    """
    lock_bundle(asked.bundle_id)
    locked = BundleAdministrator.objects.select_for_update(of=("self",)).asked_of(by).filter(pk=asked.pk).first()
    if locked is None or BundleAdministrator.objects.filter(bundle=asked.bundle_id, user=by).exists():
        raise NotAllowed("This request is not open any more.")
    locked.user, locked.accepted_at = by, timezone.now()
    locked.save(update_fields=["user", "accepted_at"])
    bundle_letters.tell_who_asked(locked, by)
    return locked


def refuse_to_administer(asked: BundleAdministrator) -> None:
    """The person says no; staff see that the request is gone."""
    BundleAdministrator.objects.filter(pk=asked.pk, user=None).delete()


@transaction.atomic
def take_back_request(asked: BundleAdministrator) -> None:
    """Who looks after the seats takes a request back. NotAllowed when it was answered meanwhile."""
    lock_bundle(asked.bundle_id)
    if not BundleAdministrator.objects.filter(pk=asked.pk, user=None).delete()[0]:
        raise NotAllowed("This request has been answered already.")


def successors(bundle: Bundle, person: User) -> list[User]:
    """Who else looks after the seats, and can sign in. One query."""
    others = bundle.administrators.filter(user__is_active=True).exclude(user=person).select_related("user")
    return [one.user for one in others if one.user is not None]


@transaction.atomic
def leave_bundle(bundle: Bundle, *, by: User) -> None:
    """Look after the seats no more; those who still do are told. The list, the seats and the orders stay.

    NotAllowed for the last one: seats that run need somebody whom our letters reach. Locks the bundle, so that of two
    who leave in the same moment one stays.
    """
    locked = lock_bundle(bundle.pk)
    mine = locked.administrators.filter(user=by)
    if not mine.exists():
        raise NotAllowed("You do not look after these seats any more.")
    left = successors(locked, by)
    if not left:
        raise NotAllowed(LAST_ONE)
    mine.delete()
    bundle_letters.tell_left(locked, by, left)
