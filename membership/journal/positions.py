"""The block that the journal offers to pages: its latest issue."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import position, positions

from .queries import reading

ARTICLES = 3


@position("latest-issue", label="The Journal’s latest issue", arguments={"limit": int})
def latest_issue(request: HttpRequest, *, limit: int = ARTICLES) -> str:
    """The cover and the first articles of the current issue; nothing while no issue is out."""
    today = timezone.localdate()
    expires_at(request, reading.next_boundary(today))
    issue = reading.current_issue(today)
    if issue is None:
        return ""
    articles = issue.articles.published(today).defer("body", "references").in_order()[: max(limit, 1)]
    return render_to_string("membership/journal/latest_issue.html", {"issue": issue, "articles": articles}, request)


def register() -> None:
    """Offer the blocks above to every page."""
    positions.register(latest_issue)
