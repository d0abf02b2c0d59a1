"""The next thing of the year: an initiative that goes on, else whatever begins first, an event or an initiative."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from content.models import Meeting
from content.queries import initiatives
from content.queries.entries import ListedPage
from content.queries.meetings import PublicMeeting
from content.rules import Occurrence, Phase, occurrence


@dataclass(frozen=True)
class ComingNext:
    """A meeting or an initiative, what today is to it, and until when that is so; neither in a year without plans."""

    meeting: PublicMeeting | None
    initiative: ListedPage | None
    now: Occurrence | None
    until: datetime


@remembered
def coming_next(at: datetime) -> ComingNext:
    """Never what is over. Two queries."""
    lead = initiatives.next_one(at)
    found = _next_meeting(at)
    until = min(lead.until, found.ends_at) if found else lead.until
    if found is None or not (lead.now is None or _comes_first(found, lead.now)):
        lifetime.ends_at(until)
        return ComingNext(None, lead.page, lead.now, until)
    # Its days are counted by the calendar of its place, where midnight may come before ours.
    today = at.astimezone(found.zone).date()
    until = min(until, datetime.combine(today + timedelta(days=1), time(), found.zone))
    lifetime.ends_at(until)
    return ComingNext(found, None, occurrence(found.starts_on, found.last_on, today), until)


def _next_meeting(at: datetime) -> PublicMeeting | None:
    row = Meeting.objects.taking_place().ahead(at).defer("search").first()
    return PublicMeeting.of(row) if row else None


def _comes_first(meeting: PublicMeeting, initiative: Occurrence) -> bool:
    """A month that goes on leads; before it, whatever begins first, and of one day the meeting."""
    return initiative.phase != Phase.DURING and meeting.starts_on <= initiative.first
