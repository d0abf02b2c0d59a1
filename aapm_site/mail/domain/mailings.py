"""Letters to many: each reader a row, written when it begins; the clock writes the letters in portions.

A portion is one transaction, under the lock of the mailing, that writes the letters of so many rows and marks them, so
that nobody gets it twice or is passed over, whenever a worker dies and however many run. What a letter says and who may
send it is the business of its kind (mailing_kinds.py).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.core.background.due import DueRow, DueWork
from aapm_site.core.transitions import NotAllowed

from ..mailing_kinds import mailing_kind
from ..models import Mailing, MailingRecipient, OutgoingEmail
from ..states import RecipientState, WhyHeld
from .mailing_portions import write_portion

EVERY = timedelta(minutes=5)  # as often as due work is done
A_LITTLE_EARLY = timedelta(seconds=30)  # a run that comes a moment early is not passed over

NAMED = """
    INSERT INTO mail_mailingrecipient (mailing_id, user_id, subscription_id, state, why)
    SELECT %s, {columns}, 'waiting', '' FROM ({chosen}) chosen (key) ON CONFLICT DO NOTHING
"""


# Begun ----------------------------------------------------------------------------------------------------------------
def begin_mailing(kind: str, title: str, *, portion: int, key: str = "", starts_at: datetime | None = None) -> Mailing:
    """A mailing whose first portion is due at once, or then. The caller names its readers in the same transaction."""
    at = timezone.now()
    return Mailing.objects.create(
        kind=mailing_kind(kind).name, title=title, key=key, portion=portion, begun_at=at, next_at=starts_at or at
    )


def in_a_portion(per_hour: int) -> int:
    """So many letters go at once where so many may go in an hour."""
    return max(int(per_hour * EVERY / timedelta(hours=1)), 1)


def name_people(mailing: Mailing, people: QuerySet) -> int:
    """Give each person whose key is among these one row; how many are new."""
    return _name(mailing, "chosen.key, NULL::bigint", people)


def name_subscriptions(mailing: Mailing, subscriptions: QuerySet) -> int:
    """The same for subscriptions of addresses that have no account."""
    return _name(mailing, "NULL::bigint, chosen.key", subscriptions)


def _name(mailing: Mailing, columns: str, keys: QuerySet) -> int:
    sql, values = keys.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NAMED.format(columns=columns, chosen=sql), [mailing.pk, *values])
        return cursor.rowcount


# On the way -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def rest_mailing(mailing: Mailing) -> Mailing:
    """No portion is written until somebody goes on. What was handed to the mail goes out. NotAllowed at its end."""
    return _set(_lock_going(mailing), next_at=None)


@transaction.atomic
def go_on_with_mailing(mailing: Mailing) -> Mailing:
    """The next portion is due at once. NotAllowed for one that does not rest."""
    locked = _lock_going(mailing)
    if not locked.is_resting:
        raise NotAllowed("It is not paused any more.")
    return _set(locked, next_at=timezone.now())


@transaction.atomic
def stop_mailing(mailing: Mailing) -> Mailing:
    """Nobody else gets it, for good; what waits in the mail is kept back when its turn comes. NotAllowed at its end."""
    locked = _lock_going(mailing)
    now = timezone.now()
    waiting = locked.recipients.filter(state=RecipientState.WAITING)
    waiting.update(state=RecipientState.HELD, why=WhyHeld.LETTER_STOPPED, at=now)
    return _set(locked, next_at=None, stopped_at=now)


def _lock_going(mailing: Mailing) -> Mailing:
    locked = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if not locked.is_going:
        raise NotAllowed("There is nothing to stop: it has gone, or was stopped already.")
    return locked


def _set(locked: Mailing, **changes: datetime | None) -> Mailing:
    for name, value in changes.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changes))
    return locked


# By the clock ---------------------------------------------------------------------------------------------------------
def portions_of(name: str, label: str, kind: str, *, permission: str, order: int) -> DueWork:
    """The due work of one kind: a row for each of its mailings."""
    return DueWork(name, label, lambda at: due_portions(kind, at), send_portion, permission=permission, order=order)


def due_portions(kind: str, at: datetime) -> Iterator[DueRow]:
    """Mailings of the kind of which a portion is due by then."""
    for mailing in Mailing.objects.filter(kind=kind, next_at__lte=at).order_by("next_at", "pk"):
        yield DueRow(
            f"{mailing.pk}", f"“{mailing}”: the next letters", mailing.next_at or at, mailing_kind(kind).url(mailing)
        )


@transaction.atomic
def send_portion(key: str) -> None:
    """Write the next letters; after the last one it is done. Not before its time, and not while it rests.

    Locks the mailing: of two workers the second one finds nothing due. A key that leads nowhere is left alone.
    """
    if not (key.isascii() and key.isdigit()):
        return
    now = timezone.now()
    due = Mailing.objects.select_for_update(of=("self",)).filter(next_at__lte=now)
    mailing = due.filter(pk=int(key)).first()
    if mailing is None:
        return
    write_portion(mailing)
    if mailing.recipients.filter(state=RecipientState.WAITING).exists():
        _set(mailing, next_at=now + EVERY - A_LITTLE_EARLY)
        return
    _set(mailing, next_at=None, done_at=now)
    if done := mailing_kind(mailing.kind).done:
        done(mailing)


def still_holds(email: OutgoingEmail) -> bool:
    """Whether a letter that waits in the mail still goes: not when it was stopped, nor to who has said no meanwhile.

    One that belongs to no mailing, such as a test, goes.
    """
    row = MailingRecipient.objects.select_related("mailing", "user", "email__subscription").filter(email=email).first()
    if row is None:
        return True
    subscription = email.subscription
    if row.mailing.stopped_at or (subscription is not None and subscription.paused_at):
        return False
    if row.user is not None and not row.user.is_active:
        return False
    still_for = mailing_kind(row.mailing.kind).still_for
    return still_for is None or still_for(row)
