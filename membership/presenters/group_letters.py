"""A letter to a group in words: how far it is, and who gets it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.templatetags.ui import day
from aapm_site.mail.queries.mailings import figures_of

from ..domain.group_letters import readers_of
from ..models import GroupLetter


@dataclass(frozen=True)
class LetterWords:
    """Where it stands, as a mark and a sentence; for a draft, how many would get it now."""

    state: str
    tone: str
    text: SafeString | str
    readers: int = 0


def letter_words(letter: GroupLetter) -> LetterWords:
    """One query, none for its state alone."""
    mailing = letter.mailing
    if mailing is None:
        count = readers_of(letter.group).count()
        people = "One member gets" if count == 1 else f"{count or 'No'} members get"
        return LetterWords("Being written", "", f"{people} the group’s letters today.", count)
    figures = figures_of(mailing)
    told, everybody = figures.written, figures.total
    text: SafeString | str
    if mailing.stopped_at:
        text = format_html("On {}, when it was written to {} of {}.", day(mailing.stopped_at), told, everybody)
    elif mailing.done_at:
        text = _all_sent(mailing.done_at, told, everybody)
    else:
        text = f"Written to {told} of {everybody} so far. It goes in small portions."
    return LetterWords(*state_of(letter), text)


def _all_sent(at: datetime, told: int, everybody: int) -> SafeString:
    if told < everybody:
        words = "On {}, to {} of {}. The others had left or stopped its letters by then."
        return format_html(words, day(at), told, everybody)
    return format_html("On {}, to {}.", day(at), told)


def state_of(letter: GroupLetter) -> tuple[str, str]:
    """The mark alone, for a list: no query where the mailing is loaded."""
    mailing = letter.mailing
    if mailing is None:
        return "Being written", ""
    if mailing.stopped_at:
        return "Stopped", "bad"
    return ("Sent", "good") if mailing.done_at else ("Being sent", "wait")
