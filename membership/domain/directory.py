"""A member's entry in the two directories: kept, taken away, hidden by staff and shown again."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import Place, User, ZipCode
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor
from aapm_site.mail.domain.queue import queue_email

from ..directory_parts import DirectoryPart
from ..models import DirectoryEntry, Membership

KIND = "directory"
NO_MEMBER = "The directories are for members. You have not been one yet."
NO_NAME = "Nobody finds an entry without a name. Add your last name under “My profile” first."
NO_WORK = "Patients need to know what you are. Add your profession under “My profile” first."
WORK_UNTICKED = "Patients need to know what you are: tick profession and specialty for everybody, too."


@dataclass(frozen=True)
class EntryWords:
    """What a member has chosen to say, and to whom."""

    practice: str = ""
    place: Place | None = None
    postal_code: str = ""
    languages: tuple[str, ...] = ()
    takes_new_patients: bool = False
    takes_referrals: bool = False
    telephone: str = ""
    website: str = ""
    for_members: bool = False
    for_public: bool = False
    members_parts: tuple[str, ...] = ()
    public_parts: tuple[str, ...] = ()


def draft_entry(user: User, words: EntryWords) -> DirectoryEntry:
    """The entry as it would be, not saved: what a preview shows. NotAllowed as in keep_entry()."""
    membership = _membership_of(user)
    _refuse(user, words)
    entry = DirectoryEntry.objects.filter(membership=membership).first() or DirectoryEntry(membership=membership)
    for name, value in _values(words).items():
        setattr(entry, name, value)
    return entry


@transaction.atomic
def keep_entry(user: User, words: EntryWords) -> DirectoryEntry:
    """Write the member's entry, the first time or anew. Of two presses at once the later one stays.

    NotAllowed for somebody who has never been a member, without a last name, and, in the public directory, without a
    profession that is shown.
    """
    membership = _membership_of(user)
    _refuse(user, words)
    values = {**_values(words), "updated_at": timezone.now()}
    entry, _ = DirectoryEntry.objects.update_or_create(membership=membership, defaults=values)
    return entry


def _membership_of(user: User) -> Membership:
    membership = Membership.objects.filter(user=user).first()
    if membership is None:
        raise NotAllowed(NO_MEMBER)
    return membership


def _refuse(user: User, words: EntryWords) -> None:
    if (words.for_members or words.for_public) and not user.last_name.strip():
        raise NotAllowed(NO_NAME)
    if words.for_public and user.profession_id is None:
        raise NotAllowed(NO_WORK)
    if words.for_public and DirectoryPart.WORK not in words.public_parts:
        raise NotAllowed(WORK_UNTICKED)


def _values(words: EntryWords) -> dict[str, Any]:
    lists = ("languages", "members_parts", "public_parts")
    latitude, longitude = _point(words)
    # Not asdict() alone: it would copy the place.
    values = {**asdict(EntryWords(**{**vars(words), "place": None})), "place": words.place}
    return values | {name: list(values[name]) for name in lists} | {"latitude": latitude, "longitude": longitude}


def _point(words: EntryWords) -> tuple[Decimal | None, Decimal | None]:
    """Where it lies: at the ZIP code, where one is known, else in the middle of the town."""
    if words.place is None:
        return None, None
    code = words.postal_code[:5]
    point = (ZipCode.objects.filter(code=code).first() if code else None) or words.place
    return point.latitude, point.longitude


def delete_entry(user: User) -> bool:
    """Take the entry out of both directories, with all that was typed; whether there was one.

    One that staff hide stays as it is, so that nobody writes it anew: NotAllowed.
    """
    with transaction.atomic():
        entry = DirectoryEntry.objects.select_for_update(of=("self",)).for_user(user).first()
        if entry is None:
            return False
        if entry.hidden_at:
            raise NotAllowed("Our staff have hidden this entry, so nobody sees it. Please write to us about it.")
        entry.delete()
    return True


@transaction.atomic
def hide_entry(entry: DirectoryEntry, *, by: Actor, reason: str) -> DirectoryEntry:
    """Take an entry out of both directories until staff show it again; the member gets the reason by mail.

    Locks the entry. NotAllowed when it is hidden already.
    """
    locked = _locked(entry)
    if locked.hidden_at:
        raise NotAllowed("A colleague has hidden it already.")
    locked.hidden_at, locked.hidden_by, locked.hidden_reason = timezone.now(), actor(by), reason.strip()
    locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _tell(locked, "membership/directory_hidden", reason=locked.hidden_reason)
    return locked


@transaction.atomic
def show_entry_again(entry: DirectoryEntry, *, by: Actor) -> DirectoryEntry:
    """Let it stand where its member wants it; they are told. Locks the entry. NotAllowed when it is not hidden."""
    locked = _locked(entry)
    if not locked.hidden_at:
        raise NotAllowed("A colleague has shown it again already.")
    locked.hidden_at = locked.hidden_by = None
    locked.hidden_reason = ""
    locked.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _tell(locked, "membership/directory_shown_again")
    return locked


def _locked(entry: DirectoryEntry) -> DirectoryEntry:
    rows = DirectoryEntry.objects.select_for_update(of=("self",)).select_related("membership__user")
    return rows.get(pk=entry.pk)


def _tell(entry: DirectoryEntry, template: str, **context: str) -> None:
    person = entry.membership.user
    queue_email(person.email, template, {"name": person.display_name, **context}, user=person, kind=KIND)


def hand_over_entry(old: Membership, kept: Membership) -> str:
    """Two memberships are one: the entry of the one that stays counts, else that of the other. What was done, in words.

    Whether staff hide one of them goes along. Within the transaction that joins them.
    """
    theirs = DirectoryEntry.objects.select_for_update(of=("self",)).filter(membership=old).first()
    if theirs is None:
        return ""
    mine = DirectoryEntry.objects.select_for_update(of=("self",)).filter(membership=kept).first()
    if mine is None:
        theirs.membership = kept
        theirs.save(update_fields=["membership"])
        return "The entry in the directory."
    theirs.messages.update(entry=mine)
    if theirs.hidden_at and not mine.hidden_at:
        mine.hidden_at, mine.hidden_by, mine.hidden_reason = theirs.hidden_at, theirs.hidden_by, theirs.hidden_reason
        mine.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    return "The messages of one of two entries in the directory; the entry of the kept record stays."
