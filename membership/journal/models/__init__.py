"""Issues, articles with their authors and figures, and what publishers deliver of them."""

from .article import Article, ArticleAuthor, ArticleType
from .delivered import ArticleRelation, DeliveredFile, DeliveredReference, DeliveredText
from .figure import Figure
from .issue import Issue
from .retracted import DoubtedWork
from .saved import SavedArticle
from .words import ArticleSection, ArticleWords

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleRelation",
    "ArticleSection",
    "ArticleType",
    "ArticleWords",
    "DeliveredFile",
    "DeliveredReference",
    "DeliveredText",
    "DoubtedWork",
    "Figure",
    "Issue",
    "SavedArticle",
]
