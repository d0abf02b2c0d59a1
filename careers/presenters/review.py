"""The review desk in words: what has changed since a position was read, why it may go back, where it stands."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString

from aapm_site.core import html_diff

from ..choices import ReturnReason
from ..job_words import TEXT
from ..queries.review import QueuePlace

# What the employer reads first; whoever reviews changes it before it goes.
SENTENCES = {
    ReturnReason.PAY: (
        "Please look at the pay again: we could not find a range, or the figures do not fit the length of time that "
        "they are for."
    ),
    ReturnReason.NOT_PAIN: (
        "Our readers look for work in pain medicine. Please say which part of this position that is; if there is none, "
        "it does not belong here."
    ),
    ReturnReason.CONTACT: (
        "Please take the address, the e-mail or the telephone number out of the text. How to apply has fields of its "
        "own, at the end of the form."
    ),
    ReturnReason.SEVERAL: (
        "This holds several positions in one. Please post each by itself, so that people find the one for them; each "
        "uses one posting."
    ),
    ReturnReason.TWIN: (
        "This is much like another of your positions. If you look for two people, please say how the two differ; if "
        "not, please withdraw one of them."
    ),
    ReturnReason.FAIR: (
        "Some words may shut people out who qualify. Please describe the work, and what somebody must be able to do, "
        "instead of the person."
    ),
    ReturnReason.THIN: "Please say more of the work itself: an ordinary day, the team, and what you offer.",
}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class WordsChange:
    """One part of a position that says something else now: a line, or the blocks of its text."""

    label: str
    words: SafeString | None = None
    blocks: Sequence[html_diff.DiffBlock] = ()


def changes_between(before: Mapping[str, str], now: Mapping[str, str]) -> list[WordsChange]:
    """What differs, with marks, in the order of the page."""
    labels = [*now, *(label for label in before if label not in now)]
    return [_change(label, before.get(label, ""), now.get(label, "")) for label in labels
            if before.get(label, "") != now.get(label, "")]  # fmt: skip


def _change(label: str, before: str, now: str) -> WordsChange:
    if label == TEXT:
        return WordsChange(label, blocks=html_diff.changes_only(html_diff.text_difference(before, now)))
    return WordsChange(label, words=html_diff.line_difference(before, now))


def letter_of(codes: Sequence[str]) -> str:
    """The sentences of the chosen reasons, each a paragraph."""
    return "\n\n".join(SENTENCES[ReturnReason(code)] for code in codes)


def queue_words(found: QueuePlace | None) -> str:
    """Where a position stands among those that wait, and how long that usually takes."""
    if found is None:
        return ""
    place = place_words(found.place)
    total = _in(NUMBERS, found.total) or str(found.total)
    the = "the " if found.place <= len(ORDINALS) else ""
    stands = "the only one" if found.total == 1 else f"{the}{place} of {total}"
    usual = f"; usually read within {_length(found.usual)}" if found.usual is not None else ""
    return f"It is {stands} that our staff are to read{usual}."


def place_words(place: int) -> str:
    """third; number 12."""
    return _in(ORDINALS, place) or f"number {place}"


def _in(words: Sequence[str], number: int) -> str:
    return words[number - 1] if number <= len(words) else ""


def _length(span: timedelta) -> str:
    """Rounded up, so that it is rather kept than not."""
    hours = math.ceil(span.total_seconds() / 3600)
    if hours <= 1:
        return "an hour"
    return f"{hours} hours" if hours <= 48 else f"{math.ceil(hours / 24)} days"
