"""What the clock changes in this room, so that staff see it coming."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow, DueWork
from content.domain.prepared import publish_due_change
from content.models import Meeting
from content.queries.meetings import PublicMeeting
from content.queries.scheduled import due_pages, due_prepared_changes


def due_changes(at: datetime) -> Iterator[DueRow]:
    """Registrations that close by then, and meetings that go to those that are over; one query."""
    now = timezone.now()
    for row in Meeting.objects.taking_place().ahead(now).defer("search"):
        seen = PublicMeeting.of(row)
        url = reverse("admin:content_meeting_change", args=[row.pk])
        closes = seen.registration_ends_at
        if closes and now < closes <= min(at, seen.ends_at):
            yield DueRow(f"closes-{row.pk}", f"Registration for “{row}” closes", closes, url)
        if seen.ends_at <= at:
            yield DueRow(f"ends-{row.pk}", f"“{row}” is over", seen.ends_at, url)


MEETINGS = DueWork(
    "meetings",
    "Meetings that end, and registrations that close",
    due_changes,
    do=None,
    permission="content.view_meeting",
    order=20,
)
PAGES_AHEAD = DueWork(
    "pages-ahead",
    "Pages that go public, and that end",
    due_pages,
    do=None,
    permission="content.view_page",
    order=21,
)
PREPARED_CHANGES = DueWork(
    "prepared-changes",
    "Prepared changes of pages",
    due_prepared_changes,
    publish_due_change,
    permission="content.publish_page",
    order=22,
)
