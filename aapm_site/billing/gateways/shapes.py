"""The shape of what the card provider tells. A signature proves who speaks, not that it is what was expected.

Each reader takes one value out of an object and raises ValueError when it is of another kind.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

LONGEST_NUMBER = 100  # characters; the provider's own numbers have thirty, those of sessions seventy
LONGEST_TEXT = 2000
MOST_UNITS = 10**10
# What a text of the database cannot hold, and the sign that `storable` puts in its place.
UNSTORABLE, REPLACED = re.compile("[\x00\ud800-\udfff]"), "\ufffd"


def storable(value: Any) -> Any:
    """The same without what PostgreSQL's JSON refuses: NUL, halves of characters, and numbers that are none."""
    if isinstance(value, str):
        return UNSTORABLE.sub(REPLACED, value)
    if isinstance(value, dict):
        return {storable(name): storable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [storable(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def part(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no object.")  # noqa: TRY004 - a wrong value of a message, not of the program
    return value


def text(found: Mapping[str, Any], name: str, *, may_lack: bool = False, longest: int = LONGEST_NUMBER) -> str:
    value = found.get(name)
    if may_lack and value in (None, ""):
        return ""
    if not isinstance(value, str) or not 0 < len(value) <= longest or REPLACED in value or UNSTORABLE.search(value):
        raise ValueError(f"{name} is no text of at most {longest} characters.")
    return value


def whole(found: Mapping[str, Any], name: str) -> int:
    value = found.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is no whole number.")
    return value


def units(found: Mapping[str, Any], name: str) -> int:
    value = whole(found, name)
    if not 0 <= value < MOST_UNITS:
        raise ValueError(f"{name} is no amount of money.")
    return value


def flag(found: Mapping[str, Any], name: str) -> bool:
    value = found.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is neither true nor false.")  # noqa: TRY004 - as above
    return value


def currency(found: Mapping[str, Any]) -> str:
    value = text(found, "currency").upper()
    if len(value) != len("USD") or not (value.isascii() and value.isalpha()):
        raise ValueError("currency is no currency.")
    return value
