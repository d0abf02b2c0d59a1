"""What all Atom feeds of the site share: names that stay, and the same words about themselves to every reader."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

NEWEST = 30  # entries of a feed
SINCE = "2026"  # the year from which the site names its entries; part of every name, so it never changes
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # when a feed without entries has changed last


class SiteFeed(Atom1Feed):
    """Atom that says the same of itself to every reader, also while it holds nothing."""

    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime:
        """The newest change; the same for every reader where there is nothing yet."""
        return super().latest_post_date() if self.items else BEGINNING


def tag_uri(name: str) -> str:
    """A name that stays, whatever address the entry moves to (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_ORIGIN).hostname},{SINCE}:{name.strip('/')}"
