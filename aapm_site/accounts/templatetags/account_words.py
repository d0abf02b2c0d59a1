"""Words of the account's pages."""

from typing import Any

from django import template

from ..devices import device

register = template.Library()
register.filter("device", device)

DANGER = frozenset({"danger", "delete"})
QUIET = frozenset({"outline", "secondary", "link", "cancel", "panel"})
SMALL = frozenset({"tool", "minor"})


@register.filter
def in_fours(key: str) -> str:
    """A long key in groups of four, so that it can be read off and typed."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


@register.filter
def button_kind(attrs: dict[str, Any]) -> str:
    """The look of one of allauth's buttons: what removes is danger, links and what is tagged so are quiet."""
    tags = attrs.get("tags") or ()
    if DANGER.intersection(tags):
        return "danger"
    return "quiet" if QUIET.intersection(tags) or attrs.get("href") or attrs.get("name") == "action_primary" else ""


@register.filter
def button_size(attrs: dict[str, Any]) -> str:
    return "s" if SMALL.intersection(attrs.get("tags") or ()) else ""
