"""What this room keeps of a person: the questions they asked, and which resources staff have looked at."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from content.models import Question, Resource

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


def export_looked_at(user: Any) -> dict[str, Any]:
    """The resources that this member of staff was the last to read."""
    rows = Resource.objects.filter(checked_by=user).values_list("title", "last_checked_on")
    return {"resources_looked_at": [{"title": title, "on": on.isoformat()} for title, on in rows]}


def erase_looked_at(user: Any) -> None:
    """That somebody has read them stays; who it was goes."""
    Resource.objects.filter(checked_by=user).update(checked_by=None)
