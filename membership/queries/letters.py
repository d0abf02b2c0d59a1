"""Letters to members that wait for somebody."""

from typing import Any

from django.db.models import QuerySet

from aapm_site.mail.letter_states import LetterStatus

from ..models import MemberLetter


def letters_to_agree_to(user: Any) -> QuerySet[MemberLetter]:
    """What waits for this person: not what they wrote or sent themselves."""
    waiting = MemberLetter.objects.filter(status=LetterStatus.WAITING)
    return waiting.exclude(asked_by=user.pk).exclude(written_by=user.pk)
