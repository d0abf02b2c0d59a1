"""The kinds of mail of this room: who sees them, and what of them may go to an address that nobody has confirmed."""

from django.db.models import QuerySet

from aapm_site.mail.domain.mailings import still_holds
from aapm_site.mail.registry import MailKind, OpenLetter
from content.domain.newsletter_readers import KIND as NEWSLETTER
from content.models import Topic

# What the person typed, their name and question, stands in no letter before the address is confirmed.
FOLLOWED = ("topic", "asked_at", "tracking_url", "resources_url")
RECEIPT = (*FOLLOWED, "within")
ANSWER = (*FOLLOWED, "html", "answer", "corrects")

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
    MailKind(
        NEWSLETTER,
        "The newsletter",
        "content.view_newsletter",
        (OpenLetter("content/newsletter_confirm", reads=("token",)),),
        is_list=True,
        own_page="content:newsletter",
        still_holds=still_holds,
    ),
    MailKind("links", "Broken links", "content.view_link", is_list=True),
)


def answered_at(address: str) -> QuerySet[Topic]:
    """The topics for which staff have entered it as that of whoever answers."""
    return Topic.objects.filter(email__iexact=address)
