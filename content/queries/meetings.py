"""Meetings as everybody reads them: what lies ahead, what is over, and one by its address word."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils import dateformat

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from content.models import Meeting
from content.models.meeting import MeetingQuerySet
from content.states import MeetingFormat, MeetingKind, MeetingStatus, MeetingZone

A_PAGE = 20
KEPT_IN_CALENDARS = timedelta(days=365)  # after its end
MOST_IN_A_CALENDAR = 500


@dataclass(frozen=True)
class PublicMeeting:
    """One meeting as its page, lists and calendars show it."""

    pk: int
    public_id: str
    kind: str
    title: str
    slug: str
    summary: str
    body: str
    for_whom: str
    starts_on: date
    starts_time: time | None
    ends_on: date | None
    ends_time: time | None
    time_zone: str
    begins_at: datetime
    ends_at: datetime
    format: str
    venue: str
    street: str
    town: str
    region: str
    credits: Decimal | None
    credit_kind: str
    registration_url: str
    registration_until: date | None
    price: str
    organizer: str
    status: str
    canceled_because: str
    published_at: datetime | None
    sequence: int
    updated_at: datetime

    @classmethod
    def of(cls, row: Meeting) -> "PublicMeeting":
        return cls(**{name: getattr(row, name) for name in SHOWN})

    @property
    def path(self) -> str:
        return f"/meetings/{self.slug}/"

    @property
    def is_canceled(self) -> bool:
        return self.status == MeetingStatus.CANCELED

    @property
    def is_online(self) -> bool:
        """Whether one can take part from anywhere."""
        return self.format in (MeetingFormat.ONLINE, MeetingFormat.BOTH)

    @property
    def kind_label(self) -> str:
        return str(MeetingKind(self.kind).label)

    @property
    def format_label(self) -> str:
        return str(MeetingFormat(self.format).label)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def zone_label(self) -> str:
        return str(MeetingZone(self.time_zone).label)

    @property
    def last_on(self) -> date:
        return self.ends_on or self.starts_on

    @property
    def is_all_day(self) -> bool:
        return self.starts_time is None

    @property
    def hours(self) -> str:
        """From when to when by the clock of the place: 9 a.m. to 4:30 p.m., Central time; empty for whole days."""
        if self.starts_time is None or self.ends_time is None:
            return ""
        first, last = (dateformat.time_format(at, "P") for at in (self.starts_time, self.ends_time))
        return f"{first} to {last}, {self.zone_label}"

    @property
    def credit(self) -> str:
        """How many credits of which kind: 12.5 AMA PRA Category 1 Credits™."""
        return f"{self.credits.normalize():f} {self.credit_kind}" if self.credits is not None else ""

    @property
    def place(self) -> str:
        """Where it is, in a few words: Austin, Texas, and online."""
        town = ", ".join(filter(None, (self.town, self.region)))
        if not town:
            return "Online"
        return f"{town}, and online" if self.is_online else town

    @property
    def address(self) -> str:
        """Where it is, for somebody who goes there; empty for what is online only."""
        return ", ".join(filter(None, (self.venue, self.street, self.town, self.region)))

    @property
    def registration_ends_at(self) -> datetime | None:
        """The midnight of its place after the last day to register."""
        if self.registration_until is None:
            return None
        after = self.registration_until + timedelta(days=1)
        return datetime.combine(after, time(), self.zone)

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at

    def takes_registrations(self, at: datetime) -> bool:
        """Whether one can register now: it takes place, is not over, and the last day has not passed."""
        ends_at = min(filter(None, (self.registration_ends_at, self.ends_at)))
        return bool(self.registration_url) and not self.is_canceled and ends_at > at

    def next_change(self, at: datetime) -> datetime | None:
        """When the clock alone makes its page say something else."""
        moments = (self.begins_at, self.ends_at, self.registration_ends_at)
        return min((one for one in moments if one and one > at), default=None)


SHOWN = [one.name for one in fields(PublicMeeting)]


@dataclass(frozen=True)
class Program:
    """How many lie ahead, of each kind too, and how many are over, and until when that is so."""

    ahead: int
    over: int
    until: datetime | None
    kinds: tuple[tuple[str, int], ...]  # those that lie ahead, in the order of the kinds

    def of(self, kind: str) -> int:
        """How many of a kind lie ahead; of all without one."""
        return dict(self.kinds).get(kind, 0) if kind else self.ahead


def _shown() -> MeetingQuerySet:
    return Meeting.objects.shown().defer("search")


@remembered
def program(at: datetime) -> Program:
    """One query for the numbers, one for their end."""
    until = Meeting.objects.shown().next_end(at)
    lifetime.ends_at(until)
    is_ahead = Count("pk", filter=Q(ends_at__gt=at))
    counted = Meeting.objects.shown().order_by().values_list("kind").annotate(ahead=is_ahead, all=Count("pk"))
    found = {kind: (ahead, every) for kind, ahead, every in counted}
    kinds = tuple((str(kind), found[kind][0]) for kind in MeetingKind.values if kind in found and found[kind][0])
    ahead = sum(number for _, number in kinds)
    return Program(ahead, sum(every for _, every in found.values()) - ahead, until, kinds)


@remembered
def ahead(kind: str, number: int, at: datetime) -> tuple[PublicMeeting, ...]:
    """One page of those that are not over, of one kind or of all, the next one first; one query."""
    rows = _shown().ahead(at)
    return _page_of(rows.filter(kind=kind) if kind else rows, number)


@remembered
def over(number: int, at: datetime) -> tuple[PublicMeeting, ...]:
    """One page of those that are over, the newest first; one query."""
    return _page_of(_shown().over(at), number)


def _page_of(rows: MeetingQuerySet, number: int) -> tuple[PublicMeeting, ...]:
    first = (number - 1) * A_PAGE
    return tuple(map(PublicMeeting.of, rows[first : first + A_PAGE]))


@remembered
def meeting(slug: str) -> PublicMeeting | None:
    """The one at this address; one query."""
    row = _shown().filter(slug=slug).first()
    return PublicMeeting.of(row) if row else None


def for_calendars(at: datetime) -> list[PublicMeeting]:
    """What a subscribed calendar holds: all that lie ahead, and those of the last year; one query."""
    rows = _shown().filter(ends_at__gt=at - KEPT_IN_CALENDARS).order_by("begins_at", "pk")
    return [PublicMeeting.of(row) for row in rows[:MOST_IN_A_CALENDAR]]
