"""Help that comes before anything found: what somebody types into a search may be a cry for it.

Rooms register what they hear in typed words. Such words are never corrected, counted or answered with guesses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ..registry import Registry


@dataclass(frozen=True)
class UrgentHelp:
    """Whom to call in one kind of emergency, as HTML that was cleaned when staff stored it."""

    name: str
    html: SafeString


@dataclass(frozen=True)
class UrgentHelpSource:
    """hear(typed) gives the help for words as they were typed, all of them: an emergency may take many words."""

    name: str
    hear: Callable[[str], Sequence[UrgentHelp]]
    order: int = 100


urgent_help_sources: Registry[UrgentHelpSource] = Registry()


def help_for(typed: str) -> list[UrgentHelp]:
    """The help to show before anything else; empty for all ordinary words."""
    return [found for source in urgent_help_sources for found in source.hear(typed)] if typed else []
