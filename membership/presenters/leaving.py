"""Resignation and pause in words: what My membership offers, what stands, and what each choice means."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.templatetags.ui import day

from ..leaving import When, last_day
from ..models import Pause, Resignation, Term
from ..rules import ONE_DAY, Standing
from ..states import MembershipStatus


@dataclass(frozen=True)
class LeavingWords:
    """What stands, in a sentence each, and what may be asked for."""

    resigned: SafeString | str = ""
    may_take_back: bool = False
    rests: SafeString | str = ""
    waits: bool = False
    end_label: str = ""
    may_pause: bool = False
    may_resign: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to say or to do: of a membership that lapsed there is not."""
        return bool(self.resigned or self.rests or self.may_pause or self.may_resign)


def leaving_words(standing: Standing, pause: Pause | None, resignation: Resignation | None) -> LeavingWords:
    today = timezone.localdate()
    runs = standing.is_current or standing.status == MembershipStatus.FUTURE
    return LeavingWords(
        resigned=resigned_sentence(resignation, today),
        may_take_back=resignation is not None and resignation.last_day >= today,
        rests=pause_sentence(pause, today),
        waits=pause is not None and pause.is_waiting,
        end_label=_end_label(pause, today),
        may_pause=standing.status == MembershipStatus.ACTIVE and pause is None and resignation is None,
        may_resign=runs and resignation is None,
    )


def resigned_sentence(resignation: Resignation | None, on: date) -> SafeString | str:
    if resignation is None:
        return ""
    if resignation.last_day < on:
        return format_html("You resigned; your last day was {}.", day(resignation.last_day))
    last = "today" if resignation.last_day == on else day(resignation.last_day)
    return format_html("You have resigned. Your last day as a member is <em>{}</em>.", last)


def pause_sentence(pause: Pause | None, on: date) -> SafeString | str:
    """What is true of a pause today; a waiting one too."""
    if pause is None:
        return ""
    last = day(pause.back_on - ONE_DAY)
    if pause.is_waiting:
        return format_html("You asked for a pause from {} to {}. A person is reading it.", day(pause.starts_on), last)
    if pause.starts_on > on:
        return format_html("Your membership will rest from {} to <em>{}</em>.", day(pause.starts_on), last)
    return format_html("Your membership rests until <em>{}</em>. No day of your term is lost.", last)


def _end_label(pause: Pause | None, on: date) -> str:
    if pause is None:
        return ""
    return "I am back: end the pause" if not pause.is_waiting and pause.starts_on <= on else "Take the pause back"


def resign_days(terms: list[Term]) -> dict[str, date]:
    """The last day by choice, of those that differ."""
    today = timezone.localdate()
    found = {when: last_day(terms, today, when) for when in (When.END, When.NOW)}
    days = {str(when): last for when, last in found.items() if last}
    if days.get("end") == days.get("now"):
        days.pop("end", None)
    return days


def resign_labels(days: dict[str, date]) -> list[tuple[str, SafeString]]:
    words = {
        When.END: "At the end of what is paid: your last day is {}, and everything stays open until then",
        When.NOW: "Today: your last day is {}",
    }
    return [(when, format_html(words[When(when)], day(last))) for when, last in days.items()]
