"""List mail: asking for it, confirming an address, pausing it with one click."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import MailingRecipient, OutgoingEmail, Subscription
from ..registry import kind_of
from ..states import EmailState, Frequency, RecipientState, WhyNotSent
from .bounces import address_works
from .queue import one_address, queue_email

SALT = "mail.confirm"
CONFIRM_SECONDS = 7 * 24 * 60 * 60
A_SLIP = timedelta(days=1)  # who takes a mail up again within it had not meant to stop it


def subscribe(user: Any, kind: str, title: str, *, key: str = "", frequency: str = Frequency.AT_ONCE) -> Subscription:
    """A signed-in person's subscription, made or taken up again. Their address is confirmed by their account.

    UnknownKind unless a room has registered the kind.
    """
    subscription, _ = Subscription.objects.update_or_create(
        user=user,
        kind=kind_of(kind).name,
        key=key,
        defaults={"title": title, "frequency": frequency, "paused_at": None, "confirmed_at": timezone.now()},
    )
    return subscription


def ask_to_confirm(email: str, kind: str, title: str, *, key: str = "", frequency: str = Frequency.AT_ONCE) -> None:
    """Mail a confirmation link to an address; nothing else is sent there before somebody has followed it.

    The answer to the person must be the same whether the address is known or not, so nothing is returned. The letter
    names the kind and not the title, which somebody may have typed. UnknownKind unless a room has registered it.
    """
    address, wanted = one_address(email).lower(), kind_of(kind)
    with transaction.atomic():
        found = Subscription.objects.filter(email=address, kind=kind, key=key).first()
        subscription = found or Subscription.objects.create(
            email=address, kind=kind, key=key, title=title, frequency=frequency
        )
        if not subscription.wants_mail:
            token = signing.dumps(subscription.token, salt=SALT)
            queue_email(
                address, "mail/confirm", {"title": wanted.label, "token": token}, kind="subscription", secret=True
            )


def subscription_to_confirm(signed: str) -> Subscription | None:
    """The subscription that a confirmation link is about; None for a forged, old or withdrawn one."""
    try:
        token = signing.loads(signed, salt=SALT, max_age=CONFIRM_SECONDS)
    except signing.BadSignature:
        return None
    return find_subscription(token)


def find_subscription(token: str) -> Subscription | None:
    return Subscription.objects.select_related("user").filter(token=token).first()


def confirm_subscription(subscription: Subscription) -> None:
    """The reader of the address wants this mail; repeating it changes nothing."""
    now = timezone.now()
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=now)
    Subscription.objects.filter(pk=subscription.pk).update(paused_at=None)
    address_works(subscription.address)


def pause_subscription(subscription: Subscription) -> None:
    """Stop this mail at once, what is waiting too; repeating it changes nothing."""
    now = timezone.now()
    with transaction.atomic():
        if Subscription.objects.filter(pk=subscription.pk, paused_at=None).update(paused_at=now):
            _last_letter_to(subscription).filter(stopped_at=None).update(stopped_at=now)
        OutgoingEmail.objects.filter(subscription=subscription, state="queued").update(
            state=EmailState.SUPPRESSED, why_not_sent=WhyNotSent.PAUSED
        )


@transaction.atomic
def stop_all_mail(person: Any) -> None:
    """Of somebody who has died: every subscription rests, and what waits to be sent is not. Safe to repeat.

    What their address gets without the account rests too.
    """
    theirs = Q(user=person) | Q(email__iexact=person.email) if person.email else Q(user=person)
    Subscription.objects.filter(theirs, paused_at=None).update(paused_at=timezone.now())
    waiting = OutgoingEmail.objects.filter(Q(user=person) | Q(subscription__in=Subscription.objects.filter(theirs)))
    waiting.filter(state=EmailState.QUEUED).update(state=EmailState.SUPPRESSED, why_not_sent=WhyNotSent.DECEASED)


def resume_subscription(subscription: Subscription) -> None:
    """Take the mail up again; only what was confirmed before comes."""
    Subscription.objects.filter(pk=subscription.pk).update(paused_at=None)
    _last_letter_to(subscription).filter(stopped_at__gt=timezone.now() - A_SLIP).update(stopped_at=None)


def _last_letter_to(subscription: Subscription) -> QuerySet[MailingRecipient]:
    """The letter to many after which the reader stops or goes on, if any went to them."""
    went = MailingRecipient.objects.filter(subscription=subscription.pk)
    went = went.filter(state__in=(RecipientState.WRITTEN, RecipientState.SENT)).order_by("-pk")
    return MailingRecipient.objects.filter(pk__in=went.values("pk")[:1])


def set_frequency(subscription: Subscription, frequency: str) -> None:
    """How often this mail comes; raises ValueError for a frequency that does not exist."""
    Subscription.objects.filter(pk=subscription.pk).update(frequency=Frequency(frequency))
