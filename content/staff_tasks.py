"""What an editor comes to the admin for: what waits on its front page, and the tasks there."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from aapm_site.core.admin.home import StaffQueue, StaffTask
from content.models import Page, Question
from content.queries.newsletters import newsletters_to_agree_to
from content.states import PageStatus, QuestionStatus


def _pages(**query: str) -> str:
    address = reverse("admin:content_page_changelist")
    return f"{address}?{urlencode(query)}" if query else address


def _add(**query: str) -> str:
    return f"{reverse('admin:content_page_add')}?{urlencode(query)}"


def _questions() -> str:
    return f"{reverse('admin:content_question_changelist')}?{urlencode({'status__exact': QuestionStatus.NEW})}"


def _scheduled() -> int:
    return Page.objects.filter(status=PageStatus.SCHEDULED, published_at__gt=timezone.now()).count()


def _unsigned() -> int:
    return Page.objects.unsigned().count()


QUESTIONS = StaffQueue(
    "questions",
    "Questions from the public",
    "Answer them",
    "content.decide_question",
    lambda user: Question.objects.waiting(),
    "waiting_since",
    _questions,
    order=30,
)
OVERDUE = StaffQueue(
    "questions-overdue",
    "Questions that wait for longer than we promise",
    "Answer them first",
    "content.decide_question",
    lambda user: Question.objects.overdue(timezone.now()),
    "waiting_since",
    lambda: f"{reverse('admin:content_question_changelist')}?waits=overdue",
    order=29,
)
NEWSLETTERS = StaffQueue(
    "newsletters",
    "Newsletters that need a second person",
    "Read them and agree",
    "content.agree_newsletter",
    newsletters_to_agree_to,
    "asked_at",
    lambda: f"{reverse('admin:content_newsletter_changelist')}?waits=second",
    order=32,
)
TASKS = (
    StaffTask(
        "write-page",
        "Write a page",
        lambda: _add(kind="page"),
        "content.add_page",
        "Begins as a draft that nobody sees.",
        order=10,
    ),
    StaffTask(
        "write-news",
        "Write news",
        lambda: _add(kind="news"),
        "content.add_page",
        "Stands under News, and in the archives by its date.",
        order=20,
    ),
    StaffTask(
        "questions",
        "Answer questions",
        lambda: reverse("admin:content_question_changelist"),
        "content.decide_question",
        "All of them, urgent ones first.",
        order=30,
    ),
    StaffTask(
        "find-page", "Correct a page", _pages, "content.change_page", "Find it by its words or its address.", order=40
    ),
    StaffTask(
        "scheduled",
        "See what is scheduled",
        lambda: _pages(status__exact=PageStatus.SCHEDULED),
        "content.view_page",
        "Pages that go public by themselves.",
        _scheduled,
        "ahead",
        order=50,
    ),
    StaffTask(
        "newsletter",
        "Write the newsletter",
        lambda: reverse("admin:content_newsletter_changelist"),
        "content.add_newsletter",
        "Begins with what is new since the last one, or with words of your own.",
        order=52,
    ),
    StaffTask(
        "signatures",
        "Have pages signed",
        lambda: _pages(needs="signature"),
        "content.change_page",
        "Drafts that explain treatment: public once a clinician who has checked them is named.",
        _unsigned,
        "waiting",
        order=55,
    ),
    StaffTask(
        "announce-meeting",
        "Announce a meeting or a course",
        lambda: reverse("admin:content_meeting_add"),
        "content.add_meeting",
        "With its days, place and credit; begins as a draft.",
        order=57,
    ),
    StaffTask(
        "inventory",
        "Look after old pages",
        lambda: _pages(needs="review"),
        "content.change_page",
        "Not reviewed for a year, broken links, pictures without words.",
        order=60,
    ),
)
