"""A person's mail, for the export of their data and its erasure."""

from typing import Any

from django.db.models import Q, QuerySet

from aapm_site.core.privacy import PersonalData

from .models import MailingRecipient, OutgoingEmail, Subscription, UndeliverableAddress
from .presenters.mailings import state_words
from .registry import kind_words


def _of(user: Any, field: str) -> Q:
    """The person's, and what belongs to their address; who has none shares the empty field with nobody."""
    return Q(user=user) | Q(**{field: user.email}) if user.email else Q(user=user)


def _emails(user: Any) -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(_of(user, "to"))


def _subscriptions(user: Any) -> QuerySet[Subscription]:
    return Subscription.objects.filter(_of(user, "email"))


def _marks(user: Any) -> QuerySet[UndeliverableAddress]:
    return UndeliverableAddress.objects.filter(address=user.email.lower())


def _recipients(user: Any) -> QuerySet[MailingRecipient]:
    """The letters to many of which the person is a reader, by the account or by the address alone."""
    return MailingRecipient.objects.filter(Q(user=user) | Q(subscription__in=_subscriptions(user)))


def export(user: Any) -> dict[str, Any]:
    """What we mailed (without the text of secret messages) and which list mail the person gets."""
    return {
        "messages": [
            {
                "to": email.to,
                "subject": email.subject,
                "text": "" if email.secret else email.text,
                "state": email.state_words,
                "written_at": email.created_at,
                "sent_at": email.sent_at,
            }
            for email in _emails(user)
        ],
        "subscriptions": [
            {
                "title": subscription.title,
                "kind": subscription.kind,
                "frequency": subscription.get_frequency_display(),
                "since": subscription.created_at,
                "paused_at": subscription.paused_at,
            }
            for subscription in _subscriptions(user)
        ],
        "letters_to_many": [
            {
                "kind": kind_words(row.mailing.kind),
                "letter": row.mailing.title,
                "at": row.at,
                "what_became_of_it": state_words(row.mailing.kind, row.state, row.why),
                "stopped_such_letters_at": row.stopped_at,
            }
            for row in _recipients(user).select_related("mailing")
        ],
        "mail_that_came_back": list(_marks(user).values("address", "source", "reason", "since", "lifted_at")),
    }


def erase(user: Any) -> None:
    """Forget the messages and the subscriptions; what waits is not sent. Letters to many keep their count."""
    _recipients(user).update(user=None, subscription=None)
    _emails(user).delete()
    _subscriptions(user).delete()
    _marks(user).delete()


MAIL = PersonalData(
    "mail",
    ("mail.MailingRecipient", "mail.OutgoingEmail", "mail.Subscription", "mail.UndeliverableAddress"),
    export,
    erase,
    order=900,
)
