"""How long questions from the public are kept, and what lies in the trash."""

from datetime import datetime

from aapm_site.core.retention import RetentionRule, oldest
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
        "trash",
        "The trash of pages, pictures and documents",
        "What was moved to the trash and not put back, with its versions and files. What a page shows stays.",
        60,
        7,
        empty_trash,
    ),
)
