"""So many letters to members at once: who gets one, who does not and why, and what became of those that went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import Lower
from django.utils import timezone

from aapm_site.mail.domain.queue import NotAnAddress, compose_email, queue_emails
from aapm_site.mail.domain.readers import KnownReader
from aapm_site.mail.models import OutgoingEmail, Subscription, UndeliverableAddress
from aapm_site.mail.registry import is_confirmed

from ..letter_states import RecipientState, WhyHeld
from ..letter_words import names_a_term
from ..models import LetterRecipient, MemberLetter, Membership, Term
from ..reminder_words import fill, written

KIND = "member-letter"
TITLE = "Letters from the Academy to its members"
TEMPLATE = "membership/member_letter"

# What the mail says of each letter. It is asked again for as long as the message is kept: mail comes back late.
SETTLE = """
    UPDATE membership_letterrecipient r SET state = known.state, why = known.why
    FROM (
        SELECT e.id, CASE e.state WHEN 'sent' THEN 'sent' WHEN 'failed' THEN 'failed' WHEN 'suppressed' THEN 'held'
                ELSE 'written' END AS state,
            CASE WHEN e.state <> 'suppressed' THEN '' ELSE CASE e.why_not_sent WHEN 'bounced' THEN 'bounced'
                WHEN 'deceased' THEN 'deceased' WHEN 'paused' THEN 'stopped_mail' WHEN 'overtaken' THEN
                CASE WHEN l.status = 'stopped' THEN 'stopped' ELSE 'stopped_mail' END ELSE 'unconfirmed' END
            END AS why, w.id AS row
        FROM membership_letterrecipient w
        JOIN membership_memberletter l ON l.id = w.letter_id
        JOIN mail_outgoingemail e ON e.id = w.email_id
    ) known
    WHERE r.id = known.row AND (r.state, r.why) IS DISTINCT FROM (known.state, known.why)
"""


@dataclass(frozen=True)
class PortionFacts:
    """What is asked once for all members of a portion."""

    undeliverable: frozenset[str]
    subscriptions: Mapping[int, Subscription]
    needs_term: bool


def write_portion(letter: MemberLetter, most: int) -> int:
    """Write the letters of the next so many rows and mark them; how many rows that were.

    The caller holds the letter's lock: it alone changes rows that wait.
    """
    rows = _waiting(letter, most)
    facts = _facts(letter, rows)
    emails = [email for row in rows if (email := _letter_of(row, letter, facts))]
    queue_emails(emails)
    now = timezone.now()
    for row in rows:
        row.at = now
    LetterRecipient.objects.bulk_update(rows, ["state", "why", "email", "at"], batch_size=500)
    return len(rows)


def _waiting(letter: MemberLetter, most: int) -> list[LetterRecipient]:
    """The next rows, each with the person and the terms."""
    proof = EmailAddress.objects.filter(
        user=OuterRef("membership__user"), email__iexact=OuterRef("membership__user__email"), verified=True
    )
    terms = Prefetch("membership__terms", Term.objects.valid().order_by("starts_on"))
    found = letter.recipients.filter(state=RecipientState.WAITING).annotate(is_proved=Exists(proof))
    return list(found.select_related("membership__user").prefetch_related(terms).order_by("pk")[:most])


def _facts(letter: MemberLetter, rows: Iterable[LetterRecipient]) -> PortionFacts:
    people = [row.membership.user for row in rows if row.membership]
    addresses = {person.email.lower() for person in people if person.email}
    marked = UndeliverableAddress.objects.filter(lifted_at=None, address__in=addresses).values_list(
        Lower("address"), flat=True
    )
    return PortionFacts(
        frozenset(marked), _subscriptions([person.pk for person in people]), names_a_term(letter.subject, letter.text)
    )


def _subscriptions(people: list[int]) -> Mapping[int, Subscription]:
    """That of each person, made where there is none: its link is the one press that stops these letters."""
    mine = Subscription.objects.filter(kind=KIND, key="", user__in=people)
    known = set(mine.values_list("user", flat=True))
    now = timezone.now()
    Subscription.objects.bulk_create(
        [
            Subscription(user_id=person, kind=KIND, title=TITLE, confirmed_at=now)
            for person in people
            if person not in known
        ],
        ignore_conflicts=True,
    )
    return {one.user_id: one for one in mine.select_related("user") if one.user_id}


def _letter_of(row: Any, letter: MemberLetter, facts: PortionFacts) -> OutgoingEmail | None:
    """The message of one row, which is marked accordingly; None where nothing goes."""
    if why := why_held(row.membership, facts):
        row.state, row.why = RecipientState.HELD, why
        return None
    person = row.membership.user
    confirmed = row.is_proved or is_confirmed(person.email)
    subscription = facts.subscriptions[person.pk]
    try:
        email = compose_email(
            person.email, TEMPLATE, letter_to(letter, row.membership), user=person, kind=KIND,
            subscription=subscription, reader=KnownReader(person.email, confirmed),
        )  # fmt: skip
    except NotAnAddress:
        row.state, row.why = RecipientState.HELD, WhyHeld.NO_ADDRESS
        return None
    if email.why_not_sent:
        row.state, row.why = RecipientState.HELD, WhyHeld.UNCONFIRMED
        return None
    row.state, row.email = RecipientState.WRITTEN, email
    return email


def why_held(membership: Membership | None, facts: PortionFacts) -> WhyHeld | None:
    """Why somebody on the list gets no letter; None for who gets one."""
    if membership is None:
        return WhyHeld.FORGOTTEN
    person = membership.user
    subscription = facts.subscriptions.get(person.pk)
    reasons = (
        (WhyHeld.DECEASED, membership.deceased_on is not None),
        (WhyHeld.NO_SIGN_IN, not person.is_active),
        (WhyHeld.CLOSED, membership.closed_at is not None),
        (WhyHeld.NO_ADDRESS, not person.email),
        (WhyHeld.BOUNCED, bool(person.email) and person.email.lower() in facts.undeliverable),
        (WhyHeld.STOPPED_MAIL, subscription is not None and subscription.paused_at is not None),
        (WhyHeld.NO_TERM, facts.needs_term and not membership.terms.all()),
    )
    return next((why for why, is_so in reasons if is_so), None)


def letter_to(letter: MemberLetter, membership: Membership) -> dict[str, str]:
    """The subject and the text for one member, as they are mailed."""
    last = max(
        (term for term in membership.terms.all() if not term.is_void), key=lambda term: term.starts_on, default=None
    )
    values = {
        "name": membership.user.get_short_name(),
        "number": str(membership.number),
        "category": last.plan.name if last else "",
        "ends_on": written(last.ends_on) if last else "",
        "site": settings.SITE_ORIGIN,
    }
    return {"subject": " ".join(fill(letter.subject, values).split()), "body": fill(letter.text, values)}


def settle_letters() -> int:
    """Take over from the mail what became of the letters; how many rows that changed. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE)
        return cursor.rowcount
