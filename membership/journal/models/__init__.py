"""Issues, articles with their authors and figures, and what publishers deliver of them."""

from .article import Article, ArticleAuthor, ArticleType
from .brief import ArticleBrief
from .collection import CollectedArticle, Collection
from .delivered import ArticleRelation, DeliveredFile, DeliveredReference, DeliveredText
from .figure import Figure
from .issue import Issue
from .retracted import DoubtedWork
from .saved import SavedArticle
from .subject import Subject
from .usage import ArticleUsage, RobotAgent, SearchUsage, UsageEvent, UsageSalt
from .words import ArticleSection, ArticleWords

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleBrief",
    "ArticleRelation",
    "ArticleSection",
    "ArticleType",
    "ArticleUsage",
    "ArticleWords",
    "CollectedArticle",
    "Collection",
    "DeliveredFile",
    "DeliveredReference",
    "DeliveredText",
    "DoubtedWork",
    "Figure",
    "Issue",
    "RobotAgent",
    "SavedArticle",
    "SearchUsage",
    "Subject",
    "UsageEvent",
    "UsageSalt",
]
