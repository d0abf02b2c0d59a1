"""What the page of an article shows: the article with its neighbors."""

from dataclasses import dataclass
from datetime import date

from ..models import Article


@dataclass(frozen=True)
class Neighbors:
    """Where an article stands in its issue."""

    before: Article | None
    after: Article | None
    others: tuple[Article, ...]


def article_page(slug: str) -> Article | None:
    """The article with what its page shows, published or not; the view decides."""
    articles = Article.objects.select_related("issue", "type").prefetch_related("authors", "figures")
    return articles.filter(slug=slug).first()


def is_out(article: Article, on: date) -> bool:
    """Whether readers may know of the article; the same as ArticleQuerySet.published, for one in hand."""
    return article.published_on <= on and article.issue.published_on <= on


def neighbors(article: Article, on: date) -> Neighbors:
    """The article before and after in the issue's order, and all others of the issue. One query."""
    found = article.issue.articles.published(on).only("slug", "title", "issue_id").in_order()
    listed = list(found)
    place = next((index for index, other in enumerate(listed) if other.pk == article.pk), None)
    others = tuple(other for other in listed if other.pk != article.pk)
    if place is None:
        return Neighbors(None, None, others)
    before = listed[place - 1] if place else None
    after = listed[place + 1] if place + 1 < len(listed) else None
    return Neighbors(before, after, others)
