"""Letters of a group: a chair writes, looks, sends a test to themselves, and orders it; the clock sends it in portions.

Who gets it is fixed when it is ordered; from then on it is a mailing (mail/domain/mailings.py). Nobody sees an address.
Locks: the group, the chair's row, the letter; then the mailing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import mailings
from aapm_site.mail.domain.queue import compose_email, queue_emails
from aapm_site.mail.models import Mailing, MailingRecipient, OutgoingEmail, Subscription

from ..letter_states import WhyNotToMember
from ..models import Group, GroupLetter, GroupMember, Membership
from .groups import LETTERS, lock_chair

TEMPLATE = "membership/group_letter"
PORTION = 100  # every five minutes
APART = timedelta(hours=24)  # one letter a day for a group
STARTS_AFTER = timedelta(minutes=10)  # so long a slip can be stopped before anybody reads it
MOST_DRAFTS = 10
CHANGED = "Another chair has changed this letter since you opened the page. Please read it as it is now."


@transaction.atomic
def write_letter(group: Group, *, by: User, subject: str, text: str) -> GroupLetter:
    """A new draft. NotAllowed for who is no chair now, for a closed group, and when many drafts lie there."""
    lock_writing(group, by)
    if GroupLetter.objects.filter(group=group, mailing=None).count() >= MOST_DRAFTS:
        raise NotAllowed(f"There are {MOST_DRAFTS} letters that were never sent. Throw one of them away first.")
    return GroupLetter.objects.create(group=group, by=by, subject=subject, text=text)


@transaction.atomic
def change_letter(letter: GroupLetter, *, by: User, subject: str, text: str, seen: str = "") -> GroupLetter:
    """Other words for a draft. NotAllowed as for writing, once it is ordered, and over words that `by` has not seen.

    `seen` is the letter's mark when its page was opened; here and below, who names none has seen what is there now.
    """
    locked = _lock_draft(letter, by, seen)
    locked.subject, locked.text, locked.by, locked.written_at = subject, text, by, timezone.now()
    locked.save(update_fields=["subject", "text", "by", "written_at"])
    return locked


@transaction.atomic
def throw_away(letter: GroupLetter, *, by: User, seen: str = "") -> None:
    """A draft is gone. NotAllowed as for changing it."""
    _lock_draft(letter, by, seen).delete()


@transaction.atomic
def send_test(letter: GroupLetter, *, by: User) -> OutgoingEmail:
    """The letter, as its readers would get it, to the chair alone. NotAllowed without a confirmed address of theirs."""
    locked = _lock_draft(letter, by)
    email = compose_email(by.email, TEMPLATE, _context(locked), user=by, kind=LETTERS)
    if email.why_not_sent:
        raise NotAllowed("The test goes to your own address, and that is not confirmed yet.")
    email.subject = f"Test: {email.subject}"[:200]
    queue_emails([email])
    return email


@transaction.atomic
def order_letter(letter: GroupLetter, *, by: User, seen: str = "") -> int:
    """Fix who gets it, and let it go from in ten minutes on; how many readers. Of two presses one orders.

    It goes in the name of who orders it: NotAllowed as for changing it, within a day of the group's last one, and to
    nobody. One that was stopped unread does not cost the day; one that was stopped after its first portion does.
    """
    locked = _lock_draft(letter, by, seen)
    now = timezone.now()
    begun = Exists(MailingRecipient.objects.filter(mailing=OuterRef("mailing"), email__isnull=False))
    lately = GroupLetter.objects.filter(group=locked.group, mailing__begun_at__gt=now - APART)
    last = lately.filter(Q(mailing__stopped_at=None) | begun).first()
    if last is not None:
        raise NotAllowed(f"A group gets one letter a day at most, and “{last}” was the last one. Send this one later.")
    mailing = mailings.begin_mailing(
        LETTERS, locked.subject, key=locked.group.key, portion=PORTION, starts_at=now + STARTS_AFTER
    )
    found = mailings.name_people(mailing, readers_of(locked.group).order_by().values("user"))
    if not found:
        raise NotAllowed("Nobody in the group gets letters at present, so there is nobody to send it to.")
    locked.by, locked.mailing = by, mailing
    locked.save(update_fields=["by", "mailing"])
    return found


@transaction.atomic
def stop_letter(letter: GroupLetter, *, by: User, as_staff: bool = False) -> GroupLetter:
    """Nobody gets it any more who has not got it; what waits to be sent is kept back when its turn comes.

    NotAllowed for who is no chair now (unless staff), and when there is nothing left to stop.
    """
    if not as_staff:
        lock_writing(letter.group, by)
    mailing = Mailing.objects.filter(group_letter=letter.pk).first()
    if mailing is None:
        raise NotAllowed("There is nothing to stop: it was never sent.")
    mailings.stop_mailing(mailing)
    return GroupLetter.objects.select_related("group", "by", "mailing").get(pk=letter.pk)


def readers_of(group: Group) -> QuerySet[Membership]:
    """The members of the group whose membership runs, who may sign in, have an address and want its letters."""
    wanted = Subscription.objects.filter(kind=LETTERS, key=group.key, paused_at=None, user=OuterRef("user"))
    return _inside(group).filter(Exists(wanted), user__is_active=True, user__email__isnull=False).order_by("pk")


def _inside(group: Group) -> QuerySet[Membership]:
    """The members of the group whose membership runs."""
    return Membership.objects.current(timezone.localdate()).filter(group_members__group=group)


# By the clock ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class GroupPortion:
    """One letter, and those of a portion who are still its readers."""

    letter: GroupLetter
    readers: frozenset[int]

    def why_held(self, row: MailingRecipient) -> str:
        """Who stopped the letters is told apart from who is not in the group any more."""
        return "" if row.user_id is None or row.user_id in self.readers else WhyNotToMember.LEFT

    def context(self, row: MailingRecipient) -> dict[str, Any]:
        return _context(self.letter)


def portion_of(mailing: Mailing, rows: Sequence[MailingRecipient]) -> GroupPortion:
    letter = GroupLetter.objects.select_related("group", "by").get(mailing=mailing)
    inside = _inside(letter.group).filter(user__in=[row.user_id for row in rows if row.user_id])
    return GroupPortion(letter, frozenset(inside.values_list("user", flat=True)))


def _context(letter: GroupLetter) -> dict[str, str]:
    return {
        "subject_line": letter.subject,
        "text": letter.text,
        "group": letter.group.name,
        "who": letter.by.display_name if letter.by else "A chair of the group",
        "url": absolute(letter.group.get_absolute_url()),
    }


def is_for_them(row: MailingRecipient) -> bool:
    """Whether a letter that waits in the mail is still for its reader: in the group, and a member."""
    inside = GroupMember.objects.filter(group__letters__mailing=row.mailing_id, membership__user=row.user_id)
    member = inside.select_related("membership").first()
    return member is not None and member.membership.standing().is_current


def lock_writing(group: Group, by: User) -> Group:
    """The group, locked, for a chair who writes. NotAllowed for others, and when it is closed."""
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if locked.closed_at:
        raise NotAllowed("This group is closed and writes no letters.")
    lock_chair(by, locked)
    return locked


def _lock_draft(letter: GroupLetter, by: User, seen: str = "") -> GroupLetter:
    lock_writing(letter.group, by)
    locked = (
        GroupLetter.objects.select_for_update(of=("self",))
        .select_related("group", "mailing")
        .filter(pk=letter.pk)
        .first()
    )
    if locked is None:
        raise NotAllowed("Another chair has thrown this letter away.")
    if not locked.is_draft:
        raise NotAllowed("This letter is sent already, and its words stay as they are.")
    if seen and seen != locked.mark:
        raise NotAllowed(CHANGED)
    return locked
