"""Words of the account's pages."""

from django import template

from ..devices import device

register = template.Library()
register.filter("device", device)


@register.filter
def in_fours(key: str) -> str:
    """A long key in groups of four, so that it can be read off and typed."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
