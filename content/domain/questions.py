"""Ask us anything: what is asked is stored first, then announced. What looks like spam is kept apart without a mail."""

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.seo import absolute
from aapm_site.core.transitions import move
from aapm_site.mail.domain.queue import queue
from content.models import Question, Topic
from content.states import QuestionStatus

LINK = re.compile(r"://|www\.|\w\.(com|net|org|info|example)\b", re.IGNORECASE)


def ask(
    *, name: str, email: str, question: str, topic: Topic | None = None, user: Any = None, spam_reason: str = ""
) -> Question:
    """Store a question; unless it looks like spam, tell the staff and send the person a receipt.

    All in one transaction: no mail for a question that is not there, and no question without its mails.
    """
    with transaction.atomic():
        asked = Question.objects.create(
            name=name,
            email=email,
            question=question,
            topic=topic,
            user=user if user is not None and user.is_authenticated else None,
            spam_reason=spam_reason,
        )
        if spam_reason:
            return move(asked, QuestionStatus.SPAM, by=None, reason=spam_reason)
        return _announce(asked)


def _announce(asked: Question) -> Question:
    """The notice to the staff, which can be answered, and the receipt. Once for each question."""
    if asked.announced_at:
        return asked
    context = {
        "name": asked.name,
        "email": asked.email,
        "question": asked.question,
        "topic": asked.topic.name if asked.topic else "",
        "asked_at": timezone.localtime(asked.asked_at),
        "admin_url": absolute(reverse("admin:content_question_change", args=[asked.pk])),
        "resources_url": absolute("/patient-resources/"),
    }
    queue(settings.STAFF_EMAIL, "content/question_staff", context, kind="question", reply_to=asked.email)
    queue(asked.email, "content/question_receipt", {**context, **_harmless(asked)}, kind="question")
    asked.announced_at = timezone.now()
    asked.save(update_fields=["announced_at"])
    return asked


def _harmless(asked: Question) -> dict[str, str]:
    """What the receipt repeats. It goes to an address that nobody has proved, so it carries no stranger's links."""
    return {
        "name": "" if LINK.search(asked.name) else asked.name,
        "question": "" if LINK.search(asked.question) else asked.question,
    }


def answered(asked: Question, *, by: Any, reason: str = "") -> Question:
    """Somebody has answered the person."""
    return move(asked, QuestionStatus.ANSWERED, by=by, reason=reason)


def close(asked: Question, *, by: Any, reason: str = "") -> Question:
    """Nothing more is to be done; the reason is for colleagues."""
    return move(asked, QuestionStatus.CLOSED, by=by, reason=reason)


def mark_spam(asked: Question, *, by: Any, reason: str = "") -> Question:
    """Keep it apart. It is not deleted, and can come back."""
    return move(asked, QuestionStatus.SPAM, by=by, reason=reason)


def reopen(asked: Question, *, by: Any, reason: str = "") -> Question:
    """Among the new questions again. What was kept apart as spam is announced now, as it was not before."""
    with transaction.atomic():
        return _announce(move(asked, QuestionStatus.NEW, by=by, reason=reason))
