from .category import Category
from .contributor import Contributor
from .imported import ImportedItem
from .initiative import Event, Partner
from .menu import Menu, MenuItem
from .page import MEMBERS, PUBLIC, Page, PageStatusChange, RelatedPage
from .preview import PreviewLink
from .question import Question, QuestionStatusChange, Topic
from .redirect import Redirect
from .term import Term
from .version import PageVersion

__all__ = [
    "MEMBERS",
    "PUBLIC",
    "Category",
    "Contributor",
    "Event",
    "ImportedItem",
    "Menu",
    "MenuItem",
    "Page",
    "PageStatusChange",
    "Partner",
    "PageVersion",
    "PreviewLink",
    "Question",
    "QuestionStatusChange",
    "Redirect",
    "RelatedPage",
    "Term",
    "Topic",
]
