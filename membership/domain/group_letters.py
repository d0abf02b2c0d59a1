"""Letters of a group: a chair writes, looks, sends a test to themselves, and orders it; the clock sends it in portions.

Who gets it is fixed when it is ordered, one row a member. Each row is written to once, however often a run is repeated:
the row and its mail are one transaction. Nobody sees an address. Locks: the group, the chair's row, the letter.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.background.due import DueRow
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import compose_email, queue_emails
from aapm_site.mail.domain.readers import KnownReader
from aapm_site.mail.models import OutgoingEmail, Subscription

from ..models import Group, GroupLetter, GroupLetterReader, GroupMember, Membership
from .groups import LETTERS, lock_chair

PORTION, EVERY = 100, timedelta(minutes=5)
APART = timedelta(hours=24)  # one letter a day for a group
STARTS_AFTER = timedelta(minutes=10)  # so long a slip can be stopped before anybody reads it
MOST_DRAFTS = 10


@transaction.atomic
def write_letter(group: Group, *, by: User, subject: str, text: str) -> GroupLetter:
    """A new draft. NotAllowed for who is no chair now, for a closed group, and when many drafts lie there."""
    lock_writing(group, by)
    if GroupLetter.objects.filter(group=group, ordered_at=None).count() >= MOST_DRAFTS:
        raise NotAllowed(f"There are {MOST_DRAFTS} letters that were never sent. Throw one of them away first.")
    return GroupLetter.objects.create(group=group, by=by, subject=subject, text=text)


@transaction.atomic
def change_letter(letter: GroupLetter, *, by: User, subject: str, text: str) -> GroupLetter:
    """Other words for a draft. NotAllowed as for writing, and once it is ordered."""
    locked = _lock_draft(letter, by)
    locked.subject, locked.text, locked.by, locked.written_at = subject, text, by, timezone.now()
    locked.save(update_fields=["subject", "text", "by", "written_at"])
    return locked


@transaction.atomic
def throw_away(letter: GroupLetter, *, by: User) -> None:
    """A draft is gone. NotAllowed as for writing, and once it is ordered."""
    _lock_draft(letter, by).delete()


@transaction.atomic
def send_test(letter: GroupLetter, *, by: User) -> OutgoingEmail:
    """The letter, as its readers would get it, to the chair alone. NotAllowed without a confirmed address of theirs."""
    locked = _lock_draft(letter, by)
    email = compose_email(by.email, "membership/group_letter", _context(locked), user=by, kind=LETTERS)
    if email.why_not_sent:
        raise NotAllowed("The test goes to your own address, and that is not confirmed yet.")
    email.subject = f"Test: {email.subject}"[:200]
    queue_emails([email])
    return email


@transaction.atomic
def order_letter(letter: GroupLetter, *, by: User) -> int:
    """Fix who gets it, and let it go from in ten minutes on; how many readers. Of two presses one orders.

    NotAllowed as for writing, for a letter that is ordered, within a day of the group's last one, and to nobody.
    """
    locked = _lock_draft(letter, by)
    now = timezone.now()
    last = GroupLetter.objects.filter(group=locked.group, ordered_at__gt=now - APART, stopped_at=None).first()
    if last is not None:
        raise NotAllowed(f"A group gets one letter a day at most, and “{last}” was the last one. Send this one later.")
    found = GroupLetterReader.objects.bulk_create(
        GroupLetterReader(letter=locked, membership_id=pk)
        for pk in readers_of(locked.group).values_list("pk", flat=True)
    )
    if not found:
        raise NotAllowed("Nobody in the group gets letters at present, so there is nobody to send it to.")
    locked.by, locked.ordered_at, locked.next_at = by, now, now + STARTS_AFTER
    locked.save(update_fields=["by", "ordered_at", "next_at"])
    return len(found)


@transaction.atomic
def stop_letter(letter: GroupLetter, *, by: User, as_staff: bool = False) -> GroupLetter:
    """Nobody gets it any more who has not got it; what waits to be sent is kept back when its turn comes.

    NotAllowed for who is no chair now (unless staff), and when there is nothing left to stop.
    """
    if not as_staff:
        lock_writing(letter.group, by)
    locked = GroupLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if not locked.is_going:
        raise NotAllowed("There is nothing to stop: it has gone, or was stopped already.")
    locked.stopped_at = timezone.now()
    locked.save(update_fields=["stopped_at"])
    return locked


def readers_of(group: Group) -> QuerySet[Membership]:
    """The members of the group whose membership runs, who may sign in, have an address and want its letters."""
    wanted = Subscription.objects.filter(kind=LETTERS, key=group.key, paused_at=None, user=OuterRef("user"))
    current = Membership.objects.current(timezone.localdate())
    inside = current.filter(group_members__group=group, user__is_active=True, user__email__isnull=False)
    return inside.filter(Exists(wanted)).order_by("pk")


def due_letters(at: datetime) -> Iterator[DueRow]:
    """Each letter whose next portion is due by then."""
    for letter in GroupLetter.objects.going().filter(next_at__lte=at).select_related("group").order_by("next_at", "pk"):
        url = reverse("admin:membership_groupletter_change", args=[letter.pk])
        yield DueRow(key=str(letter.pk), title=f"{letter.group}: “{letter}”", at=letter.next_at or at, url=url)


@transaction.atomic
def send_portion(key: str) -> None:
    """Write to the next readers, as many as fit in one portion. One that is stopped or done is left alone.

    Locks the letter, so that of two runs one writes. Who has left, lapsed or stopped the letters meanwhile is passed
    over.
    """
    if not (key.isascii() and key.isdigit()):
        return
    letter = (
        GroupLetter.objects.going().select_for_update(of=("self",)).select_related("group", "by").filter(pk=key).first()
    )
    if letter is None or (letter.next_at and letter.next_at > timezone.now()):
        return
    rows = list(letter.readers.filter(told_at=None).select_related("membership__user")[:PORTION])
    _write(letter, rows)
    if letter.readers.filter(told_at=None).exists():
        letter.next_at = timezone.now() + EVERY
    else:
        letter.next_at, letter.done_at = None, timezone.now()
    letter.save(update_fields=["next_at", "done_at"])


def _write(letter: GroupLetter, rows: list[GroupLetterReader]) -> None:
    still = set(
        readers_of(letter.group).filter(pk__in=[row.membership_id for row in rows]).values_list("pk", flat=True)
    )
    people = [row.membership.user_id for row in rows]
    subscriptions = Subscription.objects.select_related("user").filter(
        kind=LETTERS, key=letter.group.key, user__in=people
    )
    by_person = {one.user_id: one for one in subscriptions}
    proved = EmailAddress.objects.filter(user__in=people, verified=True).values_list("user_id", "email")
    confirmed = {(person, address.lower()) for person, address in proved}
    now, emails = timezone.now(), []
    for row in rows:
        row.told_at = now
        if row.membership_id in still and (subscription := by_person.get(row.membership.user_id)):
            person = row.membership.user
            is_confirmed = (person.pk, (person.email or "").lower()) in confirmed
            row.email = _compose(letter, KnownReader(person.email or "", is_confirmed), subscription)
            emails.append(row.email)
    queue_emails(emails)
    GroupLetterReader.objects.bulk_update(rows, ["told_at", "email"])


def _compose(letter: GroupLetter, reader: KnownReader, subscription: Subscription) -> OutgoingEmail:
    return compose_email(
        reader.address, "membership/group_letter", _context(letter), user=subscription.user, kind=LETTERS,
        subscription=subscription, reader=reader,
    )  # fmt: skip


def _context(letter: GroupLetter) -> dict[str, str]:
    return {
        "subject_line": letter.subject,
        "text": letter.text,
        "group": letter.group.name,
        "who": letter.by.display_name if letter.by else "A chair of the group",
        "url": absolute(letter.group.get_absolute_url()),
    }


def still_holds(email: OutgoingEmail) -> bool:
    """Whether a letter that waits to be sent is still wanted: not stopped, and its reader still in the group.

    Tests belong to no reader's row, and go.
    """
    row = GroupLetterReader.objects.filter(email=email).select_related("letter__group", "membership").first()
    if row is None:
        return True
    inside = GroupMember.objects.filter(group=row.letter.group_id, membership=row.membership_id).exists()
    return row.letter.stopped_at is None and inside and row.membership.standing().is_current


def lock_writing(group: Group, by: User) -> Group:
    """The group, locked, for a chair who writes. NotAllowed for others, and when it is closed."""
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if locked.closed_at:
        raise NotAllowed("This group is closed and writes no letters.")
    lock_chair(by, locked)
    return locked


def _lock_draft(letter: GroupLetter, by: User) -> GroupLetter:
    lock_writing(letter.group, by)
    locked = GroupLetter.objects.select_for_update(of=("self",)).select_related("group").filter(pk=letter.pk).first()
    if locked is None:
        raise NotAllowed("Another chair has thrown this letter away.")
    if not locked.is_draft:
        raise NotAllowed("This letter is sent already, and its words stay as they are.")
    return locked
