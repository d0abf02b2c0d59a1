"""The site's template tags: what every page may use, whatever room it belongs to."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from aapm_site.core import positions, registries
from aapm_site.core.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """One icon of `core.icons`, hidden from assistive technology: the words beside it speak. KeyError on a slip."""
    return format_html(
        '<svg class="{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        f"icon {extra_class}".strip(),
        mark_safe(ICONS[name]),  # noqa: S308 our own drawings
    )


@register.simple_tag(takes_context=True)
def site_menu(context: template.Context, name: str) -> list[Any]:
    """The entries of a menu, each with title, url, children and current; empty while nobody has registered one."""
    return registries.menus(name, context.get("request"))


@register.simple_tag(takes_context=True)
def position(context: template.Context, name: str, **arguments: Any) -> SafeString:
    """A named block that a room contributes; see core.positions."""
    return positions.render(name, context.get("request"), **arguments)


JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def jsonld(items: Any) -> SafeString:
    """Structured data as data blocks, which no policy blocks and no browser runs; `<` cannot close the block."""
    if not items:
        return mark_safe("")
    blocks = [items] if isinstance(items, dict) else items
    written = (json.dumps(block, ensure_ascii=False, default=str).translate(JSON_ESCAPES) for block in blocks)
    return mark_safe(  # noqa: S308 escaped above
        "\n".join(f'<script type="application/ld+json">{text}</script>' for text in written)
    )
