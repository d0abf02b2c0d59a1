"""How long questions from the public are kept, addresses that stopped the newsletter, and what lies in the trash."""

from datetime import datetime

from aapm_site.core.retention import RetentionRule, oldest
from aapm_site.mail.models import Subscription
from content.domain.newsletter_readers import KIND, forget_readers
from content.domain.questions import forget_question
from content.domain.trash import empty_trash
from content.models import Question
from content.states import QuestionStatus


def _questions(before: datetime) -> int:
    """Those that wait for an answer wait on, however old they are."""
    ended = Question.objects.filter(asked_at__lt=before, erased_at=None).exclude(status=QuestionStatus.NEW)
    found = oldest(ended)
    for question in found:
        forget_question(question)
    return len(found)


def _stopped_readers(before: datetime) -> int:
    """Those without an account: an account's choice stands on its own page and goes with it."""
    stopped = Subscription.objects.filter(kind=KIND, user=None, paused_at__lt=before)
    return forget_readers(Subscription.objects.filter(pk__in=oldest(stopped.values_list("pk", flat=True))))


RULES = (
    RetentionRule(
        "questions",
        "Questions of “Ask us anything”",
        "Name, address, words and letters of questions that were answered, closed or kept apart. Public answers stay.",
        730,
        30,
        _questions,
    ),
    RetentionRule(
        "newsletter-readers",
        "Addresses that have stopped the newsletter",
        "Readers without an account, this long after they stopped it, with our copies of the letters. Counts stay.",
        90,
        14,
        _stopped_readers,
    ),
    RetentionRule(
        "trash",
        "The trash of pages, pictures and documents",
        "What was moved to the trash and not put back, with its versions and files. What a page shows stays.",
        60,
        7,
        empty_trash,
    ),
)
