from .category import Category
from .contributor import Contributor
from .initiative import Event, Partner
from .menu import Menu, MenuItem
from .page import MEMBERS, PUBLIC, Page, PageStatusChange, RelatedPage
from .question import Question, QuestionStatusChange, Topic
from .term import Term

__all__ = [
    "MEMBERS",
    "PUBLIC",
    "Category",
    "Contributor",
    "Event",
    "Menu",
    "MenuItem",
    "Page",
    "PageStatusChange",
    "Partner",
    "Question",
    "QuestionStatusChange",
    "RelatedPage",
    "Term",
    "Topic",
]
