"""Alerts that nobody answers: after eight weeks of letters without a press we ask once, and then they rest."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.models import Count
from aapm_site.core.seo import absolute
from aapm_site.mail.domain import subscriptions
from aapm_site.mail.domain.queue import queue_email

from ..models import AlertReader
from ..models.alert import KIND
from .alerts import PRESS, note_answer

PATIENCE = timedelta(weeks=8)
LAST_WORD = timedelta(weeks=2)  # from the question to the rest
MOST_AT_ONCE = 500


def due_silences(at: datetime) -> Iterator[DueRow]:
    """Readers who have pressed nothing for eight weeks of letters, and those who have left the question unanswered."""
    silent = Q(asked_at=None, unanswered_since__lte=at - PATIENCE) | Q(asked_at__lte=at - LAST_WORD)
    readers = AlertReader.objects.filter(silent, unanswered_since__isnull=False, subscription__paused_at=None).order_by(
        "unanswered_since", "pk"
    )
    for reader in readers[:MOST_AT_ONCE]:
        if reader.asked_at is not None:
            yield DueRow(str(reader.pk), f"Let the alerts of reader {reader.pk} rest", reader.asked_at + LAST_WORD)
        elif reader.unanswered_since is not None:
            asks_at = reader.unanswered_since + PATIENCE
            yield DueRow(str(reader.pk), f"Ask reader {reader.pk} whether alerts are still wanted", asks_at)


@transaction.atomic
def answer_silence(key: str) -> None:
    """Note a press that was counted meanwhile, ask, or let all alerts rest. Safe to repeat and to race."""
    now = timezone.now()
    reader = AlertReader.objects.select_for_update(of=("self",)).filter(pk=int(key)).first()
    if reader is None or reader.unanswered_since is None or reader.subscription.paused_at:
        return
    if has_pressed(reader):
        note_answer(reader)
    elif reader.asked_at is None and reader.unanswered_since <= now - PATIENCE:
        _ask(reader, now)
    elif reader.asked_at is not None and reader.asked_at <= now - LAST_WORD:
        subscriptions.pause_subscription(reader.subscription)
        note_answer(reader)


def has_pressed(reader: AlertReader) -> bool:
    """Whether a link was pressed since the first letter without an answer. Presses are counted by the day."""
    since = timezone.localdate(reader.unanswered_since)
    return Count.objects.filter(kind=PRESS, key=str(reader.pk), on__gte=since).exists()


def _ask(reader: AlertReader, now: datetime) -> None:
    subscription = reader.subscription
    reader.asked_at = now
    reader.save(update_fields=["asked_at"])
    context = {
        "titles": list(reader.alerts.filter(paused_at=None).values_list("title", flat=True)),
        "alerts_url": absolute(reader.get_absolute_url()),
        "rests_on": timezone.localdate(now + LAST_WORD),
    }
    queue_email(
        subscription.address,
        "careers/alert_still_wanted",
        context,
        user=subscription.user,
        subscription=subscription,
        kind=f"{KIND}.still_wanted",
    )
