"""Issues, articles with their authors, and figures."""

from .article import Article, ArticleAuthor, ArticleType
from .figure import Figure
from .issue import Issue

__all__ = ["Article", "ArticleAuthor", "ArticleType", "Figure", "Issue"]
