"""Two persons who are one: everything of the one becomes the other's, in one transaction, and nothing is lost.

Rooms say in `accounts.registry.handovers` what is more than a new owner; every other reference to people is moved here,
and where two rows cannot stand beside each other nothing is moved at all.
"""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from pghistory.models import Event

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import MailingRecipient, Subscription

from ..models import AccountRecovery, AddressChange, User
from ..registry import handovers
from .privacy import erase_account
from .services import hand_over_consents
from .sessions import end_sessions

SIGN_IN = ("account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession", "mail.Subscription")
LETTERS = ("mail.MailingRecipient",)
PASSAGE = ("accounts.ServiceConsent", "allauth_idp_oidc.Token")
FILLED = ("first_name", "last_name", "degrees", "orcid", "profession", "specialty")


@transaction.atomic
def merge_people(kept: User, gone: User, *, answers: frozenset[str] = frozenset()) -> list[str]:
    """Move everything of `gone` to `kept`, and leave `gone` no account. What was moved, a sentence each.

    `kept` signs in as before; of `gone` only the address is taken over, and only where `kept` has none. Both addresses
    are told. Locks what the rooms lock first, then both people. NotAllowed, with nothing changed, for staff, while an
    address is about to change, and where somebody has to decide first.
    """
    if kept.pk == gone.pk:
        raise NotAllowed("These are one and the same person already.")
    for room in handovers:
        room.lock(kept, gone)
    locked = {row.pk: row for row in User.objects.select_for_update(of=("self",)).filter(pk__in=(kept.pk, gone.pk))}
    if len(locked) < 2:
        raise NotAllowed("One of the two is not here any more.")
    kept, gone = locked[kept.pk], locked[gone.pk]
    _refuse(kept, gone)
    said = [words for room in handovers for words in room.move(kept, gone, answers)]
    said += _move_lists(kept, gone)
    _move_letters(kept, gone)
    hand_over_consents(kept, gone)
    for model, field in references():
        said += _move_rows(model, field, kept, gone)
    _fill(kept, gone)
    said += _end_sign_in(kept, gone)
    return said


def _refuse(kept: User, gone: User) -> None:
    for person in (kept, gone):
        if person.is_staff or person.is_superuser:
            raise NotAllowed(f"{person} belongs to the staff. Nobody is merged who has rights here.")
    both = (kept, gone)
    if AddressChange.objects.filter(person__in=both, is_agreed=None).exists():
        raise NotAllowed("A new address of one of them waits to be agreed to. Decide on it first.")
    if AccountRecovery.objects.filter(person__in=both, ended_at=None).exists():
        raise NotAllowed("A recovery of one of their accounts is under way. Let it end, or stop it, first.")


def references() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column that points at a person, but histories, sign-ins, and what the rooms answer for themselves."""
    answered = {label for room in handovers for label in room.models} | set(SIGN_IN) | set(PASSAGE) | set(LETTERS)
    for model in apps.get_models():
        skipped = model._meta.proxy or not model._meta.managed or issubclass(model, Event)
        if skipped or model._meta.label in answered:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                yield model, field


def _move_rows(model: type[models.Model], field: models.Field, kept: User, gone: User) -> list[str]:
    rows = model._base_manager.filter(**{field.name: gone})
    names = str(model._meta.verbose_name_plural)
    try:
        with transaction.atomic():
            count = rows.update(**{field.name: kept})
    except DatabaseError as refused:
        raise NotAllowed(
            f"Both have {names} that cannot stand beside each other, so nothing is moved. One of the two has to be "
            "taken away first, by the person or by a colleague who may."
        ) from refused
    if not count:
        return []
    return [f"1 {model._meta.verbose_name}." if count == 1 else f"{count} {names}."]


def _move_lists(kept: User, gone: User) -> list[str]:
    """What both get is got once, as the person who is kept has chosen."""
    have = set(Subscription.objects.filter(user=kept).values_list("kind", "key"))
    moved = 0
    for row in Subscription.objects.filter(user=gone).order_by("pk"):
        if (row.kind, row.key) in have:
            row.delete()
            continue
        Subscription.objects.filter(pk=row.pk).update(user=kept)
        moved += 1
    if not moved:
        return []
    return ["1 choice of mail."] if moved == 1 else [f"{moved} choices of mail."]


def _move_letters(kept: User, gone: User) -> None:
    """A letter to many that both are to get, or got, stays with each: the row of who goes has no name any more."""
    had = MailingRecipient.objects.filter(user=kept).values("mailing")
    MailingRecipient.objects.filter(user=gone).exclude(mailing__in=had).update(user=kept)
    MailingRecipient.objects.filter(user=gone).update(user=None)


def _fill(kept: User, gone: User) -> None:
    """What the kept one does not say, the other does."""
    empty = [name for name in FILLED if not getattr(kept, name) and getattr(gone, name)]
    for name in empty:
        setattr(kept, name, getattr(gone, name))
    if empty:
        kept.save(update_fields=empty)


def _end_sign_in(kept: User, gone: User) -> list[str]:
    """The other account is none any more. Its address is the kept one's where that has none."""
    end_sessions(gone)
    Authenticator.objects.filter(user=gone).delete()
    old, is_taken_over = gone.email, bool(gone.email and not kept.email)
    addresses = EmailAddress.objects.filter(user=gone)
    if is_taken_over:
        gone.email = ""
        gone.save(update_fields=["email"])
        kept.email = old
        kept.save(update_fields=["email"])
        addresses.update(user=kept)
    else:
        addresses.delete()
    _tell(kept, gone, old)
    erase_account(gone)
    if is_taken_over:
        return [f"They sign in with {old} from now on."]
    return [f"Nobody signs in with {old} any more; it is told, and so is {kept.email}."] if old else []


def _tell(kept: User, gone: User, old: str) -> None:
    facts = {"from_email": old, "to_email": kept.email, "timestamp": timezone.now()}
    for address in {old, kept.email} - {""}:
        queue_email(address, "accounts/merged", facts, user=kept, kind="account")
