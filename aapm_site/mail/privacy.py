"""A person's mail, for the export of their data and its erasure."""

from typing import Any

from django.db.models import Q, QuerySet

from aapm_site.core.privacy import PersonalData

from .models import OutgoingEmail, Subscription


def _emails(user: Any) -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(Q(user=user) | Q(to=user.email))


def _subscriptions(user: Any) -> QuerySet[Subscription]:
    return Subscription.objects.filter(Q(user=user) | Q(email=user.email))


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
    }


def erase(user: Any) -> None:
    """Forget the messages and the subscriptions; what waits is not sent."""
    _emails(user).delete()
    _subscriptions(user).delete()


MAIL = PersonalData("mail", ("mail.OutgoingEmail", "mail.Subscription"), export, erase, order=900)
