"""Plans, members and their terms, applications, groups; and the journal's issues and articles."""

from membership.journal.models import (
    Article,
    ArticleAuthor,
    ArticleRelation,
    ArticleSection,
    ArticleType,
    ArticleWords,
    DeliveredFile,
    DeliveredReference,
    DeliveredText,
    Figure,
    Issue,
    SavedArticle,
)

from .application import Application, ApplicationPaper, ApplicationStatusChange
from .group import Group, GroupMember
from .lists import CareerStage, PracticeSetting
from .member_import import ImportedLine, MemberImport
from .membership import Membership, Term, TermNotice
from .plan import Plan

__all__ = [
    "Application",
    "ApplicationPaper",
    "ApplicationStatusChange",
    "Article",
    "ArticleAuthor",
    "ArticleRelation",
    "ArticleSection",
    "ArticleType",
    "ArticleWords",
    "CareerStage",
    "DeliveredFile",
    "DeliveredReference",
    "DeliveredText",
    "Figure",
    "Group",
    "GroupMember",
    "ImportedLine",
    "Issue",
    "MemberImport",
    "Membership",
    "Plan",
    "PracticeSetting",
    "SavedArticle",
    "Term",
    "TermNotice",
]
