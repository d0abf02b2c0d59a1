"""Letters that staff write to the members on a saved list: sent, paused, gone on with, stopped.

Who is on the list is written down when the letter is sent, one row a member. The portions that follow are due work:
each is one transaction that writes the letters of so many rows and marks them, under the lock of the letter, so that
nobody gets it twice or is passed over, whenever a worker dies and however many run.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.transitions import NotAllowed, actor, move
from aapm_site.mail.domain.queue import queue_email

from ..letter_states import LetterStatus, RecipientState, WhyHeld
from ..letter_words import unknown_letter_fields
from ..models import LetterRecipient, MemberLetter, Membership
from ..queries.member_lists import list_words, members_of
from .letter_portions import KIND, TEMPLATE, letter_to, write_portion

ALONE = 100  # to so many one person sends by themselves; to more, a second one agrees
EVERY = timedelta(minutes=5)  # as often as due work is done
A_LITTLE_EARLY = timedelta(seconds=30)  # a run that comes a moment early is not passed over

NAMED = """
    INSERT INTO membership_letterrecipient (letter_id, membership_id, state, why)
    SELECT %s, chosen.member, 'waiting', '' FROM ({members}) chosen (member) ON CONFLICT DO NOTHING
"""


# Sent -----------------------------------------------------------------------------------------------------------------
@transaction.atomic
def send_letter(letter: MemberLetter, *, by: Any) -> MemberLetter:
    """Begin to send, or, to more than a hundred members, ask for a second person.

    Locks the letter. NotAllowed for what is no draft, whose list is gone or empty, or whose words nothing stands for.
    """
    locked = _locked(letter)
    if locked.status != LetterStatus.DRAFT:
        raise NotAllowed("A colleague has sent it already.")
    if unknown_letter_fields(locked.subject) or unknown_letter_fields(locked.text):
        raise NotAllowed("The letter holds a word in braces that nothing stands for. Please mend it first.")
    number = audience_size(locked)
    if not number:
        raise NotAllowed("Nobody is on this list today.")
    if number > ALONE:
        return move(locked, LetterStatus.WAITING, by=by, is_locked=True, asked_by=actor(by))
    return _begin(locked, by=by, asked_by=actor(by))


@transaction.atomic
def agree_to_letter(letter: MemberLetter, *, by: Any) -> MemberLetter:
    """A second person has read it, and it begins to go out. Locks the letter.

    NotAllowed for whoever wrote or sent it, and for a list that is empty by now.
    """
    locked = _locked(letter)
    if locked.status != LetterStatus.WAITING:
        raise NotAllowed("A colleague has decided already.")
    if by.pk in {locked.asked_by_id, locked.written_by_id}:
        raise NotAllowed("You wrote or sent this letter. Somebody else must agree to it.")
    if not audience_size(locked):
        raise NotAllowed("Nobody is on this list today.")
    return _begin(locked, by=by, agreed_by=actor(by))


def _begin(locked: MemberLetter, *, by: Any, **changes: Any) -> MemberLetter:
    audience = locked.audience
    if audience is None:
        raise NotAllowed("The list that it goes to is gone. Choose another one.")
    sent = move(
        locked, LetterStatus.SENDING, by=by, is_locked=True, next_batch_at=timezone.now(),
        went_to=f"{audience.name} ({list_words(audience)})", **changes,
    )  # fmt: skip
    sql, values = members_of(audience).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NAMED.format(members=sql), [sent.pk, *values])
    return sent


def audience_size(letter: MemberLetter) -> int:
    """How many members are on its list today."""
    return members_of(letter.audience).order_by().count() if letter.audience else 0


def _locked(letter: MemberLetter) -> MemberLetter:
    return MemberLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)


def return_letter(letter: MemberLetter, *, by: Any, reason: str) -> MemberLetter:
    """It becomes a draft again, with a reason for whoever wrote it."""
    return move(letter, LetterStatus.DRAFT, by=by, reason=reason, asked_by=None)


# On the way -----------------------------------------------------------------------------------------------------------
def pause_letter(letter: MemberLetter, *, by: Any, reason: str = "") -> MemberLetter:
    """No further portion is written until somebody goes on. What was handed to the mail goes out."""
    return move(letter, LetterStatus.PAUSED, by=by, reason=reason)


def go_on_with_letter(letter: MemberLetter, *, by: Any) -> MemberLetter:
    """The next portion is due at once."""
    if letter.status != LetterStatus.PAUSED:
        raise NotAllowed("It is not paused any more.")
    return move(letter, LetterStatus.SENDING, by=by, next_batch_at=timezone.now())


@transaction.atomic
def stop_letter(letter: MemberLetter, *, by: Any, reason: str) -> MemberLetter:
    """Nobody else gets it, for good; what waits in the mail is kept back when its turn comes."""
    stopped = move(letter, LetterStatus.STOPPED, by=by, reason=reason)
    waiting = stopped.recipients.filter(state=RecipientState.WAITING)
    waiting.update(state=RecipientState.HELD, why=WhyHeld.LETTER_STOPPED, at=timezone.now())
    return stopped


def due_letters(at: datetime) -> Iterator[DueRow]:
    """Letters of which a portion is due by `at`."""
    found = MemberLetter.objects.filter(status=LetterStatus.SENDING, next_batch_at__lte=at)
    for letter in found.order_by("next_batch_at", "pk"):
        url = reverse("admin:membership_memberletter_change", args=[letter.pk])
        yield DueRow(f"{letter.pk}", f"“{letter}”: the next letters to members", letter.next_batch_at or at, url)


@transaction.atomic
def send_portion(key: str) -> None:
    """Write the next letters; after the last one it is sent. Not before its time, and not while it is paused.

    Locks the letter: of two workers the second one finds nothing due.
    """
    now = timezone.now()
    due = MemberLetter.objects.select_for_update(of=("self",)).filter(
        status=LetterStatus.SENDING, next_batch_at__lte=now
    )
    letter = due.filter(pk=int(key)).first()
    if letter is None:
        return
    write_portion(letter, max(int(letter.per_hour * EVERY / timedelta(hours=1)), 1))
    if letter.recipients.filter(state=RecipientState.WAITING).exists():
        letter.next_batch_at = now + EVERY - A_LITTLE_EARLY
        letter.save(update_fields=["next_batch_at"])
    else:
        move(letter, LetterStatus.SENT, by=None, is_locked=True)


# One letter -----------------------------------------------------------------------------------------------------------
def send_test(letter: MemberLetter, membership: Membership, *, by: Any) -> None:
    """Mail it to the person themselves, as this member would get it. NotAllowed without an address."""
    if not by.email:
        raise NotAllowed("Your account has no e-mail address.")
    written = letter_to(letter, membership)
    queue_email(by.email, TEMPLATE, {**written, "subject": f"Test: {written['subject']}"}, user=by, kind=KIND)


def still_holds(email: Any) -> bool:
    """Whether a letter that waits in the mail still goes: not when it was stopped, nor to who has died or said no."""
    found = LetterRecipient.objects.filter(email=email).values_list(
        "letter__status", "membership__deceased_on", "email__subscription__paused_at", "membership__user__is_active"
    )
    return all(
        status != LetterStatus.STOPPED and deceased_on is None and paused_at is None and is_active is not False
        for status, deceased_on, paused_at, is_active in found
    )
