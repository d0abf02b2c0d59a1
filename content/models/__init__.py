from .category import Category
from .contributor import Contributor
from .imported import ImportedItem
from .initiative import Event, Partner
from .link import Link, PageLink
from .media import Document, Picture
from .meeting import Meeting, MeetingStatusChange
from .menu import Menu, MenuItem
from .newsletter import Newsletter, NewsletterChange, NewsletterEntry
from .page import MEMBERS, PUBLIC, READERS, Page, PageStatusChange, RelatedPage, readers_in_words
from .people import Body, HistoryYear, Officer
from .preview import PreviewLink
from .promise import AnswerPromise
from .question import Question, QuestionMessage, QuestionStatusChange, Topic
from .redirect import Redirect
from .resource import Resource, ResourceTopic
from .search_help import BestBet, Synonym
from .term import Term
from .urgency import Urgency
from .version import PageVersion

__all__ = [
    "MEMBERS",
    "PUBLIC",
    "READERS",
    "AnswerPromise",
    "BestBet",
    "Body",
    "Category",
    "Contributor",
    "Event",
    "HistoryYear",
    "ImportedItem",
    "Link",
    "Document",
    "Meeting",
    "MeetingStatusChange",
    "Menu",
    "MenuItem",
    "Newsletter",
    "NewsletterChange",
    "NewsletterEntry",
    "Officer",
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
    "Synonym",
    "Term",
    "Topic",
    "Urgency",
    "readers_in_words",
]
