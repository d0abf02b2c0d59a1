"""The blocks that careers lends to pages: the search, the newest positions, the market for them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.accounts.us_states import STATES
from aapm_site.core.positions import position, positions

from .presenters.market import FELLOWSHIPS
from .queries import listings

MOST = 20


@position("career-search", label="Search of the open positions, and the way to post one")
def career_search(request: HttpRequest) -> str:
    """The search by words and state, the two main ways on, and how many positions are open."""
    found = listings.open_counts(timezone.now())
    return render_to_string("careers/parts/search.html", {"states": STATES, "found": found})


@position("career-feed", label="Newest positions", arguments={"limit": int})
def career_feed(request: HttpRequest, *, limit: int = 5) -> str:
    """The newest live jobs, until the next job begins or ends."""
    jobs = listings.newest(min(max(limit, 1), MOST), timezone.now())
    return render_to_string("careers/parts/feed.html", {"jobs": jobs})


@position("fellowship-market", label="The fellowship market, as a chart with its source")
def fellowship_market(request: HttpRequest) -> str:
    """Training places and applicants."""
    return render_to_string("careers/parts/market.html", {"market": FELLOWSHIPS})


def register() -> None:
    """Offer the blocks above to every page."""
    for block in (career_search, career_feed, fellowship_market):
        positions.register(block)
