"""Letters that staff write to the members on a saved list: sent, and agreed to.

Who is on the list is written down when the letter is sent; from then on it is a mailing (mail/domain/mailings.py),
which is paused and stopped by mail/domain/staff_letters.py. Locks: a draft's row and its list, so that nobody widens it
while its members are counted and named.
"""

from typing import Any

from django.db import transaction

from aapm_site.core.transitions import NotAllowed, actor, move
from aapm_site.mail.domain import mailings
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.domain.staff_letters import ALONE
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.models import Mailing

from ..letter_words import unknown_letter_fields
from ..models import MemberFilter, MemberLetter, Membership
from ..queries.member_lists import list_words, members_of
from .letter_portions import KIND, TEMPLATE, letter_to


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
        went_to = _list_in_words(locked)
        return move(locked, LetterStatus.WAITING, by=by, is_locked=True, asked_by=actor(by), went_to=went_to)
    return _begin(locked, by=by, asked_by=actor(by))


@transaction.atomic
def agree_to_letter(letter: MemberLetter, *, by: Any) -> MemberLetter:
    """A second person has read it, and it begins to go out. Locks the letter.

    NotAllowed for whoever wrote or sent it, and for a list that is empty by now, or another than it was sent to.
    """
    locked = _locked(letter)
    if locked.status != LetterStatus.WAITING:
        raise NotAllowed("A colleague has decided already.")
    if by.pk in {locked.asked_by_id, locked.written_by_id}:
        raise NotAllowed("You wrote or sent this letter. Somebody else must agree to it.")
    if not audience_size(locked):
        raise NotAllowed("Nobody is on this list today.")
    if locked.went_to and locked.went_to != _list_in_words(locked):
        raise NotAllowed(f"It was sent to the list “{locked.went_to}”, which somebody has changed since. Send it back.")
    return _begin(locked, by=by, agreed_by=actor(by))


def _begin(locked: MemberLetter, *, by: Any, **changes: Any) -> MemberLetter:
    audience, went_to = locked.audience, _list_in_words(locked)
    if audience is None:
        raise NotAllowed("The list that it goes to is gone. Choose another one.")
    mailing = mailings.begin_mailing(KIND, locked.subject, portion=mailings.in_a_portion(locked.per_hour))
    mailings.name_people(mailing, members_of(audience).order_by().values("user"))
    return move(locked, LetterStatus.SENDING, by=by, is_locked=True, mailing=mailing, went_to=went_to, **changes)


def _list_in_words(locked: MemberLetter) -> str:
    return f"{locked.audience.name} ({list_words(locked.audience)})" if locked.audience else ""


def audience_size(letter: MemberLetter) -> int:
    """How many members are on its list today."""
    return members_of(letter.audience).order_by().count() if letter.audience else 0


def _locked(letter: MemberLetter) -> MemberLetter:
    locked = MemberLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.audience is not None:
        locked.audience = MemberFilter.objects.select_for_update().filter(pk=locked.audience.pk).first()
    return locked


def is_all_written(mailing: Mailing) -> None:
    """The last portion is written: the letter is sent. The caller holds the mailing's lock."""
    move(MemberLetter.objects.get(mailing=mailing), LetterStatus.SENT, by=None)


# One letter -----------------------------------------------------------------------------------------------------------
def send_test(letter: MemberLetter, membership: Membership, *, by: Any) -> None:
    """Mail it to the person themselves, as this member would get it. NotAllowed without an address."""
    if not by.email:
        raise NotAllowed("Your account has no e-mail address.")
    written = letter_to(letter, membership)
    queue_email(by.email, TEMPLATE, {**written, "subject": f"Test: {written['subject']}"}, user=by, kind=KIND)
