"""The blocks that membership offers to pages: its categories, and who the members are."""

from dataclasses import dataclass
from datetime import time, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import position, positions

from .access import decide
from .presenters.access import access_words
from .presenters.gate import gate as gate_of
from .presenters.statistics import captioned
from .queries import plans, statistics


@position("categories", label="Membership categories with dues")
def categories(request: HttpRequest) -> str:
    return render_to_string("membership/positions/categories.html", {"plans": plans.categories()}, request)


@position("member-statistics", label="Who the members are, as charts")
def member_statistics(request: HttpRequest) -> str:
    """Charts of today's members; they change at midnight, when terms begin and end."""
    today = timezone.localdate()
    expires_at(request, moment(today + timedelta(days=1), time.min))
    context = {"charts": captioned(statistics.charts(today)), "fewest": statistics.FEWEST, "today": today}
    return render_to_string("membership/positions/member_statistics.html", context, request)


@dataclass(frozen=True)
class Closed:
    """A page that the reader has met closed: its audience and its address are all that the decision needs."""

    audience: str
    address: str

    def get_absolute_url(self) -> str:
        return self.address


@position("gate", label="Why a page is closed, and what to do next", arguments={"audience": str}, is_offered=False)
def gate(request: HttpRequest, *, audience: str = "members") -> str:
    """The gate of a members' page, with the decision's reason and next step for this reader; empty if it is open."""
    decision = decide(request.user, Closed(audience, request.path))
    if decision.allowed:
        return ""
    return gate_of(access_words(decision), heading="The rest is for members", note="It is part of what dues pay for.")


def register() -> None:
    """Offer the blocks above to every page."""
    for block in (categories, member_statistics, gate):
        positions.register(block)
