"""What became of a letter to many, as the mail says it at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Q, Value, When

from ..models import Mailing
from ..states import EmailState, RecipientState

# The row's own word, unless the mail has said more since it was last taken over.
NOW = Case(
    When(Q(email__isnull=True), then=F("state")),
    When(email__state=EmailState.SENT, then=Value(RecipientState.SENT)),
    When(email__state=EmailState.FAILED, then=Value(RecipientState.FAILED)),
    When(email__state=EmailState.SUPPRESSED, then=Value(RecipientState.HELD)),
    default=Value(RecipientState.WRITTEN),
    output_field=CharField(),
)


@dataclass(frozen=True)
class MailingFigures:
    """How many readers by what became of their letter, and why some got none; without a word it was kept back late."""

    counts: dict[str, int]
    reasons: Sequence[tuple[str, int]]
    stopped: int = 0  # readers who stopped such letters after this one

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def written(self) -> int:
        """For how many a letter was written, whatever came of it afterwards."""
        return self.of(RecipientState.WRITTEN) + self.of(RecipientState.SENT) + self.of(RecipientState.FAILED)

    def of(self, state: str) -> int:
        return self.counts.get(state, 0)


def figures_of(mailing: Mailing | None) -> MailingFigures:
    """One query; none before it has begun."""
    counts: dict[str, int] = {}
    reasons: dict[str, int] = {}
    if mailing is None:
        return MailingFigures({}, ())
    stopped = 0
    by_state = mailing.recipients.annotate(now=NOW).values_list("now", "why").order_by()
    for state, why, number, no_more in by_state.annotate(number=Count("pk"), no_more=Count("stopped_at")):
        counts[state] = counts.get(state, 0) + number
        stopped += no_more
        if state == RecipientState.HELD:
            reasons[why] = reasons.get(why, 0) + number
    return MailingFigures(counts, sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])), stopped)
