"""The Atom feed of meetings: what was announced last, canceled ones too."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape, strip_tags

from aapm_site.core.association import association_name
from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.feeds import NEWEST, SiteFeed, tag_uri
from aapm_site.core.forms import without_control
from aapm_site.core.seo import absolute
from aapm_site.core.templatetags.ui import date_range
from content.models import Meeting
from content.queries.meetings import PublicMeeting


class Announcements(Feed):
    """The newest announcements, with their days and place before the summary."""

    feed_type = SiteFeed
    subtitle = "Meetings, courses and webinars, as they are announced."

    def __init__(self, path: str) -> None:
        self.author_name = association_name()
        self.title = f"{self.author_name}: Meetings and education"
        self.link = absolute("/meetings/")
        self.feed_url = absolute(path)
        self.feed_guid = tag_uri(path)
        self.author_link = absolute("/")

    def items(self) -> list[PublicMeeting]:
        rows = Meeting.objects.shown().defer("search").order_by("-published_at", "-pk")[:NEWEST]
        return [PublicMeeting.of(row) for row in rows]

    def item_title(self, meeting: PublicMeeting) -> str:
        return without_control(f"Canceled: {meeting.title}" if meeting.is_canceled else meeting.title)

    def item_description(self, meeting: PublicMeeting) -> str:
        """Atom's summaries are read as HTML, so that signs in a plain one are written as entities."""
        days = strip_tags(date_range(meeting.starts_on, meeting.last_on))
        return escape(without_control(f"{days}. {meeting.place}. {meeting.summary}"))

    def item_link(self, meeting: PublicMeeting) -> str:
        return absolute(meeting.path)

    def item_guid(self, meeting: PublicMeeting) -> str:
        return tag_uri(f"meeting/{meeting.public_id}")

    def item_pubdate(self, meeting: PublicMeeting) -> datetime | None:
        return meeting.published_at

    def item_updateddate(self, meeting: PublicMeeting) -> datetime:
        return meeting.updated_at

    def item_categories(self, meeting: PublicMeeting) -> list[str]:
        return [meeting.kind_label]


@public_page()
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings, courses and webinars, the newest announcement first."""
    return Announcements(request.path)(request)
