"""Letters to members: which wait for somebody, and what became of one, as the mail says it at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from aapm_site.mail.states import EmailState

from ..letter_states import LetterStatus, RecipientState, WhyHeld
from ..models import MemberLetter

KEPT_BACK = "kept back when it was about to be sent"
# The row's own word, unless the mail has said more since it was last taken over.
NOW = Case(
    When(Q(email__isnull=True), then=F("state")),
    When(email__state=EmailState.SENT, then=Value(RecipientState.SENT)),
    When(email__state=EmailState.FAILED, then=Value(RecipientState.FAILED)),
    When(email__state=EmailState.SUPPRESSED, then=Value(RecipientState.HELD)),
    default=Value(RecipientState.WRITTEN),
    output_field=CharField(),
)


def letters_to_agree_to(user: Any) -> QuerySet[MemberLetter]:
    """What waits for this person: not what they wrote or sent themselves."""
    waiting = MemberLetter.objects.filter(status=LetterStatus.WAITING)
    return waiting.exclude(asked_by=user.pk).exclude(written_by=user.pk)


@dataclass(frozen=True)
class LetterFigures:
    """How many members by what became of their letter, and why some got none."""

    counts: dict[str, int]
    reasons: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def of(self, state: str) -> int:
        return self.counts.get(state, 0)


def figures_of(letter: MemberLetter) -> LetterFigures:
    """One query."""
    counts: dict[str, int] = {}
    reasons: dict[str, int] = {}
    found = letter.recipients.annotate(now=NOW).values_list("now", "why").order_by().annotate(number=Count("pk"))
    for state, why, number in found:
        counts[state] = counts.get(state, 0) + number
        if state == RecipientState.HELD:
            said = WhyHeld(why).label if why else KEPT_BACK
            reasons[said] = reasons.get(said, 0) + number
    return LetterFigures(counts, sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
