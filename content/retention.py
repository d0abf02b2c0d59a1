"""How long questions from the public are kept."""

from datetime import datetime

from aapm_site.core.retention import RetentionRule, oldest
from content.domain.questions import forget_question
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
)
