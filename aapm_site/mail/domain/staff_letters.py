"""Letters that staff write to many, on their way: sent back, paused, gone on with, stopped.

Of any kind: a row with the lifecycle of letter_states.py and its `mailing`. Locks: the mailing, then the letter, as the
clock does when the last portion is written.
"""

from typing import Any

from django.db import transaction

from aapm_site.core.transitions import NotAllowed, move

from ..letter_states import LetterStatus
from ..models import Mailing
from .mailings import go_on_with_mailing, rest_mailing, stop_mailing

ALONE = 100  # to so many one person sends by themselves; to more, a second one agrees


def return_letter(letter: Any, *, by: Any, reason: str) -> Any:
    """It becomes a draft again, with a reason for whoever wrote it."""
    return move(letter, LetterStatus.DRAFT, by=by, reason=reason, asked_by=None)


def _mailing_of(letter: Any) -> Mailing | None:
    """Asked anew: the page may be older than the press of a colleague."""
    return Mailing.objects.filter(pk__in=type(letter).objects.filter(pk=letter.pk).values("mailing")).first()


@transaction.atomic
def pause_letter(letter: Any, *, by: Any, reason: str = "") -> Any:
    """No further portion is written until somebody goes on. What was handed to the mail goes out."""
    if mailing := _mailing_of(letter):
        rest_mailing(mailing)
    return move(letter, LetterStatus.PAUSED, by=by, reason=reason)


@transaction.atomic
def go_on_with_letter(letter: Any, *, by: Any) -> Any:
    """The next portion is due at once."""
    if letter.status != LetterStatus.PAUSED:
        raise NotAllowed("It is not paused any more.")
    if mailing := _mailing_of(letter):
        go_on_with_mailing(mailing)
    return move(letter, LetterStatus.SENDING, by=by)


@transaction.atomic
def stop_letter(letter: Any, *, by: Any, reason: str) -> Any:
    """Nobody else gets it, for good; what waits in the mail is kept back when its turn comes."""
    if mailing := _mailing_of(letter):
        stop_mailing(mailing)
    return move(letter, LetterStatus.STOPPED, by=by, reason=reason)
