"""What this room keeps of a person: the questions they asked, the resources they looked at, and their newsletter."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.privacy import PersonalData
from aapm_site.mail.models import MailingRecipient, Subscription
from aapm_site.mail.presenters.mailings import state_words
from content.domain import previews, questions
from content.models import PreviewLink, Question, QuestionMessage, Resource
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


def export_links(user: User) -> dict[str, Any]:
    """The links by which this member of staff showed pages to colleagues; not the tokens, which open them."""
    rows = PreviewLink.objects.filter(by=user).select_related("page").defer("page__search")
    return {
        "links_to_pages": [
            {"page": link.page.title, "made_at": _when(link.made_at), "until": _when(link.ended_at or link.expires_at)}
            for link in rows
        ]
    }


def newsletter_of(subscription: Subscription) -> dict[str, Any]:
    """That somebody gets the newsletter, and which letters went to them; they may have no account.

    An account's own export has the same among its mail (mail/privacy.py), which forgets it, too.
    """
    own = Q(subscription=subscription)
    rows = MailingRecipient.objects.filter(own | Q(user=subscription.user_id) if subscription.user_id else own)
    found = rows.filter(mailing__kind=subscription.kind).select_related("mailing")
    return {
        "address": subscription.address,
        "asked_for_at": subscription.created_at,
        "confirmed_at": subscription.confirmed_at,
        "stopped_at": subscription.paused_at,
        "letters": [
            {
                "letter": row.mailing.title,
                "at": row.at,
                "what_became_of_it": state_words(row.mailing.kind, row.state, row.why),
                "stopped_it_at": row.stopped_at,
            }
            for row in found
        ],
    }


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
LINKS_TO_PAGES = PersonalData(
    "links-to-pages",
    ("content.PreviewLink",),
    export_links,
    previews.end_links_of,
    order=26,
)
