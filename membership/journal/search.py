"""The journal in the site's search. Only what everybody may read is searched and shown."""

from typing import Any

from django.utils import timezone

from aapm_site.core.registries import SearchHit, SearchSource
from aapm_site.core.richtext import plain
from aapm_site.core.search import excerpt_of, highlight, match
from membership.access import decide

from .citing import ABBREVIATION
from .models import Article

EXCERPT = 220


def search(query: str, user: Any, limit: int) -> list[SearchHit]:
    """Published articles by title, authors, keywords, summary and abstract; best first."""
    articles = (
        Article.objects.published(timezone.localdate()).select_related("issue", "type").defer("body", "references")
    )
    found = match(articles, query).annotate(passage=excerpt_of("plain_summary", query))[:limit]
    return [_hit(article, query, user) for article in found]


def _hit(article: Article, query: str, user: Any) -> SearchHit:
    passage = article.passage or plain(article.abstract, EXCERPT)
    issue = article.issue
    parts = [article.type.name, f"{ABBREVIATION}. {issue.published_on.year};{issue.volume}({issue.number})"]
    if not decide(user, article).allowed:
        parts.append("full text for members")
    return SearchHit(
        article.title, article.get_absolute_url(), highlight(passage, query), " · ".join(parts), article.rank
    )


JOURNAL = SearchSource("journal", "Journal", search, order=50)
