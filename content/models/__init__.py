from .category import Category
from .contributor import Contributor
from .menu import Menu, MenuItem
from .page import MEMBERS, PUBLIC, Page, PageStatusChange, RelatedPage
from .question import Question, QuestionStatusChange, Topic
from .term import Term

__all__ = [
    "MEMBERS",
    "PUBLIC",
    "Category",
    "Contributor",
    "Menu",
    "MenuItem",
    "Page",
    "PageStatusChange",
    "Question",
    "QuestionStatusChange",
    "RelatedPage",
    "Term",
    "Topic",
]
