"""The blocks that membership offers to pages: its categories, and who the members are."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import position, positions

from .access import decide
from .forms.directory import NearForm
from .presenters.access import access_words
from .presenters.gate import gate as gate_of
from .presenters.statistics import captioned, reach_words
from .queries import plans, statistics


@position("categories", label="Membership categories with dues")
def categories(request: HttpRequest) -> str:
    return render_to_string("membership/positions/categories.html", {"plans": plans.categories()}, request)


@position("member-statistics", label="Who the members are, as charts")
def member_statistics(request: HttpRequest) -> str:
    """Charts of today's members; they change at midnight, when terms begin and end."""
    today = _until_midnight(request)
    found = statistics.statistics_of(today)
    context = {
        "charts": captioned(found.charts),
        "members": found.members,
        "fewest": statistics.FEWEST,
        "today": today,
    }
    return render_to_string("membership/positions/member_statistics.html", context, request)


@position("member-count", label="How many people a position reaches, in a sentence")
def member_count(request: HttpRequest) -> str:
    """The sentence, from the same count as the charts."""
    return escape(reach_words(statistics.statistics_of(_until_midnight(request)).members))


def _until_midnight(request: HttpRequest) -> date:
    """Today. The page changes when it is over, as terms begin and end."""
    today = timezone.localdate()
    expires_at(request, moment(today + timedelta(days=1), time.min))
    return today


@position("find-clinician", label="“Find a clinician”, the search by place")
def find_clinician(request: HttpRequest) -> str:
    """One field and a button that lead to the directory for everybody; nobody is listed here."""
    context = {"form": NearForm()}
    return render_to_string("membership/positions/find_clinician.html", context, request)


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
    for block in (categories, member_statistics, member_count, find_clinician, gate):
        positions.register(block)
