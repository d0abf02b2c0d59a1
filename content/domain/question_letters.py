"""The mail about a question: to whoever answers, and to the person who asked."""

import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email
from content.models import AnswerPromise, Page, Question, QuestionMessage
from content.states import MessageKind
from content.text.html_to_text import as_text, for_mail
from content.text.promise import within

KIND = "question"


def address_of(asked: Question) -> str:
    """Who answers: the topic's address, else the staff's."""
    return (asked.topic.email if asked.topic else "") or _plain_address(settings.STAFF_EMAIL)


def admin_path(asked: Question) -> str:
    return reverse("admin:content_question_change", args=[asked.pk])


def _context(asked: Question, **more: Any) -> dict[str, Any]:
    return {
        "name": asked.name,
        "email": asked.email,
        "question": asked.question,
        "topic": asked.topic.name if asked.topic else "",
        "asked_at": timezone.localtime(asked.asked_at),
        "urgent": asked.urgent_about,
        "admin_url": absolute(admin_path(asked)),
        "tracking_url": absolute(asked.get_tracking_url()),
        "resources_url": absolute("/patient-resources/"),
        **more,
    }


def _own_words(asked: Question) -> dict[str, str]:
    """The name and the question, as a letter repeats them to the person who was signed in with this very address.

    Everybody else gets none of them: a question can be asked with anybody's address, one that has an account too.
    """
    if asked.user is not None and asked.user.email.casefold() == asked.email.casefold():
        return {"name": asked.name, "question": asked.question}
    return {"name": "", "question": ""}


def send_notice(asked: Question, *, passed_on_by: Any = None) -> None:
    """To whoever answers; a reply goes to the person."""
    by = passed_on_by.display_name if passed_on_by else ""
    queue_email(
        address_of(asked),
        "content/question_staff",
        _context(asked, passed_on_by=by),
        kind=KIND,
        reply_to=asked.email,
    )


def send_receipt(asked: Question) -> None:
    """To the person: what reached us, and where to follow it."""
    words = _own_words(asked) | {"within": within(AnswerPromise.days())}
    queue_email(asked.email, "content/question_receipt", _context(asked, **words), kind=KIND)


def answer_context(asked: Question, html: str, *, corrects: bool = False) -> dict[str, Any]:
    """What the letter with an answer is made of; the admin shows it before it is sent."""
    html = for_mail(html, settings.SITE_ORIGIN)
    return _context(asked, **_own_words(asked), html=html, answer=as_text(html), corrects=corrects)


def send_answer(asked: Question, message: QuestionMessage) -> None:
    """To the person: the answer itself. A reply reaches whoever answers."""
    context = answer_context(asked, message.html, corrects=message.kind == MessageKind.CORRECTION)
    queue_email(asked.email, "content/question_answer", context, kind=KIND, reply_to=address_of(asked))


def _plain_address(mailbox: str) -> str:
    """The address in “Name <address>”."""
    found = re.search(r"<([^>]+)>", mailbox)
    return found[1] if found else mailbox


def send_follow_up(asked: Question, message: QuestionMessage) -> None:
    """To whoever answers: the person has written again."""
    queue_email(
        address_of(asked),
        "content/question_follow_up",
        _context(asked, follow_up=message.text),
        kind=KIND,
        reply_to=asked.email,
    )


def send_consent_withdrawn(asked: Question, page: Page | None) -> None:
    """To whoever answers: no public answer any more, and which page stands all the same."""
    queue_email(
        address_of(asked),
        "content/question_consent_withdrawn",
        _context(asked, page=page, page_url=absolute(page.path) if page else ""),
        kind=KIND,
        reply_to=asked.email,
    )
