"""Who gets the newsletter: asked for by anybody, confirmed by a link, stopped and forgotten by one press.

Until an address is confirmed it stands in the link that we mail, and nowhere else. An address of an account gets the
newsletter there, so that nobody gets it twice and one switch stops it.
"""

from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.http.limits import within
from aapm_site.mail.domain import subscriptions
from aapm_site.mail.domain.bounces import address_works
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.domain.undeliverable import is_undeliverable
from aapm_site.mail.models import OutgoingEmail, Subscription
from aapm_site.mail.registry import is_confirmed
from aapm_site.mail.strangers import reader_of

KIND = "newsletter"
TITLE = "The Academy’s newsletter"
SALT = "content.newsletter"
CONFIRM_SECONDS = 7 * 24 * 60 * 60
LETTERS_A_DAY = 3  # that ask one reader to confirm: whoever did not ask is not troubled more often


# Asked for ------------------------------------------------------------------------------------------------------------
def ask_to_confirm_newsletter(email: str) -> bool:
    """Mail the link that begins it; whether a letter goes. The person is told the same either way.

    None goes to who gets it already, to an address to which mail came back or whose reader complained, nor more than
    three to one mailbox in a day. The address stands in the link, so that nothing else is kept of a stranger.
    """
    if _awake(email).exists() or is_undeliverable(email):
        return False
    if not within("newsletter-letters", reader_of(email), times=LETTERS_A_DAY, seconds=24 * 60 * 60):
        return False
    token = signing.dumps(email, salt=SALT)
    queue_email(email, "content/newsletter_confirm", {"token": token}, kind=f"{KIND}.confirm", secret=True)
    return True


def address_to_confirm(signed: str) -> str | None:
    """Whose newsletter a link begins; None for a forged or an old one."""
    try:
        return str(signing.loads(signed, salt=SALT, max_age=CONFIRM_SECONDS))
    except signing.BadSignature:
        return None


@transaction.atomic
def confirm_newsletter(email: str) -> Subscription:
    """The reader of the address wants it. Repeating it changes nothing; of several presses at once one row comes."""
    proved = Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    if person := User.objects.filter(proved, is_active=True, email__iexact=email).first():
        address_works(email)
        return want_newsletter(person)
    made, _ = Subscription.objects.get_or_create(
        email=email.lower(), kind=KIND, key="", defaults={"title": TITLE, "confirmed_at": timezone.now()}
    )
    subscriptions.confirm_subscription(made)
    return made


def may_have_at_once(user: Any) -> bool:
    """Whether it needs no letter to confirm it: the person is signed in, and the address is theirs."""
    return bool(user.is_authenticated and user.email and is_confirmed(user.email))


# Of people with an account --------------------------------------------------------------------------------------------
@transaction.atomic
def want_newsletter(user: User) -> Subscription:
    """It comes to the account's address. Locks the person, so that two presses at once make one subscription."""
    _take_over(user)
    return subscriptions.subscribe(user, KIND, TITLE)


@transaction.atomic
def stop_newsletter(user: User) -> None:
    """No more of them, what is waiting too; repeating it changes nothing. Locks the person."""
    _take_over(user)
    if subscription := Subscription.objects.filter(user=user, kind=KIND).first():
        subscriptions.pause_subscription(subscription)


def gets_newsletter(user: User) -> bool:
    """Whether it comes to them: what they said with the account counts before what they said without it."""
    own = Subscription.objects.filter(user=user, kind=KIND).first()
    return own.paused_at is None if own else _awake(user.email).exists()


def _take_over(user: User) -> None:
    """What came to the address without the account belongs to the account; beside its own it is one too many."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.email:
        return
    without = Subscription.objects.filter(user=None, email=user.email.lower(), kind=KIND)
    if Subscription.objects.filter(user=user, kind=KIND).exists():
        without.delete()
    else:
        without.update(user=user, email="")


def _awake(email: str) -> QuerySet[Subscription]:
    """The subscriptions by which it comes to an address, with an account or without."""
    to = Q(user=None, email=email.lower(), confirmed_at__isnull=False) | Q(user__email__iexact=email)
    return Subscription.objects.filter(to, kind=KIND, paused_at=None)


# Of whoever has a letter ----------------------------------------------------------------------------------------------
def reader_by_token(token: str) -> Subscription | None:
    """Whose letters hold this token."""
    return Subscription.objects.select_related("user").filter(token=token, kind=KIND).first()


@transaction.atomic
def forget_readers(readers: QuerySet[Subscription]) -> int:
    """Forget that they get it, our copies of the letters and the link that they pressed; how many readers.

    Which letters went out keeps its count, without their names.
    """
    rows = list(readers.select_related("user"))
    for row in rows:
        OutgoingEmail.objects.filter(kind=f"{KIND}.confirm", to__iexact=row.address).delete()
    keys = [row.pk for row in rows]
    OutgoingEmail.objects.filter(subscription__in=keys).delete()
    Subscription.objects.filter(pk__in=keys).delete()
    return len(keys)
