"""Letters about new positions: all that a person's alerts have found and that is due, in one.

Readers are written to in batches, each one row of due work and one transaction: its letters are queued and what they
tell is marked together, so that of a worker that is killed a batch is done as a whole or not at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.db.models import Case, DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.seo import absolute
from aapm_site.core.templatetags.ui import money_range
from aapm_site.mail.domain.queue import compose_email, queue_emails
from aapm_site.mail.domain.readers import KnownReader
from aapm_site.mail.models import OutgoingEmail

from ..choices import AlertPace, Remote
from ..models import Alert, AlertMatch, AlertReader, Job
from ..models.alert import KIND
from ..models.job import live_at

BATCH = 250  # readers, by their numbers
SHOWN = 20  # of one search in a letter; the rest is a link away
HOUR = time(6)  # in the association's zone, so that letters lie there when people look into their mail
MONDAY = 0
SALT = "careers.alert-press"


def morning_before(at: datetime) -> datetime:
    """The last moment at which letters of a day were due."""
    day = timezone.localdate(at)
    morning = _morning(day)
    return morning if morning <= at else _morning(day - timedelta(days=1))


def monday_before(at: datetime) -> datetime:
    """The last moment at which letters of a week were due."""
    day = timezone.localdate(morning_before(at))
    return _morning(day - timedelta(days=(day.weekday() - MONDAY) % 7))


def _morning(day: date) -> datetime:
    return moment(day, HOUR)


def due_matches(at: datetime) -> QuerySet[AlertMatch]:
    """What is to be told by then: of positions that are open now, to readers who have stopped nothing.

    `due_at` says since when. What was found after the last morning waits for the next, for a week's letters likewise.
    """
    morning, monday = morning_before(at), monday_before(at)
    paces = (
        When(alert__pace=AlertPace.AT_ONCE, then=F("matched_at")),
        When(alert__pace=AlertPace.DAILY, matched_at__lte=morning, then=Value(morning)),
        When(alert__pace=AlertPace.WEEKLY, matched_at__lte=monday, then=Value(monday)),
    )
    open_jobs = Job.objects.filter(live_at(timezone.now()), pk=OuterRef("job_id"))
    return AlertMatch.objects.annotate(due_at=Case(*paces, output_field=DateTimeField())).filter(
        Exists(open_jobs),
        Q(alert__reader__subscription__user=None) | Q(alert__reader__subscription__user__is_active=True),
        told_at=None,
        due_at__lte=at,
        alert__paused_at=None,
        alert__reader__subscription__paused_at=None,
    )


def due_letters(at: datetime) -> Iterator[DueRow]:
    """One row for each batch of readers to whom something is to be told."""
    batches = due_matches(at).values(batch=F("alert__reader_id") / BATCH).annotate(since=Min("due_at"))
    for row in batches.order_by("batch"):
        first = row["batch"] * BATCH
        title = f"Tell readers {first} to {first + BATCH - 1} of new positions"
        yield DueRow(str(row["batch"]), title, row["since"])


@transaction.atomic
def write_letters(key: str) -> None:
    """Write to the readers of one batch. Safe to repeat and to race.

    Readers are locked first. One whom another worker writes to is passed over: nothing is left to be told then.
    """
    now = timezone.now()
    first = int(key) * BATCH
    due = due_matches(now).filter(alert__reader__gte=first, alert__reader__lt=first + BATCH)
    readers = {reader.pk: reader for reader in _locked(due)}
    finds = list(_finds_of(due.filter(alert__reader_id__in=list(readers))))
    letters = {reader: parts for reader, parts in _parts_by_reader(finds).items() if parts}
    queue_emails([_letter(readers[number], parts) for number, parts in letters.items()])
    AlertMatch.objects.filter(pk__in=[find.pk for find in finds]).update(told_at=now)
    AlertReader.objects.filter(pk__in=list(letters), unanswered_since=None).update(unanswered_since=now)


def _locked(due: QuerySet[AlertMatch]) -> QuerySet[AlertReader]:
    """The readers of these, locked, each with whether the address of their account is confirmed."""
    proof = EmailAddress.objects.filter(
        user=OuterRef("subscription__user"), email__iexact=OuterRef("subscription__user__email"), verified=True
    )
    readers = AlertReader.objects.filter(pk__in=due.values("alert__reader_id")).annotate(is_proved=Exists(proof))
    return readers.select_related("subscription__user").order_by("pk").select_for_update(of=("self",), skip_locked=True)


def _finds_of(due: QuerySet[AlertMatch]) -> QuerySet[AlertMatch]:
    """What is to be told, with alerts and positions; `is_known` is what the reader was told by another alert."""
    known = AlertMatch.objects.filter(
        alert__reader=OuterRef("alert__reader"), job=OuterRef("job_id"), told_at__isnull=False
    )
    rows = due.annotate(is_known=Exists(known)).select_related("alert", "job")
    return rows.defer("job__search", "job__body").order_by("alert__reader_id", "alert_id", "-job__starts_at", "-job_id")


@dataclass(frozen=True)
class FoundJob:
    """A position in a letter; its link says that the letter is read."""

    title: str
    employer: str
    where: str
    pay: str
    url: str


@dataclass
class LetterPart:
    """What one search has found: the newest of it, and how many more."""

    title: str
    url: str
    jobs: list[FoundJob] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.jobs) + self.more


def _parts_by_reader(finds: Iterable[AlertMatch]) -> dict[int, list[LetterPart]]:
    """What each reader is told, a position once, under the first of their searches that has found it."""
    parts: dict[int, dict[int, LetterPart]] = defaultdict(dict)
    told = set()
    for find in finds:
        alert, job = find.alert, find.job
        if find.is_known or (alert.reader_id, job.pk) in told:  # type: ignore[attr-defined]  # annotated by _finds_of()
            continue
        told.add((alert.reader_id, job.pk))
        part = parts[alert.reader_id].setdefault(alert.pk, LetterPart(alert.title, _pressed(alert.reader_id, alert)))
        if len(part.jobs) < SHOWN:
            part.jobs.append(_found(alert.reader_id, job))
        else:
            part.more += 1
    return {reader: list(found.values()) for reader, found in parts.items()}


def _found(reader: int, job: Job) -> FoundJob:
    pay = money_range(job.pay_min, job.pay_max, job.pay_currency, job.get_pay_period_display())
    anywhere = "Anywhere in the United States" if job.remote == Remote.FULL else ""
    return FoundJob(
        job.title, job.public_employer_name, job.places_text or anywhere, strip_tags(pay), _pressed(reader, job)
    )


def _pressed(reader: int, target: Alert | Job) -> str:
    """The address in a letter that leads to a position or a search, and says that the reader has pressed it."""
    name = "careers:alert-job" if isinstance(target, Job) else "careers:alert-search"
    return absolute(reverse(name, args=[signing.dumps([reader, target.pk], salt=SALT)]))


def pressed(signed: str) -> tuple[int, int] | None:
    """The reader, and the number of what their link leads to; None for a forged one. Such a link never gets too old."""
    try:
        reader, target = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return reader, target


def _is_proved(reader: AlertReader) -> bool:
    """Whether the address is its reader's for certain: by the link that confirmed it, or by the account."""
    if reader.subscription.email:
        return reader.subscription.confirmed_at is not None
    return reader.is_proved  # type: ignore[attr-defined]  # annotated by _locked()


def _letter(reader: AlertReader, parts: list[LetterPart]) -> OutgoingEmail:
    subscription = reader.subscription
    context = {
        "parts": parts,
        "count": sum(part.count for part in parts),
        "first": parts[0].jobs[0],
        "alerts_url": absolute(reader.get_absolute_url()),
    }
    return compose_email(
        subscription.address,
        "careers/alert",
        context,
        user=subscription.user,
        subscription=subscription,
        kind=f"{KIND}.positions",
        # Where the account's address lacks its proof, the letter asks for it as every letter does.
        reader=KnownReader(subscription.address, is_confirmed=True) if _is_proved(reader) else None,
    )
