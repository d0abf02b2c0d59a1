"""The lifecycles of the room: which status may follow which. Only `core.transitions.move()` writes a status."""

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class PageKind(models.TextChoices):
    """What an entry is. Dated entries stand under the root of their kind, the others in the tree of pages."""

    PAGE = "page", "Page"
    NEWS = "news", "News"
    STATEMENT = "statement", "Statement"
    INITIATIVE = "initiative", "Initiative"
    ANSWER = "answer", "Answer"
    CONDITION = "condition", "Condition"


NEWS_KINDS = (PageKind.NEWS, PageKind.STATEMENT)
NEWS_ROOT, ANSWERS_ROOT = "/news/", "/answers/"
# The kinds that have no page above them and none below, and where each stands.
ROOTS: dict[str, str] = {
    PageKind.NEWS: NEWS_ROOT,
    PageKind.STATEMENT: NEWS_ROOT,
    PageKind.ANSWER: ANSWERS_ROOT,
}


class PageStatus(models.TextChoices):
    """What the editors have decided. Whether a page is public at an instant follows from its dates as well."""

    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    TRASHED = "trashed", "In the trash"
    PREPARED = "prepared", "Prepared change"


# What nobody is to read: it needs neither a date nor a signature.
HIDDEN_STATUSES = (PageStatus.DRAFT, PageStatus.TRASHED, PageStatus.PREPARED)
_TRASH = Move(PageStatus.TRASHED, "trash", "Move to the trash", stamps=("trashed_at",), danger=True)

PAGE_LIFECYCLE: Lifecycle = {
    PageStatus.DRAFT: (
        Move(
            PageStatus.PUBLISHED,
            "publish",
            "Publish now",
            confirm="It is public at once. A date of publication that has passed is kept, so the archives stay right.",
        ),
        Move(
            PageStatus.SCHEDULED,
            "schedule",
            "Schedule",
            confirm="It goes public by itself at the day and hour that you choose.",
        ),
        _TRASH,
    ),
    PageStatus.SCHEDULED: (
        Move(
            PageStatus.PUBLISHED,
            "publish",
            "Publish now",
            confirm="It is public at once, and its date of publication becomes this moment if it lies ahead.",
        ),
        Move(PageStatus.DRAFT, "withdraw", "Back to draft", confirm="It does not go public until you decide again."),
        _TRASH,
    ),
    PageStatus.PUBLISHED: (
        Move(
            PageStatus.DRAFT,
            "withdraw",
            "Withdraw to draft",
            danger=True,
            confirm="Visitors no longer find it. Its text and its date are kept, so you can publish it again.",
        ),
        _TRASH,
    ),
    # What was public is published again in the same transaction; see domain/trash.py.
    PageStatus.TRASHED: (Move(PageStatus.DRAFT, "put-back", "Put it back"),),
    # It becomes no page: its page says what it says, and the row goes; see domain/prepared.py.
    PageStatus.PREPARED: (),
}


class MessageKind(models.TextChoices):
    """What an entry of a question's thread is."""

    ANSWER = "answer", "Answer"
    CORRECTION = "correction", "Correction"
    FOLLOW_UP = "follow-up", "Follow-up"


class QuestionStatus(models.TextChoices):
    """Where a question from the public stands."""

    NEW = "new", "New"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    SPAM = "spam", "Kept apart as spam"


# What staff read where the person who asked would read something else.
QUESTION_STAFF_WORDS = {QuestionStatus.NEW: "To be answered"}

QUESTION_LIFECYCLE: Lifecycle = {
    QuestionStatus.NEW: (
        Move(
            QuestionStatus.ANSWERED,
            "answer",
            "Mark as answered",
            stamps=("answered_at",),
            confirm=(
                "Only when somebody has answered by phone or in person. To write an answer, use the field below the "
                "question: it sends the mail and stands on the person’s own page."
            ),
        ),
        Move(
            QuestionStatus.CLOSED,
            "close",
            "Close without an answer",
            stamps=("closed_at",),
            needs_reason=True,
            confirm="For a question that needs none. The reason is for your colleagues.",
        ),
        Move(
            QuestionStatus.SPAM,
            "mark-spam",
            "This is spam",
            danger=True,
            confirm="It is kept apart, not deleted.",
        ),
    ),
    QuestionStatus.ANSWERED: (
        Move(QuestionStatus.NEW, "reopen", "Open again", confirm="It stands among the new questions again."),
        Move(
            QuestionStatus.CLOSED,
            "close",
            "Close",
            stamps=("closed_at",),
            needs_reason=True,
            confirm="The answer stays on the person’s page. The reason is for your colleagues.",
        ),
    ),
    QuestionStatus.CLOSED: (
        Move(QuestionStatus.NEW, "reopen", "Open again", confirm="It stands among the new questions again."),
    ),
    QuestionStatus.SPAM: (
        Move(
            QuestionStatus.NEW,
            "reopen",
            "Not spam",
            confirm="It joins the new questions; the notice to staff and the receipt to the person go out now.",
        ),
    ),
}


class Audience(models.TextChoices):
    """Whom a resource is written for."""

    PATIENTS = "patients", "People in pain"
    FAMILIES = "families", "Families and caregivers"
    VETERANS = "veterans", "Veterans"
    CLINICIANS = "clinicians", "Clinicians"


class ResourceFormat(models.TextChoices):
    """What one finds there."""

    WEBSITE = "website", "Website"
    ARTICLE = "article", "To read"
    VIDEO = "video", "To watch or hear"
    TOOL = "tool", "Tool or course"
    COMMUNITY = "community", "Support group"
    HELPLINE = "helpline", "Telephone or text line"


class Language(models.TextChoices):
    """The languages that resources come in, by their ISO codes, under the names that their readers use."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Español (Spanish)"
    CHINESE = "zh", "中文 (Chinese)"
    VIETNAMESE = "vi", "Tiếng Việt (Vietnamese)"
    TAGALOG = "tl", "Tagalog"
    KOREAN = "ko", "한국어 (Korean)"
    ARABIC = "ar", "العربية (Arabic)"
    FRENCH = "fr", "Français (French)"
    HAITIAN = "ht", "Kreyòl ayisyen (Haitian Creole)"
    RUSSIAN = "ru", "Русский (Russian)"
    PORTUGUESE = "pt", "Português (Portuguese)"
    POLISH = "pl", "Polski (Polish)"
    SIGN = "ase", "American Sign Language"


class PictureFallback(models.TextChoices):
    """The form beside WebP in which a picture is kept, for programs that know nothing newer."""

    JPEG = "jpg", "JPEG"
    PNG = "png", "PNG, with transparency"


PICTURE_WIDTHS = (480, 960, 1600)
# Ending → type, and its name for readers. Nothing that a browser would run; none is ever shown in the page.
DOCUMENT_TYPES = {
    "pdf": ("application/pdf", "PDF"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint"),
    "csv": ("text/csv", "CSV"),
    "txt": ("text/plain", "Text"),
}


class MeetingKind(models.TextChoices):
    """What people come together for."""

    CONFERENCE = "conference", "Conference"
    MEETING = "meeting", "Meeting"
    COURSE = "course", "Course"
    WORKSHOP = "workshop", "Workshop"
    WEBINAR = "webinar", "Webinar"


class MeetingFormat(models.TextChoices):
    """How one takes part."""

    IN_PERSON = "in-person", "In person"
    ONLINE = "online", "Online"
    BOTH = "both", "In person and online"


class MeetingZone(models.TextChoices):
    """The zones in which meetings are held, by the names of their places and as people there call them."""

    EASTERN = "America/New_York", "Eastern time"
    CENTRAL = "America/Chicago", "Central time"
    MOUNTAIN = "America/Denver", "Mountain time"
    ARIZONA = "America/Phoenix", "Arizona time"
    PACIFIC = "America/Los_Angeles", "Pacific time"
    ALASKA = "America/Anchorage", "Alaska time"
    HAWAII = "Pacific/Honolulu", "Hawaii time"
    ATLANTIC = "America/Puerto_Rico", "Atlantic time (Puerto Rico)"
    LONDON = "Europe/London", "London time"
    BERLIN = "Europe/Berlin", "Central European time"
    TOKYO = "Asia/Tokyo", "Tokyo time"
    SYDNEY = "Australia/Sydney", "Sydney time"


class MeetingStatus(models.TextChoices):
    """What staff have decided. Whether it lies ahead follows from its days."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    CANCELED = "canceled", "Canceled"


# What everybody may read: one that was called off goes on saying so.
SHOWN_MEETINGS = (MeetingStatus.PUBLISHED, MeetingStatus.CANCELED)

MEETING_LIFECYCLE: Lifecycle = {
    MeetingStatus.DRAFT: (
        Move(
            MeetingStatus.PUBLISHED,
            "publish",
            "Publish now",
            confirm="It stands under Meetings and education at once, and in the calendars of those who subscribe.",
        ),
    ),
    MeetingStatus.PUBLISHED: (
        Move(
            MeetingStatus.CANCELED,
            "cancel",
            "Cancel it",
            stamps=("canceled_at",),
            needs_reason=True,
            danger=True,
            confirm="Its page stays and says that it is canceled. Everybody reads the reason, in your words.",
        ),
        Move(
            MeetingStatus.DRAFT,
            "withdraw",
            "Withdraw to draft",
            danger=True,
            confirm="Visitors no longer find it. Cancel it instead if people have registered: its page says so then.",
        ),
    ),
    MeetingStatus.CANCELED: (
        Move(
            MeetingStatus.PUBLISHED,
            "reinstate",
            "It takes place after all",
            confirm="Its page no longer says that it is canceled, and calendars are told.",
        ),
    ),
}


class BodyKind(models.TextChoices):
    """What a body of the Academy is, and on which page it stands."""

    BOARD = "board", "Board"
    COMMITTEE = "committee", "Committee"
    STAFF = "staff", "Office of the staff"
