"""What this room keeps of a person: the questions they asked, with everything said, and resources they looked at."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.privacy import PersonalData
from content.domain import questions
from content.models import Question, QuestionMessage, Resource
from content.text.html_to_text import as_text


def _questions(user: User) -> QuerySet[Question]:
    own = Q(user=user)
    return Question.objects.filter(own | Q(email__iexact=user.email) if user.email else own)


def _when(at: Any) -> str:
    return timezone.localtime(at).isoformat() if at else ""


def _said(message: QuestionMessage) -> dict[str, str]:
    return {
        "at": _when(message.at),
        "kind": message.get_kind_display(),
        "text": as_text(message.html) if message.is_by_staff else message.text,
    }


def export(user: User) -> dict[str, Any]:
    """Every question asked with the person's account or address: the thread, the consent, the public answer."""
    rows = _questions(user).select_related("topic", "published_as").prefetch_related("messages")
    return {
        "questions": [
            {
                "asked_at": _when(asked.asked_at),
                "name": asked.name,
                "email": asked.email,
                "topic": asked.topic.name if asked.topic else "",
                "question": asked.question,
                "status": asked.get_status_display(),
                "thread": [_said(message) for message in asked.messages.all()],
                "agreed_to_a_public_answer_at": _when(asked.consented_at),
                "took_that_back_at": _when(asked.consent_withdrawn_at),
                "public_answer": asked.published_as.path if asked.published_as else "",
            }
            for asked in rows
        ]
    }


def erase(user: User) -> None:
    """Name, address, words and letters go; that a question was asked and answered stays, for the counts.

    A public answer made of one names nobody and stays until staff withdraw it.
    """
    for asked in _questions(user):
        questions.forget_question(asked)


def export_looked_at(user: User) -> dict[str, Any]:
    """The resources that this member of staff was the last to read."""
    rows = Resource.objects.filter(checked_by=user).values_list("title", "last_checked_on")
    return {"resources_looked_at": [{"title": title, "on": on.isoformat()} for title, on in rows]}


def erase_looked_at(user: User) -> None:
    """That somebody has read them stays; who it was goes."""
    Resource.objects.filter(checked_by=user).update(checked_by=None)


QUESTIONS = PersonalData(
    "questions",
    ("content.Question", "content.QuestionMessage", "content.QuestionStatusChange"),
    export,
    erase,
    order=20,
)
RESOURCES_LOOKED_AT = PersonalData(
    "resources-looked-at",
    ("content.Resource",),
    export_looked_at,
    erase_looked_at,
    order=25,
)
