"""Plans, members and their terms, applications, groups; and the journal's issues and articles."""

from membership.journal.models import (
    Article,
    ArticleAuthor,
    ArticleBrief,
    ArticleRelation,
    ArticleSection,
    ArticleType,
    ArticleUsage,
    ArticleWords,
    CollectedArticle,
    Collection,
    DeliveredFile,
    DeliveredReference,
    DeliveredText,
    DoubtedWork,
    Figure,
    Issue,
    RobotAgent,
    SavedArticle,
    SearchUsage,
    Subject,
    UsageEvent,
    UsageSalt,
)

from .application import Application, ApplicationPaper, ApplicationStatusChange
from .automatic_renewal import AnnouncedRenewal, AutomaticRenewal
from .bundle import Bundle, BundleAdministrator, BundlePeriod, BundleSeat, SeatPrice, SeatTerm
from .club import ClubMeeting
from .consent import ApplicationConsent, ConsentText, ConsentVersion
from .directory import DirectoryEntry, DirectoryMessage
from .draft import ApplicationDraft, DraftPaper
from .finder import FinderAnswer, FinderQuestion
from .group import Group, GroupMember, JoinRule
from .group_letter import GroupLetter
from .honor import Honor
from .join_request import GroupJoinRequest
from .leaving import Pause, Resignation
from .lists import CareerStage, PracticeSetting
from .member_filter import MemberExport, MemberFilter
from .member_import import ImportedLine, MemberImport
from .member_letter import MemberLetter, MemberLetterChange
from .membership import Membership, Term, TermNotice
from .note import MemberNote
from .office import OfficeAddress, OfficeSending
from .paper import LatinName, MemberPaper
from .past_term import FormerNumber, PastTerm
from .plan import Plan
from .reminder import Reminder
from .seat_reminder import SeatNotice, SeatReminder
from .viewing import ViewedPage, Viewing

__all__ = [
    "AnnouncedRenewal",
    "Application",
    "ApplicationConsent",
    "ApplicationDraft",
    "ApplicationPaper",
    "ApplicationStatusChange",
    "Article",
    "ArticleAuthor",
    "ArticleBrief",
    "ArticleRelation",
    "ArticleSection",
    "ArticleType",
    "ArticleUsage",
    "ArticleWords",
    "AutomaticRenewal",
    "Bundle",
    "BundleAdministrator",
    "BundlePeriod",
    "BundleSeat",
    "CareerStage",
    "ClubMeeting",
    "CollectedArticle",
    "Collection",
    "ConsentText",
    "ConsentVersion",
    "DeliveredFile",
    "DeliveredReference",
    "DeliveredText",
    "DirectoryEntry",
    "DirectoryMessage",
    "DoubtedWork",
    "DraftPaper",
    "Figure",
    "FinderAnswer",
    "FinderQuestion",
    "FormerNumber",
    "Group",
    "GroupJoinRequest",
    "GroupLetter",
    "GroupMember",
    "Honor",
    "ImportedLine",
    "Issue",
    "JoinRule",
    "LatinName",
    "MemberExport",
    "MemberFilter",
    "MemberImport",
    "MemberLetter",
    "MemberLetterChange",
    "MemberNote",
    "MemberPaper",
    "Membership",
    "OfficeAddress",
    "OfficeSending",
    "PastTerm",
    "Pause",
    "Plan",
    "PracticeSetting",
    "Reminder",
    "Resignation",
    "RobotAgent",
    "SavedArticle",
    "SearchUsage",
    "SeatNotice",
    "SeatPrice",
    "SeatReminder",
    "SeatTerm",
    "Subject",
    "Term",
    "TermNotice",
    "UsageEvent",
    "UsageSalt",
    "ViewedPage",
    "Viewing",
]
