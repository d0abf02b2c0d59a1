"""The days of an initiative in words, as its banner and its page say them."""

from dataclasses import dataclass
from datetime import date

from content.rules import Occurrence, Phase

INVITATIONS = {
    Phase.BEFORE: "What it is, and how to take part",
    Phase.DURING: "What happens, and how to take part",
    Phase.AFTER: "What it was, and what it brought",
}
AHEAD = "Plan ahead, and see what it brought"  # once the days are over and the next ones are known
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
    banner: tuple[date, date]  # the days of which banners speak: these, or once they are over the next


def initiative_days(now: Occurrence) -> InitiativeDays:
    is_over = now.phase == Phase.AFTER
    is_ahead = is_over and now.again is not None
    has_line = now.phase == Phase.BEFORE or now.length > 1
    return InitiativeDays(
        now.first,
        now.last,
        now.words,
        is_over,
        kicker="Next:" if is_ahead else "Last held" if is_over else f"{now.words}:",
        invitation=AHEAD if is_ahead else INVITATIONS[now.phase],
        plan="The days to come" if now.phase == Phase.DURING else "What is planned",
        share=now.share,
        ends=ENDS.get(now.phase) if has_line else None,
        again=now.again,
        banner=(now.again, now.again + (now.last - now.first)) if is_over and now.again else (now.first, now.last),
    )
