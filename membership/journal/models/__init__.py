"""Issues, articles with their authors and figures, and what publishers deliver of them."""

from .article import Article, ArticleAuthor, ArticleType
from .delivered import ArticleRelation, DeliveredFile, DeliveredReference, DeliveredText
from .figure import Figure
from .issue import Issue

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleRelation",
    "ArticleType",
    "DeliveredFile",
    "DeliveredReference",
    "DeliveredText",
    "Figure",
    "Issue",
]
