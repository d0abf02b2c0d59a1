"""What a meeting says of itself to search engines: a schema.org Event."""

from datetime import datetime
from typing import Any

from aapm_site.core.association import association_name
from aapm_site.core.seo import absolute, social_image
from content.queries.meetings import PublicMeeting
from content.states import MeetingFormat, MeetingKind

MODES = {
    MeetingFormat.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    MeetingFormat.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    MeetingFormat.BOTH: "https://schema.org/MixedEventAttendanceMode",
}
TAUGHT = (MeetingKind.COURSE, MeetingKind.WORKSHOP, MeetingKind.WEBINAR)


def meeting_ld(meeting: PublicMeeting, at: datetime) -> dict[str, Any]:
    """The Event, with its status, its places and, while one can register, its offer."""
    status = "EventCancelled" if meeting.is_canceled else "EventScheduled"
    block: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "EducationEvent" if meeting.kind in TAUGHT else "Event",
        "name": meeting.title,
        "description": meeting.summary,
        "url": absolute(meeting.path),
        "image": [social_image(meeting.path)],
        "inLanguage": "en-US",
        "startDate": _moment(meeting, meeting.begins_at) if not meeting.is_all_day else meeting.starts_on.isoformat(),
        "endDate": _moment(meeting, meeting.ends_at) if not meeting.is_all_day else meeting.last_on.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": MODES[MeetingFormat(meeting.format)],
        "location": _location(meeting),
        "organizer": _organizer(meeting),
    }
    if meeting.for_whom:
        block["audience"] = {"@type": "Audience", "audienceType": meeting.for_whom}
    if meeting.takes_registrations(at):
        block["offers"] = _offer(meeting)
    return block


def _moment(meeting: PublicMeeting, at: datetime) -> str:
    return at.astimezone(meeting.zone).isoformat()


def _location(meeting: PublicMeeting) -> Any:
    there = {
        "@type": "Place",
        "name": meeting.venue or meeting.town,
        "address": {
            "@type": "PostalAddress",
            **({"streetAddress": meeting.street} if meeting.street else {}),
            "addressLocality": meeting.town,
            **({"addressRegion": meeting.region} if meeting.region else {}),
        },
    }
    online = {"@type": "VirtualLocation", "url": meeting.registration_url or absolute(meeting.path)}
    if meeting.format == MeetingFormat.BOTH:
        return [there, online]
    return online if meeting.is_online else there


def _organizer(meeting: PublicMeeting) -> dict[str, Any]:
    ours = association_name()
    name = meeting.organizer or ours
    return {"@type": "Organization", "name": name, **({"url": absolute("/")} if name == ours else {})}


def _offer(meeting: PublicMeeting) -> dict[str, Any]:
    ends = meeting.registration_ends_at
    return {
        "@type": "Offer",
        "url": meeting.registration_url,
        "availability": "https://schema.org/InStock",
        **({"description": meeting.price} if meeting.price else {}),
        **({"validFrom": _moment(meeting, meeting.published_at)} if meeting.published_at else {}),
        **({"validThrough": _moment(meeting, ends)} if ends else {}),
    }
