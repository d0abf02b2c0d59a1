"""Messages through the directory: no address is shown to anybody, and none is written to before its sender is known.

What a stranger writes waits until they press the link in a letter that repeats nothing of it. Then it goes to the
member, whose answer goes from their own mail to the sender. Limits are counted by statements of their own, so presses
that meet do not go over them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.http.limits import within
from aapm_site.core.transitions import NotAllowed, actor
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.registry import is_confirmed
from aapm_site.mail.strangers import reader_of

from ..directory_parts import DirectoryPart, MessageReport
from ..models import DirectoryEntry, DirectoryMessage
from .directory import KIND

A_DAY = 24 * 60 * 60
MOST_OF_A_SENDER = 5  # a day, to whomever
MOST_TO_ONE = 2  # a day, from one sender to one member
MOST_FOR_A_MEMBER = 20  # a day, from whomever
MOST_WAITING = 3  # of one address, before their links are pressed
CONFIRM_HOURS = 48
SALT = "membership.directory-message"

NOT_TAKEN = "This member does not take messages here any more. Nothing was sent."
SENDER_FULL = f"You have written {MOST_OF_A_SENDER} messages within a day, and that is all. Please go on tomorrow."
TO_ONE_FULL = "You have written to this member twice today. Please wait for the answer, or call the practice."
MEMBER_FULL = "This member has had many messages today. Please try again tomorrow, or call the practice."
BARRED = "We do not pass on messages from this address. If you think that is a mistake, please write to us."
DECIDED = "A colleague has decided already."


@dataclass(frozen=True)
class MessageWords:
    """What somebody wrote, and their name."""

    name: str
    text: str


def write_at_once(entry: DirectoryEntry, audience: str, words: MessageWords, *, by: User) -> DirectoryMessage:
    """Send it from the account's address, which is confirmed. NotAllowed as in confirm_message()."""
    with transaction.atomic():
        message = _write_down(entry, audience, words, by.email)
        return _send(message)


def ask_to_write(
    entry: DirectoryEntry, audience: str, words: MessageWords, *, email: str, spam_reason: str = ""
) -> None:
    """Keep it and mail the link that sends it; what looks like spam is kept for staff, and nobody is written to.

    Of one mailbox few wait at most; more are dropped without a word, so that nobody fills a stranger's mailbox.
    NotAllowed for a member who takes no messages there.
    """
    _refuse_entry(entry, audience)
    waiting = DirectoryMessage.objects.filter(sent_at=None, spam_reason="")
    if _count_of(reader_of(email), waiting.filter(created_at__gt=_confirmable_since(timezone.now()))) >= MOST_WAITING:
        return
    with transaction.atomic():
        message = _write_down(entry, audience, words, email, spam_reason=spam_reason)
        if not spam_reason:
            _mail_link(message)


def _write_down(
    entry: DirectoryEntry, audience: str, words: MessageWords, email: str, spam_reason: str = ""
) -> DirectoryMessage:
    return DirectoryMessage.objects.create(
        entry=entry, audience=audience, name=words.name, text=words.text, email=email.lower(), spam_reason=spam_reason
    )


def _mail_link(message: DirectoryMessage) -> None:
    """The letter holds nothing of what was typed: the address may be a stranger's."""
    context = {"token": signing.dumps(message.public_id, salt=SALT), "hours": CONFIRM_HOURS}
    queue_email(message.email, "membership/directory_confirm", context, kind=f"{KIND}.confirm", secret=True)


def _confirmable_since(at: datetime) -> datetime:
    return at - timedelta(hours=CONFIRM_HOURS)


def message_to_confirm(signed: str) -> DirectoryMessage | None:
    """What a link sends; None for a forged or an old one, and once it is sent."""
    try:
        public_id = signing.loads(signed, salt=SALT, max_age=CONFIRM_HOURS * 3_600)
    except signing.BadSignature:
        return None
    waiting = DirectoryMessage.objects.filter(sent_at=None).select_related("entry__membership__user")
    return waiting.filter(public_id=public_id).first()


@transaction.atomic
def confirm_message(message: DirectoryMessage) -> DirectoryMessage:
    """The reader of the address wants it sent.

    NotAllowed for a member who takes no messages there any more, a sender whom staff have barred, one who has written
    enough today, and a member who has had enough today.
    """
    return _send(message)


def _send(message: DirectoryMessage) -> DirectoryMessage:
    """Once, however many presses meet: the row of the message is locked."""
    locked = DirectoryMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if locked.sent_at:
        return locked
    entry = _refuse_entry(locked.entry, locked.audience)
    _refuse_sender(locked, entry)
    locked.sent_at = timezone.now()
    locked.save(update_fields=["sent_at"])
    _mail_message(locked, entry)
    return locked


def _refuse_entry(entry: DirectoryEntry, audience: str) -> DirectoryEntry:
    found = DirectoryEntry.objects.shown_to(audience).select_related("membership__user").filter(pk=entry.pk).first()
    if found is None or DirectoryPart.CONTACT not in found.parts(audience):
        raise NotAllowed(NOT_TAKEN)
    # A letter to an address that nobody has confirmed would be kept back, and its sender would wait for an answer.
    if not found.membership.user.email or not is_confirmed(found.membership.user.email):
        raise NotAllowed(NOT_TAKEN)
    return found


def _refuse_sender(message: DirectoryMessage, entry: DirectoryEntry) -> None:
    sender = reader_of(message.email)
    if _count_of(sender, DirectoryMessage.objects.filter(is_barred=True)):
        raise NotAllowed(BARRED)
    for name, subject, most, refusal in (
        ("directory-pair", f"{sender} {entry.pk}", MOST_TO_ONE, TO_ONE_FULL),
        ("directory-sender", sender, MOST_OF_A_SENDER, SENDER_FULL),
        ("directory-member", str(entry.pk), MOST_FOR_A_MEMBER, MEMBER_FULL),
    ):
        if not within(name, subject, times=most, seconds=A_DAY):
            raise NotAllowed(refusal)


def _count_of(reader: str, messages: QuerySet[DirectoryMessage]) -> int:
    """How many of the messages come from one mailbox, whichever of its addresses they name."""
    return sum(reader_of(email) == reader for email in messages.values_list("email", flat=True))


def _mail_message(message: DirectoryMessage, entry: DirectoryEntry) -> None:
    """To the member, whose reply goes to the sender. Secret, so that the words are wiped once it is delivered."""
    person = entry.membership.user
    context = {
        "name": person.display_name,
        "sender": message.name,
        "address": message.email,
        "words": message.text,
        "report": message.get_report_url(),
        "is_member": message.audience == "members",
    }
    queue_email(
        person.email,
        "membership/directory_message",
        context,
        user=person,
        kind=f"{KIND}.message",
        reply_to=message.email,
        secret=True,
    )


# What the member and staff do with it ---------------------------------------------------------------------------------
@transaction.atomic
def report_message(message: DirectoryMessage, *, reason: str, note: str = "") -> DirectoryMessage:
    """The member says what is wrong with it; from now on staff read it. The second time nothing changes."""
    locked = _locked(message)
    if locked.reported_at:
        return locked
    locked.reported_at, locked.report_reason, locked.report_note = timezone.now(), MessageReport(reason), note.strip()
    locked.decided_at = locked.decided_by = None
    locked.save(update_fields=["reported_at", "report_reason", "report_note", "decided_at", "decided_by"])
    return locked


@transaction.atomic
def bar_sender(message: DirectoryMessage, *, by: Actor) -> DirectoryMessage:
    """Pass on nothing from this address any more, what waits of it neither. NotAllowed when it is decided."""
    locked = _undecided(message)
    locked.is_barred = True
    return _decide(locked, by)


@transaction.atomic
def let_message_be(message: DirectoryMessage, *, by: Actor) -> DirectoryMessage:
    """No harm in it: what was kept apart goes its usual way, by a letter to its sender. NotAllowed as above."""
    locked = _undecided(message)
    if locked.spam_reason and not locked.sent_at:
        _mail_link(locked)
    return _decide(locked, by)


def _decide(message: DirectoryMessage, by: Actor) -> DirectoryMessage:
    message.decided_at, message.decided_by = timezone.now(), actor(by)
    message.save(update_fields=["is_barred", "decided_at", "decided_by"])
    return message


def _locked(message: DirectoryMessage) -> DirectoryMessage:
    return DirectoryMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)


def _undecided(message: DirectoryMessage) -> DirectoryMessage:
    locked = _locked(message)
    if locked.decided_at:
        raise NotAllowed(DECIDED)
    return locked
