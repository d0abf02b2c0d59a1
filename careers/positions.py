"""The block that careers lends to pages: the newest positions."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import position, positions

from .queries import listings

MOST = 20


@position("career-feed", label="Newest positions", arguments={"limit": int})
def career_feed(request: HttpRequest, *, limit: int = 5) -> str:
    """The newest live jobs. The page that shows them is read again when the next job begins or ends."""
    at = timezone.now()
    expires_at(request, listings.next_change(at))
    jobs = listings.newest(at, min(max(limit, 1), MOST))
    return render_to_string("careers/parts/feed.html", {"jobs": jobs})


def register() -> None:
    """Offer the blocks above to every page."""
    positions.register(career_feed)
