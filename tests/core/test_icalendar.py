"""Calendar files by RFC 5545, read back by a small reader that knows the RFC and nothing of our writer."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aapm_site.core import icalendar
from aapm_site.core.icalendar import CalendarEvent, calendar, escape_text, fold

CHANGED = datetime(2026, 11, 29, 21, 30, tzinfo=UTC)
WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=400)


def unfold(written: str) -> list[str]:
    """Section 3.1: a line end before a space or a tab is none."""
    return re.sub(r"\r\n[ \t]", "", written).split("\r\n")


def unescape(value: str) -> str:
    """Section 3.3.11, sign by sign."""
    words, signs = "", iter(value)
    for sign in signs:
        words += {"n": "\n", "N": "\n"}.get(after := next(signs), after) if sign == "\\" else sign
    return words


def read(written: bytes) -> list[str]:
    return unfold(written.decode())


def value(lines: list[str], name: str) -> str:
    return next(line.split(":", 1)[1] for line in lines if re.split("[;:]", line)[0] == name)


def event(**fields) -> CalendarEvent:
    days = {"first": date(2027, 3, 5), "end": date(2027, 3, 8)}
    return CalendarEvent(**{"uid": "1@a.example", "title": "A course", "changed_at": CHANGED, **days, **fields})


def written(*events: CalendarEvent) -> bytes:
    return calendar("Meetings", "What is planned.", events, maker="-//A//B//EN")


@given(WORDS)
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(words):
    line = "SUMMARY:" + words.replace("\r", "").replace("\n", "")
    folded = fold(line)

    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert unfold(folded) == [line]


@given(WORDS)
def test_whatever_is_written_comes_back(words):
    lines = read(written(event(title=words)))
    shown = words.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(sign for sign in shown if sign in "\n\t" or (ord(sign) >= 0x20 and ord(sign) != 0x7F))

    assert unescape(value(lines, "SUMMARY")) == shown
    assert [line for line in lines if not re.match(r"[A-Z-]+[;:]", line)] == [""]


def test_a_letter_is_never_cut():
    assert fold("é" * 38).split("\r\n ") == ["é" * 37, "é"]
    assert fold("x" * 75) == "x" * 75
    assert fold("x" * 76) == f"{'x' * 75}\r\n x"
    assert fold("x" * 150) == f"{'x' * 75}\r\n {'x' * 74}\r\n x"


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("a, b; c", r"a\, b\; c"),
        ("a\\n", r"a\\n"),
        ("one\ntwo\r\nthree", r"one\ntwo\nthree"),
        ("bell\x07 and\x7f", "bell and"),
        ('12:30 "noon"', '12:30 "noon"'),
    ],
)
def test_signs_that_mean_something_are_escaped(words, escaped):
    assert escape_text(words) == escaped


def test_words_cannot_begin_a_line_of_their_own():
    lines = read(
        written(event(title="A\r\nEND:VEVENT\r\nATTENDEE:mailto:x@y.example", place="B\nURL:https://evil.example"))
    )

    assert lines.count("END:VEVENT") == 1
    assert not [line for line in lines if line.startswith(("ATTENDEE", "URL"))]


def test_moments_are_told_in_utc_and_days_as_days_with_the_day_after():
    central = ZoneInfo("America/Chicago")
    hours = {"first": datetime(2027, 3, 13, 9, tzinfo=central), "end": datetime(2027, 3, 14, 16, 30, tzinfo=central)}

    timed, whole = read(written(event(**hours))), read(written(event()))

    assert (value(timed, "DTSTART"), value(timed, "DTEND")) == ("20270313T150000Z", "20270314T213000Z")
    assert "DTSTART;VALUE=DATE:20270305" in whole
    assert "DTEND;VALUE=DATE:20270309" in whole


def test_the_whole_file_line_by_line():
    made = event(
        sequence=3, description="Bring a coat.", place="Hall, Austin", url="https://a.example/x/", is_canceled=True,
        categories=("Course",),
    )  # fmt: skip

    assert read(written(made)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//A//B//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Meetings",
        "X-WR-CALNAME:Meetings",
        "DESCRIPTION:What is planned.",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VEVENT",
        "UID:1@a.example",
        "DTSTAMP:20261129T213000Z",
        "LAST-MODIFIED:20261129T213000Z",
        "SEQUENCE:3",
        "DTSTART;VALUE=DATE:20270305",
        "DTEND;VALUE=DATE:20270309",
        "SUMMARY:A course",
        "DESCRIPTION:Bring a coat.",
        r"LOCATION:Hall\, Austin",
        "URL:https://a.example/x/",
        "CATEGORIES:Course",
        "STATUS:CANCELLED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_calendar_without_events_still_holds_a_component():
    lines = read(written())

    assert [line for line in lines if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "BEGIN:STANDARD",
    ]  # fmt: skip
    assert icalendar.NO_EVENTS[0] in lines
