"""The block that the journal offers to pages: its latest issue."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import position, positions

from .queries.issues import articles_of, issues_out

ARTICLES = 3


@position("latest-issue", label="The Journal’s latest issue", arguments={"limit": int})
def latest_issue(request: HttpRequest, *, limit: int = ARTICLES) -> str:
    """The cover and the first articles of the current issue; nothing while no issue is out."""
    today = timezone.localdate()
    out = issues_out(today)
    expires_at(request, out.until)
    if not out.issues:
        return ""
    issue = out.issues[0]
    articles = articles_of(issue.pk, today)[: max(limit, 1)]
    return render_to_string("membership/journal/latest_issue.html", {"issue": issue, "articles": articles}, request)


def register() -> None:
    """Offer the blocks above to every page."""
    positions.register(latest_issue)
