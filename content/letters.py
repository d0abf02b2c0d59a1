"""The kinds of mail of this room: who sees them, and what of them may go to an address that nobody has confirmed."""

from django.db.models import QuerySet

from aapm_site.mail.registry import MailKind, OpenLetter
from content.models import Topic

# What the person typed, their name and question, stands in no letter before the address is confirmed.
RECEIPT = ("topic", "asked_at", "tracking_url", "resources_url")
ANSWER = (*RECEIPT, "html", "answer", "corrects")

KINDS = (
    MailKind(
        "question",
        "Questions and answers",
        "content.view_question",
        (
            OpenLetter("content/question_receipt", reads=RECEIPT),
            OpenLetter("content/question_answer", reads=ANSWER, by_staff=True),
        ),
    ),
    MailKind("links", "Broken links", "content.view_link", is_list=True),
)


def answered_at(address: str) -> QuerySet[Topic]:
    """The topics for which staff have entered it as that of whoever answers."""
    return Topic.objects.filter(email__iexact=address)
