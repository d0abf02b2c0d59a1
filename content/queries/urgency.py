"""Urgent wording as searches read it: the kinds that are in use, once for everybody."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from aapm_site.core.cache.remembered import remembered
from aapm_site.core.search.urgent_help import UrgentHelp
from content.models import Urgency
from content.text.urgency import holds_phrase, plainly


@dataclass(frozen=True)
class UrgentKind:
    """One kind of emergency, with its phrases one a line."""

    name: str
    phrases: str
    help: SafeString


@remembered
def urgent_kinds() -> tuple[UrgentKind, ...]:
    """Those in use, in the editors' order."""
    rows = Urgency.objects.filter(is_on=True).values_list("name", "phrases", "help")
    return tuple(
        UrgentKind(name, phrases, mark_safe(html))  # noqa: S308 - cleaned when it was stored
        for name, phrases, html in rows
    )


def urgent_help(typed: str) -> list[UrgentHelp]:
    """The help for what these words sound like, heard as the form for questions hears it."""
    words = plainly(typed)
    return [UrgentHelp(kind.name, kind.help) for kind in urgent_kinds() if holds_phrase(words, kind.phrases)]
