"""What a reader does with alerts: asks for one, confirms it, changes, pauses and deletes it, or ends them all."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.models import Count
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import subscriptions
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail, Subscription
from aapm_site.mail.registry import is_confirmed

from ..choices import AlertPace
from ..criteria import JobCriteria
from ..models import Alert, AlertReader
from ..models.alert import KIND
from .alert_criteria import compiled

LIMIT = 30
TITLE = "New positions"
SALT = "careers.alert"
CONFIRM_SECONDS = 7 * 24 * 60 * 60
PRESS = "alert-press"  # the count of links pressed in a reader's letters
TITLE_LENGTH = 200


class AlertsFull(NotAllowed):
    """The reader has as many alerts as there may be."""


@dataclass(frozen=True)
class WantedAlert:
    """An alert that somebody has asked for: the address of its search, the same in words, and how often it tells."""

    address: str
    title: str
    pace: str


def ask_to_confirm_alert(email: str, wanted: WantedAlert) -> None:
    """Mail the link that makes the alert. All of it stands in the link, so that nothing is kept of a stranger.

    The letter does not repeat the search: somebody may have typed words of theirs to trouble the reader.
    """
    token = signing.dumps({"email": email, **asdict(wanted)}, salt=SALT, compress=True)
    context = {"token": token, "pace": AlertPace(wanted.pace).label.lower()}
    queue_email(email, "careers/alert_confirm", context, kind=f"{KIND}.confirm", secret=True)


def alert_to_confirm(signed: str) -> tuple[str, WantedAlert] | None:
    """For which address a link makes which alert; None for a forged or an old one."""
    try:
        said: Mapping[str, str] = signing.loads(signed, salt=SALT, max_age=CONFIRM_SECONDS)
    except signing.BadSignature:
        return None
    return said["email"], WantedAlert(said["address"], said["title"], said["pace"])


@transaction.atomic
def add_confirmed_alert(email: str, wanted: WantedAlert, criteria: JobCriteria) -> Alert:
    """The reader of the address wants it. Whose account has that address gets it there. See add_alert()."""
    subscription = _subscription_to(email)
    reader = _awake(subscription)
    subscriptions.confirm_subscription(subscription)
    return _add(reader, wanted, criteria)


@transaction.atomic
def add_alert(user: User, wanted: WantedAlert, criteria: JobCriteria) -> Alert:
    """An alert of somebody whose address is confirmed; the same search a second time takes the new pace and goes on.

    Raises AlertsFull at the limit.
    """
    return _add(_awake(_subscription_of(user)), wanted, criteria)


def may_have_at_once(user: Any) -> bool:
    """Whether an alert needs no letter to confirm it: the person is signed in, and the address is theirs."""
    return bool(user.is_authenticated and user.email and is_confirmed(user.email))


def _subscription_to(email: str) -> Subscription:
    person = User.objects.filter(is_active=True, email__iexact=email, emailaddress__verified=True).first()
    if person is not None:
        return _subscription_of(person)
    made, _ = Subscription.objects.get_or_create(
        email=email.lower(), kind=KIND, key="", defaults={"title": TITLE, "confirmed_at": timezone.now()}
    )
    return made


def _subscription_of(user: User) -> Subscription:
    """The person's own; that of their address, from before they had an account, becomes it."""
    take_over_alerts(user)
    made, _ = Subscription.objects.get_or_create(
        user=user, kind=KIND, key="", defaults={"title": TITLE, "confirmed_at": timezone.now()}
    )
    return made


def take_over_alerts(user: User) -> None:
    """What came to the person's address without an account belongs to the account, if that has no alerts yet."""
    if not user.email or Subscription.objects.filter(user=user, kind=KIND).exists():
        return
    Subscription.objects.filter(email__iexact=user.email, kind=KIND).update(user=user, email="")


def _awake(subscription: Subscription) -> AlertReader:
    """The reader, locked. Who had stopped all alerts and asks for a new one gets that one alone."""
    reader, _ = AlertReader.objects.get_or_create(subscription=subscription)
    locked = AlertReader.objects.select_for_update(of=("self",)).select_related("subscription").get(pk=reader.pk)
    if stopped_at := locked.subscription.paused_at:
        locked.alerts.filter(paused_at=None).update(paused_at=stopped_at)
        subscriptions.resume_subscription(locked.subscription)
    return locked


def _add(reader: AlertReader, wanted: WantedAlert, criteria: JobCriteria) -> Alert:
    note_answer(reader)
    known = reader.alerts.filter(address=wanted.address).first()
    if known is not None:
        known.pace, known.paused_at = wanted.pace, None
        known.save(update_fields=["pace", "paused_at"])
        return known
    if reader.alerts.count() >= LIMIT:
        raise AlertsFull(f"You have {LIMIT} alerts, and that is all there is room for. Delete one of them first.")
    return Alert.objects.create(
        reader=reader,
        address=wanted.address,
        title=wanted.title[:TITLE_LENGTH],
        pace=wanted.pace,
        **compiled(criteria.without("since")),
    )


@transaction.atomic
def change_alert(alert: Alert, wanted: WantedAlert, criteria: JobCriteria) -> None:
    """Let an alert look for something else; one that rests goes on with it, and so do letters that were stopped.

    NotAllowed when another one of the reader's looks for it already.
    """
    reader = _awake(alert.reader.subscription)
    if reader.alerts.filter(address=wanted.address).exclude(pk=alert.pk).exists():
        raise NotAllowed("You have an alert for this search already.")
    columns = compiled(criteria.without("since"))
    reader.alerts.filter(pk=alert.pk).update(
        address=wanted.address, title=wanted.title[:TITLE_LENGTH], pace=wanted.pace, paused_at=None, **columns
    )
    # What the old search has found and nobody was told is not what the reader looks for now.
    alert.matches.filter(told_at=None).delete()
    note_answer(reader)


def set_pace(alert: Alert, pace: str) -> None:
    """How often it tells of new positions; ValueError for a pace that does not exist."""
    Alert.objects.filter(pk=alert.pk).update(pace=AlertPace(pace))
    note_answer(alert.reader)


def pause_alert(alert: Alert) -> None:
    """Let it rest. What it has found by now is not told afterwards either: it would be old news."""
    Alert.objects.filter(pk=alert.pk, paused_at=None).update(paused_at=timezone.now())
    alert.matches.filter(told_at=None).delete()
    note_answer(alert.reader)


def resume_alert(alert: Alert) -> None:
    """Let it go on, and the reader's letters with it, if all of them were stopped."""
    with transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(paused_at=None)
        subscription = alert.reader.subscription
        if subscription.paused_at:
            alert.reader.alerts.exclude(pk=alert.pk).filter(paused_at=None).update(paused_at=subscription.paused_at)
            subscriptions.resume_subscription(subscription)
        note_answer(alert.reader)


def delete_alert(alert: Alert) -> None:
    """Forget the search and what it has found."""
    note_answer(alert.reader)
    alert.delete()


def note_answer(reader: AlertReader) -> None:
    """The reader has done something with the alerts: they are wanted."""
    AlertReader.objects.filter(pk=reader.pk).update(unanswered_since=None, asked_at=None)


@transaction.atomic
def forget_readers(readers: QuerySet[AlertReader]) -> None:
    """Forget their alerts, what these have found, the letters about it, and that links in them were pressed."""
    rows = list(readers.values_list("pk", "subscription_id"))
    Count.objects.filter(kind=PRESS, key__in=[str(pk) for pk, _ in rows]).delete()
    OutgoingEmail.objects.filter(subscription_id__in=[subscription for _, subscription in rows]).delete()
    Subscription.objects.filter(pk__in=[subscription for _, subscription in rows]).delete()
