"""The blocks that membership offers to pages: its categories, and who the members are."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.core.pagecache import expires_at
from aapm_site.core.positions import position

from .queries import plans, statistics


@position("categories", label="Membership categories with dues")
def categories(request: HttpRequest) -> str:
    return render_to_string("membership/positions/categories.html", {"plans": plans.categories()}, request)


@position("member-statistics", label="Who the members are, as charts")
def member_statistics(request: HttpRequest) -> str:
    """Charts of today's members; they change at midnight, when terms begin and end."""
    today = timezone.localdate()
    expires_at(request, timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min)))
    context = {"charts": statistics.charts(today), "fewest": statistics.FEWEST, "today": today}
    return render_to_string("membership/positions/member_statistics.html", context, request)
