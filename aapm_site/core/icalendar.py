"""Calendar files by RFC 5545: lines of at most 75 octets, values escaped, moments in UTC, days as days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75  # octets, without the end of the line
LINE_END = "\r\n"
REFRESH = "PT12H"  # how often a calendar that follows asks again
# A calendar holds a component at least (section 3.6); one without an event holds the zone that its moments are in.
NO_EVENTS = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class CalendarEvent:
    """One event. `first` and `end` are two moments, or two days of which the second is the last one."""

    uid: str
    title: str
    first: date
    end: date
    changed_at: datetime
    sequence: int = 0
    description: str = ""
    place: str = ""
    url: str = ""
    is_canceled: bool = False
    categories: tuple[str, ...] = field(default=())


def escape_text(words: str) -> str:
    """A TEXT value (section 3.3.11): backslash, semicolon, comma and line ends; no other sign of control."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(sign for sign in lines if sign in "\n\t" or (ord(sign) >= 0x20 and ord(sign) != 0x7F))
    for sign in "\\;,":
        shown = shown.replace(sign, f"\\{sign}")
    return shown.replace("\n", "\\n")


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets, each further one behind a space (section 3.1). No letter is cut."""
    pieces: list[str] = []
    piece, room = "", LONGEST_LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1  # for the space
        piece += sign
        room -= size
    return f"{LINE_END} ".join([*pieces, piece])


def moment(at: datetime) -> str:
    """A moment in UTC, as every calendar reads it without knowing any zone."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar(name: str, about: str, events: Iterable[CalendarEvent], *, maker: str) -> bytes:
    """The whole file. `maker` is the PRODID: who has made it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{escape_text(maker)}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escape_text(name)}",
        f"X-WR-CALNAME:{escape_text(name)}",
        f"DESCRIPTION:{escape_text(about)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        *([line for event in events for line in _lines(event)] or NO_EVENTS),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold(line)}{LINE_END}" for line in lines).encode()


def _lines(event: CalendarEvent) -> Iterator[str]:
    changed = moment(event.changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{escape_text(event.uid)}"
    yield f"DTSTAMP:{changed}"  # of what is published, when it was last changed: the same file for every reader
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{event.sequence}"
    yield from _span(event.first, event.end)
    yield f"SUMMARY:{escape_text(event.title)}"
    for name, words in (("DESCRIPTION", event.description), ("LOCATION", event.place)):
        if words:
            yield f"{name}:{escape_text(words)}"
    if event.url:
        yield f"URL:{event.url}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(escape_text, event.categories))}"
    yield f"STATUS:{'CANCELLED' if event.is_canceled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _span(first: date, end: date) -> Iterator[str]:
    """Two moments; or days, whose end is the day after the last."""
    if isinstance(first, datetime) and isinstance(end, datetime):
        yield f"DTSTART:{moment(first)}"
        yield f"DTEND:{moment(end)}"
    else:
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}"
