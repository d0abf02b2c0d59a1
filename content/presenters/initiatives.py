"""The days of an initiative in words, as its banner and its page say them."""

from dataclasses import dataclass
from datetime import date

from content.rules import Occurrence, Phase

INVITATIONS = {
    Phase.BEFORE: "What it is, and how to take part",
    Phase.DURING: "What happens, and how to take part",
    Phase.AFTER: "What it was, and what it brought",
}
ENDS = {Phase.BEFORE: ("a year before", "first day"), Phase.DURING: ("first day", "last day")}


@dataclass(frozen=True)
class InitiativeDays:
    """When an initiative is, as one day sees it.

    `share` is how far along the line the day stands, `ends` are the words at both ends of that line.
    """

    first: date
    last: date
    words: str
    is_over: bool
    kicker: str
    invitation: str
    plan: str
    share: float
    ends: tuple[str, str] | None
    again: date | None


def initiative_days(now: Occurrence) -> InitiativeDays:
    is_over = now.phase == Phase.AFTER
    has_line = now.phase == Phase.BEFORE or now.length > 1
    return InitiativeDays(
        now.first,
        now.last,
        now.words,
        is_over,
        kicker="Last held" if is_over else f"{now.words}:",
        invitation=INVITATIONS[now.phase],
        plan="The days to come" if now.phase == Phase.DURING else "What is planned",
        share=now.share,
        ends=ENDS.get(now.phase) if has_line else None,
        again=now.again,
    )
