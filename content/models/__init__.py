from .category import Category
from .contributor import Contributor
from .imported import ImportedItem
from .initiative import Event, Partner
from .link import Link, PageLink
from .media import Document, Picture
from .menu import Menu, MenuItem
from .page import MEMBERS, PUBLIC, READERS, Page, PageStatusChange, RelatedPage, readers_in_words
from .preview import PreviewLink
from .question import Question, QuestionMessage, QuestionStatusChange, Topic
from .redirect import Redirect
from .resource import Resource, ResourceTopic
from .term import Term
from .urgency import Urgency
from .version import PageVersion

__all__ = [
    "MEMBERS",
    "PUBLIC",
    "READERS",
    "Category",
    "Contributor",
    "Event",
    "ImportedItem",
    "Link",
    "Document",
    "Menu",
    "MenuItem",
    "Page",
    "PageLink",
    "PageStatusChange",
    "PageVersion",
    "Partner",
    "PreviewLink",
    "Picture",
    "Question",
    "QuestionMessage",
    "QuestionStatusChange",
    "Redirect",
    "RelatedPage",
    "Resource",
    "ResourceTopic",
    "Term",
    "Topic",
    "Urgency",
    "readers_in_words",
]
