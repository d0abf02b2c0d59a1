"""Typed readers for the environment: a wrong value stops the start, naming itself and what is allowed.

Only settings.py reads the environment, and only through these.
"""

import os
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in TRUE | FALSE:
        return raw in TRUE
    raise ImproperlyConfigured(f"{name} is {raw!r}; allowed are 1, true, yes, on, or 0, false, no, off.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if raw.isdecimal() and least <= int(raw) <= most:
        return int(raw)
    raise ImproperlyConfigured(f"{name} is {raw!r}; allowed is a whole number from {least} to {most}.")


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """A comma-separated list, without empty entries."""
    raw = os.environ.get(name, "")
    return [word.strip() for word in raw.split(",") if word.strip()] or list(default)
