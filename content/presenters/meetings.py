"""A meeting in words: when, where, what it brings, and what to do next."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.association import association_name
from aapm_site.core.seo import absolute
from aapm_site.core.templatetags.ui import date_range, day
from content.queries.meetings import Program, PublicMeeting
from content.states import MeetingKind

# The sign beside the word of each kind.
SIGNS: dict[str, str] = {
    MeetingKind.CONFERENCE: "users",
    MeetingKind.MEETING: "calendar",
    MeetingKind.COURSE: "board",
    MeetingKind.WORKSHOP: "edit",
    MeetingKind.WEBINAR: "screen",
}


# What several of a kind are called, as the title of their list.
PLURALS: dict[str, str] = {
    MeetingKind.CONFERENCE: "Conferences",
    MeetingKind.MEETING: "Meetings",
    MeetingKind.COURSE: "Courses",
    MeetingKind.WORKSHOP: "Workshops",
    MeetingKind.WEBINAR: "Webinars",
}
FEWEST_KINDS = 3  # fewer are told apart at a glance


@dataclass(frozen=True)
class KindOfMeetings:
    """One choice above the list; that of all has no kind."""

    label: str
    number: int
    url: str
    current: bool


def kinds(program: Program, chosen: str) -> list[KindOfMeetings]:
    """The kinds that lie ahead, those of a list of its own always; nothing where there are too few to choose among."""
    if not chosen and len(program.kinds) < FEWEST_KINDS:
        return []
    asked = [("", program.ahead), *program.kinds, *([] if program.of(chosen) else [(chosen, 0)])]
    return [
        KindOfMeetings(
            PLURALS.get(kind, "All"),
            number,
            reverse("content:meetings-kind", args=[kind]) if kind else reverse("content:meetings"),
            kind == chosen,
        )
        for kind, number in asked
    ]


def days(meeting: PublicMeeting) -> SafeString:
    """Its days in full, nothing said twice."""
    return date_range(meeting.starts_on, meeting.last_on)


def facts(meeting: PublicMeeting, at: datetime) -> list[tuple[str, str]]:
    """What one wants to know at a glance."""
    by_the_clock = meeting.hours
    when = format_html('{}<span class="far">{}</span>', days(meeting), by_the_clock) if by_the_clock else days(meeting)
    return [
        ("When", when),
        ("Where", meeting.address or "Online"),
        ("How one takes part", meeting.format_label if meeting.address else ""),
        ("Credit", meeting.credit),
        ("Who it is for", meeting.for_whom),
        ("What it costs", meeting.price),
        ("Register by", day(meeting.registration_until) if meeting.takes_registrations(at) else ""),
        ("Organizer", meeting.organizer or association_name()),
    ]


@dataclass(frozen=True)
class MeetingState:
    """What the clock and the staff have made of it: `tone` of the note, its bold words, and what to do next."""

    tone: str
    title: str
    words: str


def state(meeting: PublicMeeting, at: datetime) -> MeetingState | None:
    """What a reader must be told before all else; None for one that simply lies ahead."""
    if meeting.is_canceled:
        return MeetingState("warn", "Canceled.", meeting.canceled_because)
    if meeting.is_over(at):
        return MeetingState("", "This is over.", "")
    if meeting.begins_at <= at:
        return MeetingState("good", "It is going on now.", "")
    if meeting.registration_url and not meeting.takes_registrations(at):
        return MeetingState("", "Registration has closed.", "")
    return None


@dataclass(frozen=True)
class CalendarAddress:
    """Where a calendar asks for all meetings: `to_follow` opens one that asks again and again, which https does not;
    `parts` are the address as one copies it, cut where a line may end.
    """

    to_follow: str
    parts: tuple[str, ...]


def calendar_address(path: str) -> CalendarAddress:
    """That of the file at this path."""
    address = absolute(path)
    parts = re.findall(r"^https?://[^/]+/|[^/]*/|[^/]+", address)
    return CalendarAddress(re.sub(r"^https?:", "webcal:", address), tuple(parts))


@dataclass(frozen=True)
class EmptyProgram:
    """What stands where nothing lies ahead, and where one goes from there."""

    text: str
    url: str
    label: str


def nothing_ahead(kind: str = "") -> EmptyProgram:
    if kind:
        words = f"No {MeetingKind(kind).label.lower()} is announced at the moment."
        return EmptyProgram(words, reverse("content:meetings"), "See everything that lies ahead")
    return EmptyProgram(
        "Nothing is announced at the moment. New meetings and courses stand here as soon as they have a date.",
        reverse("content:news"),
        "Read the news",
    )
