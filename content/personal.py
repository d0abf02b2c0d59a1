"""What this room keeps of a person: the questions they asked."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from content.models import Question

ERASED_NAME = "Name erased"
ERASED_EMAIL = "erased@invalid.invalid"


def _questions(user: Any) -> QuerySet[Question]:
    return Question.objects.filter(Q(user=user) | Q(email__iexact=user.email))


def export(user: Any) -> dict[str, Any]:
    """Every question asked with the person's account or address."""
    return {
        "questions": [
            {
                "asked_at": timezone.localtime(asked.asked_at).isoformat(),
                "name": asked.name,
                "email": asked.email,
                "topic": asked.topic.name if asked.topic else "",
                "question": asked.question,
                "status": asked.get_status_display(),
            }
            for asked in _questions(user).select_related("topic")
        ]
    }


def erase(user: Any) -> None:
    """Name, address and words go; that a question was asked and answered stays, for the counts."""
    _questions(user).update(name=ERASED_NAME, email=ERASED_EMAIL, question="", user=None)
