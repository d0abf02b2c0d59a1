"""Pages, menus, questions and meetings for tests, as plain functions."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from content.domain import meetings, pages
from content.models import Meeting, Page
from content.states import MeetingFormat, MeetingStatus, PageStatus

CHICAGO = ZoneInfo("America/Chicago")


def page(slug: str = "about", **fields: Any) -> Page:
    """A page that was published yesterday, unless the fields say otherwise."""
    fields.setdefault("title", slug.replace("-", " ").capitalize())
    fields.setdefault("summary", f"About {slug}.")
    fields.setdefault("published_at", timezone.now() - timedelta(days=1))
    fields.setdefault("status", PageStatus.PUBLISHED)
    return pages.save_page(Page(slug=slug, **fields))


def news(slug: str, at: datetime | None = None, **fields: Any) -> Page:
    """One entry of the news."""
    if at is not None:
        fields["published_at"] = at
    return page(slug, kind=fields.pop("kind", "news"), **fields)


def chicago(*numbers: int) -> datetime:
    """An instant by the association's clock."""
    return datetime(*numbers, tzinfo=CHICAGO)


def meeting(slug: str = "spring-course", **fields: Any) -> Meeting:
    """A meeting in a town, published yesterday, of three days that begin in ten, unless the fields say otherwise."""
    fields.setdefault("title", slug.replace("-", " ").capitalize())
    fields.setdefault("summary", f"What {slug} is about.")
    fields.setdefault("status", MeetingStatus.PUBLISHED)
    if fields["status"] != MeetingStatus.DRAFT:
        fields.setdefault("published_at", timezone.now() - timedelta(days=1))
    if "starts_on" not in fields:
        fields["starts_on"] = timezone.localdate() + timedelta(days=10)
        fields.setdefault("ends_on", fields["starts_on"] + timedelta(days=2))
    if fields.get("format") != MeetingFormat.ONLINE:
        fields = {"town": "Austin", "region": "Texas", **fields}
    return meetings.save_meeting(Meeting(slug=slug, **fields))
