"""What the logs may say: the route of a request and the kind of a fault, never a token, a query or a typed word.

A log is kept longer than what it tells of, and is read by more people. So a line names the pattern of the address
(`/pay/<slug:token>/`), and a fault says where it happened; what a message quotes is left out.
"""

import re
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

from django.http import HttpRequest

UNKNOWN_ROUTE = "(no route)"
# What a message tells of the input: in quotes, in the brackets of a constraint's key, after an address's origin, a
# person's address, and the database's lines below its first.
QUOTED = re.compile(r"'[^\n]*'|\"[^\n]*\"|“[^\n]*”|\([^()\n]+\)|<[^>\n]*>|(?<=://)[^\s/]+/\S*|\S+@\S+|(?<=\s)/\S+")
Event = MutableMapping[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def scrub(text: str) -> str:
    """The first line of a message without what it quotes."""
    return QUOTED.sub("…", text.partition("\n")[0])


def route_of(request: HttpRequest) -> str:
    """The pattern that the address fits."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else UNKNOWN_ROUTE


def format_fault(exc_info: ExcInfo | Any) -> str:
    """A traceback as Python writes it, with scrubbed messages: frames of our own code, and no values."""
    return "\n".join(_lines(exc_info[1], set())).rstrip("\n")


def _lines(fault: BaseException | None, seen: set[int]) -> list[str]:
    if fault is None or id(fault) in seen:
        return []
    seen.add(id(fault))
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    frames = "".join(traceback.format_tb(fault.__traceback__))
    kind = f"{type(fault).__module__}.{type(fault).__qualname__}".removeprefix("builtins.")
    return [*_lines(before, seen), f"{frames}{kind}: {scrub(str(fault))}"]


def without_typed_words(logger: Any, method: str, event: Event) -> Event:
    """For lines of libraries: those about a request say its status and route, as ours do, and not its path."""
    record = event.get("_record")
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        event.update(event="request_refused", code=getattr(record, "status_code", None), route=route_of(request))
    elif record is not None and record.exc_info:
        event["event"] = scrub(str(event["event"]))
    return event
