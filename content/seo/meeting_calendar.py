"""Meetings as calendars read them: one to add, and all of them to follow."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from aapm_site.core import icalendar
from aapm_site.core.association import association_name
from aapm_site.core.seo import absolute
from content.queries.meetings import PublicMeeting

ABOUT = "Meetings, courses and webinars on pain medicine."


def meeting_calendar(meetings: Iterable[PublicMeeting], name: str = "") -> bytes:
    """A file that holds these; without a name of its own it bears that of the list."""
    ours = association_name()
    host = urlsplit(settings.SITE_ORIGIN).hostname
    maker = f"-//{ours}//{host}//EN"
    name = name or f"{ours}: Meetings and education"
    return icalendar.calendar(name, ABOUT, [_event(one, str(host)) for one in meetings], maker=maker)


def _event(meeting: PublicMeeting, host: str) -> icalendar.CalendarEvent:
    all_day = meeting.is_all_day
    return icalendar.CalendarEvent(
        uid=f"meeting-{meeting.public_id}@{host}",
        title=f"Canceled: {meeting.title}" if meeting.is_canceled else meeting.title,
        first=meeting.starts_on if all_day else meeting.begins_at,
        end=meeting.last_on if all_day else meeting.ends_at,
        changed_at=meeting.updated_at,
        sequence=meeting.sequence,
        description=_description(meeting),
        place=meeting.address or "Online",
        url=absolute(meeting.path),
        is_canceled=meeting.is_canceled,
        categories=(meeting.kind_label,),
    )


def _description(meeting: PublicMeeting) -> str:
    """What a reader wants to know without the page, then its address."""
    canceled = f"Canceled. {meeting.canceled_because}" if meeting.is_canceled else ""
    parts = (canceled, meeting.summary, f"Credit: {meeting.credit}" if meeting.credit else "", absolute(meeting.path))
    return "\n\n".join(part for part in parts if part)
