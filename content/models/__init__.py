from .menu import Menu, MenuItem
from .page import MEMBERS, NEWS_KINDS, NEWS_ROOT, PUBLIC, Page, PageKind, PageStatusChange, RelatedPage
from .question import Question, QuestionStatusChange, Topic

__all__ = [
    "MEMBERS",
    "NEWS_KINDS",
    "NEWS_ROOT",
    "PUBLIC",
    "Menu",
    "MenuItem",
    "Page",
    "PageKind",
    "PageStatusChange",
    "Question",
    "QuestionStatusChange",
    "RelatedPage",
    "Topic",
]
