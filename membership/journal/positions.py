"""The blocks that the journal offers to pages: its latest issue, and what it keeps of its readers."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import position, positions

from .queries.issues import articles_of, issues_out
from .queries.usage import kept_days

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


@position("journal-usage-kept", label="What the Journal keeps of its readers, and for how long")
def usage_kept(request: HttpRequest) -> str:
    """Two paragraphs for the page on privacy; the days are those that staff have set."""
    return render_to_string("membership/journal/usage_kept.html", {"days": kept_days()}, request)


def register() -> None:
    """Offer the blocks above to every page."""
    positions.register(latest_issue)
    positions.register(usage_kept)
