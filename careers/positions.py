"""The block that careers lends to pages: the newest positions."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.core.positions import position, positions

from .queries import listings

MOST = 20


@position("career-feed", label="Newest positions", arguments={"limit": int})
def career_feed(request: HttpRequest, *, limit: int = 5) -> str:
    """The newest live jobs, until the next job begins or ends."""
    jobs = listings.newest(min(max(limit, 1), MOST), timezone.now())
    return render_to_string("careers/parts/feed.html", {"jobs": jobs})


def register() -> None:
    """Offer the blocks above to every page."""
    positions.register(career_feed)
