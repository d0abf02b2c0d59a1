"""A letter to a group in words: how far it is, and who gets it."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.templatetags.ui import day

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
    if letter.is_draft:
        count = readers_of(letter.group).count()
        people = "One member gets" if count == 1 else f"{count or 'No'} members get"
        return LetterWords("Being written", "", f"{people} the group’s letters today.", count)
    counts = letter.readers.aggregate(
        everybody=Count("pk"), told=Count("pk", filter=Q(told_at__isnull=False, email__isnull=False))
    )
    told, everybody = counts["told"], counts["everybody"]
    if letter.stopped_at:
        return LetterWords(
            "Stopped",
            "bad",
            format_html("On {}, when it was written to {} of {}.", day(letter.stopped_at), told, everybody),
        )
    if letter.done_at:
        return LetterWords(
            "Sent",
            "good",
            format_html(
                "On {}, to {} of {}. The others had left or stopped its letters by then.",
                day(letter.done_at),
                told,
                everybody,
            )
            if told < everybody
            else format_html("On {}, to {}.", day(letter.done_at), told),
        )
    return LetterWords("Being sent", "wait", f"Written to {told} of {everybody} so far. It goes in small portions.")


def state_of(letter: GroupLetter) -> tuple[str, str]:
    """The mark alone, for a list: no query."""
    if letter.is_draft:
        return "Being written", ""
    if letter.stopped_at:
        return "Stopped", "bad"
    return ("Sent", "good") if letter.done_at else ("Being sent", "wait")
