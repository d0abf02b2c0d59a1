"""Positions: named blocks that a room offers and any page body or template may show.

A body holds `{loadposition career-feed limit=6}`; a template says `{% position "career-feed" limit=6 %}`. An unknown
name, or an argument that the block does not take, shows nothing to a visitor and a warning to staff.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .registry import Registry
from .runtime.log_privacy import route_of

log = structlog.get_logger(__name__)

WRITTEN = re.compile(r"(?:<p>\s*)?\{loadposition\s+([\w-]+)((?:\s+[\w-]+=[\w./-]+)*)\s*\}(?:\s*</p>)?")


@dataclass(frozen=True)
class Position:
    """A named block; `arguments` maps each argument to the type that reads it. Editors choose from those offered."""

    name: str
    label: str
    render: Callable[..., str]
    arguments: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)
    order: int = 100
    is_offered: bool = True


class Unknown(LookupError):
    """No such position or argument; the text says which."""


positions: Registry[Position] = Registry()


def position(
    name: str,
    *,
    label: str,
    arguments: Mapping[str, Callable[[str], Any]] | None = None,
    is_offered: bool = True,
) -> Callable[[Callable[..., str]], Position]:
    """Make the decorated render(request, **arguments) a block of this name, with a label for editors."""

    def make(render: Callable[..., str]) -> Position:
        return Position(name, label, render, arguments or {}, is_offered=is_offered)

    return make


def _read(block: Position, arguments: Mapping[str, Any]) -> dict[str, Any]:
    values = {}
    for key, raw in arguments.items():
        if key not in block.arguments:
            raise Unknown(f"“{block.name}” takes no argument “{key}”.")
        try:
            values[key] = block.arguments[key](raw)
        except (TypeError, ValueError) as wrong:
            raise Unknown(f"“{raw}” does not fit the argument “{key}” of “{block.name}”.") from wrong
    return values


def render(name: str, request: HttpRequest, **arguments: Any) -> SafeString:
    """The block's HTML, or the warning for staff (empty for everybody else)."""
    try:
        block = positions.get(name)
        if block is None:
            raise Unknown(f"There is no position “{name}”.")
        return mark_safe(block.render(request, **_read(block, arguments)))  # noqa: S308 - rooms render templates
    except Unknown as unknown:
        log.warning("position.unknown", name=name, route=route_of(request))
        user = getattr(request, "user", None)
        if getattr(user, "acts_as_staff", False):
            return render_to_string("components/position_warning.html", {"warning": str(unknown)})
        return mark_safe("")


def expand(html: str, request: HttpRequest) -> SafeString:
    """Sanitized HTML with every written position replaced by its block."""

    def block(found: re.Match[str]) -> str:
        arguments = dict(pair.split("=", 1) for pair in found[2].split())
        return render(found[1], request, **arguments)

    return mark_safe(WRITTEN.sub(block, html))  # noqa: S308 - the input is sanitized, the blocks are templates


def without(html: str) -> str:
    """The text without positions: for feeds, excerpts and search."""
    return WRITTEN.sub("", html)
