"""So many letters of a mailing at once: who gets one, who does not and why, and what became of those that went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from aapm_site.core.association import AssociationDetails, association

from ..mailing_kinds import MailingKind, Portion, mailing_kind
from ..models import Mailing, MailingRecipient, OutgoingEmail, Subscription, UndeliverableAddress
from ..registry import is_confirmed
from ..states import RecipientState, WhyHeld
from .queue import NotAnAddress, compose_email, queue_emails
from .readers import KnownReader

# What the mail says of each letter. It is asked again for as long as the message is kept: mail comes back late.
SETTLE = """
    UPDATE mail_mailingrecipient r SET state = known.state, why = known.why
    FROM (
        SELECT CASE e.state WHEN 'sent' THEN 'sent' WHEN 'failed' THEN 'failed' WHEN 'suppressed' THEN 'held'
                ELSE 'written' END AS state,
            CASE WHEN e.state <> 'suppressed' THEN '' ELSE CASE e.why_not_sent WHEN 'bounced' THEN 'bounced'
                WHEN 'deceased' THEN 'deceased' WHEN 'paused' THEN 'stopped_mail' WHEN 'overtaken' THEN
                CASE WHEN l.stopped_at IS NOT NULL THEN 'stopped' WHEN s.paused_at IS NOT NULL THEN 'stopped_mail'
                    ELSE 'overtaken' END ELSE 'unconfirmed' END
            END AS why, w.id AS row
        FROM mail_mailingrecipient w
        JOIN mail_mailing l ON l.id = w.mailing_id
        JOIN mail_outgoingemail e ON e.id = w.email_id
        LEFT JOIN mail_subscription s ON s.id = e.subscription_id
    ) known
    WHERE r.id = known.row AND (r.state, r.why) IS DISTINCT FROM (known.state, known.why)
"""


@dataclass(frozen=True)
class PortionFacts:
    """What is asked once for all readers of a portion."""

    kind: MailingKind
    own: Portion
    undeliverable: frozenset[str]
    subscriptions: Mapping[int, Subscription]
    sender: AssociationDetails


def write_portion(mailing: Mailing) -> int:
    """Write the letters of the next rows and mark them; how many rows that were.

    The caller holds the mailing's lock: it alone changes rows that wait.
    """
    rows = _waiting(mailing)
    facts = _facts(mailing, rows)
    queue_emails([email for row in rows if (email := _letter_of(row, facts))])
    now = timezone.now()
    for row in rows:
        row.at = now
    MailingRecipient.objects.bulk_update(rows, ["state", "why", "email", "subscription", "at"], batch_size=500)
    return len(rows)


def _waiting(mailing: Mailing) -> list[MailingRecipient]:
    """The next rows, each with its reader and whether the address is proved."""
    proof = EmailAddress.objects.filter(user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True)
    found = mailing.recipients.filter(state=RecipientState.WAITING).annotate(is_proved=Exists(proof))
    return list(found.select_related("user", "subscription__user").order_by("pk")[: mailing.portion])


def _facts(mailing: Mailing, rows: Sequence[MailingRecipient]) -> PortionFacts:
    kind = mailing_kind(mailing.kind)
    people = [row.user_id for row in rows if row.user_id]
    addresses = {address.lower() for row in rows if (address := _address_of(row))}
    marked = UndeliverableAddress.objects.filter(lifted_at=None, address__in=addresses)
    return PortionFacts(
        kind,
        kind.portion(mailing, rows),
        frozenset(marked.values_list(Lower("address"), flat=True)),
        _subscriptions(kind, mailing.key, people),
        association(),
    )


def _subscriptions(kind: MailingKind, key: str, people: list[int]) -> Mapping[int, Subscription]:
    """That of each person; made where there is none, if the kind says so: its link is what stops these letters."""
    theirs = Subscription.objects.filter(kind=kind.name, key=key, user__in=people)
    if kind.subscription_title:
        known, now = set(theirs.values_list("user", flat=True)), timezone.now()
        made = [
            Subscription(user_id=person, kind=kind.name, key=key, title=kind.subscription_title, confirmed_at=now)
            for person in people
            if person not in known
        ]
        Subscription.objects.bulk_create(made, ignore_conflicts=True)
    return {one.user_id: one for one in theirs.select_related("user") if one.user_id}


def _letter_of(row: MailingRecipient, facts: PortionFacts) -> OutgoingEmail | None:
    """The message of one row, which is marked accordingly; None where nothing goes."""
    subscription = _subscription_of(row, facts)
    if why := facts.own.why_held(row) or _why_held(row, subscription, facts):
        _hold(row, why)
        return None
    address = _address_of(row)
    try:
        email = compose_email(
            address, facts.kind.template, facts.own.context(row), user=row.user, kind=facts.kind.name,
            subscription=subscription, reader=KnownReader(address, _is_known(row, address)),
            sender=facts.sender,
        )  # fmt: skip
    except NotAnAddress:
        _hold(row, WhyHeld.NO_ADDRESS)
        return None
    if email.why_not_sent:
        _hold(row, WhyHeld.UNCONFIRMED)
        return None
    row.state, row.email, row.subscription = RecipientState.WRITTEN, email, subscription
    return email


def _hold(row: MailingRecipient, why: str) -> None:
    row.state, row.why = RecipientState.HELD, why


def _address_of(row: MailingRecipient) -> str:
    if row.user is not None:
        return row.user.email or ""
    return row.subscription.address or "" if row.subscription else ""


def _subscription_of(row: MailingRecipient, facts: PortionFacts) -> Subscription | None:
    return row.subscription if row.user_id is None else facts.subscriptions.get(row.user_id)


def _is_known(row: MailingRecipient, address: str) -> bool:
    """Whether its reader has confirmed it; an address without an account did so by subscribing."""
    is_proved: bool = row.is_proved  # type: ignore[attr-defined]  # annotated by _waiting()
    return row.user is None or is_proved or is_confirmed(address)


def _why_held(row: MailingRecipient, subscription: Subscription | None, facts: PortionFacts) -> WhyHeld | None:
    """Why a reader gets no letter of any kind; None for who gets one."""
    person, address = row.user, _address_of(row)
    reasons = (
        (WhyHeld.FORGOTTEN, person is None and row.subscription is None),
        (WhyHeld.NO_SIGN_IN, person is not None and not person.is_active),
        (WhyHeld.NO_ADDRESS, not address),
        (WhyHeld.BOUNCED, address.lower() in facts.undeliverable),
        (WhyHeld.STOPPED_MAIL, subscription is None or not subscription.wants_mail),
    )
    return next((why for why, is_so in reasons if is_so), None)


def settle_mailings() -> int:
    """Take over from the mail what became of the letters; how many rows that changed. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE)
        return cursor.rowcount
