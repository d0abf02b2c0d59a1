"""Initiatives as a day sees them: what is to come, what goes on, what has been, and who takes part."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from content.models import Event, Page, Partner
from content.queries.entries import ListedPage
from content.queries.pages import PublicPage
from content.rules import Occurrence, Phase, occurrence
from content.states import HIDDEN_STATUSES, PageKind

MOST = 100  # initiatives with dates among which one may lead
RANK = {Phase.DURING: 0, Phase.BEFORE: 1, Phase.AFTER: 2}


@dataclass(frozen=True)
class PublicPartner:
    """An organization that carries an initiative with the Academy."""

    name: str
    url: str


@dataclass(frozen=True)
class PublicEvent:
    """Something that happens within an initiative."""

    title: str
    starts_on: date
    ends_on: date | None
    hours: str
    place: str
    url: str
    summary: str

    def is_to_come(self, today: date) -> bool:
        """Whether it goes on today or comes later."""
        return (self.ends_on or self.starts_on) >= today


EVENT = [one.name for one in fields(PublicEvent)]


@dataclass(frozen=True)
class Initiative:
    """One initiative at one day: its page, what the day is to it, its partners, its events ahead and behind."""

    page: PublicPage
    now: Occurrence | None
    partners: tuple[PublicPartner, ...]
    to_come: list[PublicEvent]
    past: list[PublicEvent]


@dataclass(frozen=True)
class Lead:
    """The initiative that leads, if there is one, and until when that is so."""

    page: ListedPage | None
    now: Occurrence | None
    until: datetime


def midnight(on: date) -> datetime:
    """The day's first instant in the association's zone."""
    return timezone.make_aware(datetime(on.year, on.month, on.day))  # noqa: DTZ001 - made aware here


def next_day(at: datetime) -> datetime:
    """When a page that counts days reads otherwise."""
    return midnight(timezone.localdate(at) + timedelta(days=1))


def seen(page: Page | PublicPage, at: datetime) -> Occurrence | None:
    """What the association's day is to an initiative."""
    return occurrence(page.starts_on, page.ends_on, timezone.localdate(at), every_year=page.every_year)


def initiative(
    page: PublicPage,
    at: datetime,
    around: tuple[tuple[PublicPartner, ...], tuple[PublicEvent, ...]] | None = None,
) -> Initiative:
    """The initiative of a page, with partners and events in one query, or with those that are given."""
    now, today = seen(page, at), timezone.localdate(at)
    partners, found = around or _people_and_days(page.pk)
    return Initiative(
        page,
        now,
        partners,
        [event for event in found if event.is_to_come(today) and _is_of_now(event, now)],
        [event for event in found if not event.is_to_come(today) and _belongs(event, now)],
    )


@remembered
def _people_and_days(page: int) -> tuple[tuple[PublicPartner, ...], tuple[PublicEvent, ...]]:
    partners = Partner.objects.filter(page=OuterRef("pk")).values(json=JSONObject(name="name", url="url"))
    events = Event.objects.filter(page=OuterRef("pk")).values(json=JSONObject(**{name: F(name) for name in EVENT}))
    row = Page.objects.filter(pk=page).values_list(ArraySubquery(partners), ArraySubquery(events)).first()
    if row is None:
        return (), ()
    return tuple(PublicPartner(**values) for values in row[0]), tuple(_event(values) for values in row[1])


def _event(values: dict[str, Any]) -> PublicEvent:
    days = {name: values[name] and date.fromisoformat(values[name]) for name in ("starts_on", "ends_on")}
    return PublicEvent(**{**values, **days})


def _belongs(event: PublicEvent, now: Occurrence | None) -> bool:
    """Whether a past event is of this occurrence: what happened in an earlier year does not come back with it."""
    return now is None or (now.phase != Phase.BEFORE and event.starts_on.year >= now.first.year)


def _is_of_now(event: PublicEvent, now: Occurrence | None) -> bool:
    """While an initiative goes on, its page shows its own days and not those of the next year."""
    return now is None or now.phase != Phase.DURING or event.starts_on <= now.last


def _dated(at: datetime) -> tuple[list[tuple[Page, Occurrence]], datetime]:
    """Public initiatives with what the day is to each, and until when that is so; one query."""
    dated = Page.objects.public().filter(kind=PageKind.INITIATIVE, starts_on__isnull=False)
    cleared = dated.exclude(status__in=HIDDEN_STATUSES).order_by("-every_year", "-starts_on", "pk")
    rows = list(cleared.defer("body", "recap", "search")[:MOST])
    until = min([next_day(at), *(change for page in rows if (change := page.next_change(at)))])
    return [(page, now) for page in rows if page.is_published(at) and (now := seen(page, at))], until


@remembered
def leading(at: datetime) -> Lead:
    """The public initiative that goes on, else the one that comes next, else the one that ended last; one query."""
    found, until = _dated(at)
    lifetime.ends_at(until)
    page, now = min(found, key=lambda pair: (RANK[pair[1].phase], pair[1].number), default=(None, None))
    return Lead(ListedPage.of(page) if page else None, now, until)


@remembered
def next_one(at: datetime) -> Lead:
    """The public initiative that goes on, else the one whose days come next; none once they are over. One query."""
    found, until = _dated(at)
    lifetime.ends_at(until)
    today = timezone.localdate(at)
    coming = [(page, ahead) for page, now in found if (ahead := _ahead(now, today))]
    page, now = min(coming, key=lambda pair: (RANK[pair[1].phase], pair[1].number), default=(None, None))
    return Lead(ListedPage.of(page) if page else None, now, until)


def _ahead(now: Occurrence, today: date) -> Occurrence | None:
    """These days, or once they are over the next ones as they are seen from here."""
    if now.phase != Phase.AFTER:
        return now
    if now.again is None:
        return None
    last = now.again + (now.last - now.first)
    return Occurrence(Phase.BEFORE, now.again, last, (now.again - today).days)
