"""Initiatives as a day sees them: what is to come, what goes on, what has been, and who takes part."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from content.models import Event, Page, Partner
from content.rules import Occurrence, Phase, occurrence
from content.states import PageKind, PageStatus

EVENT = ("title", "starts_on", "ends_on", "hours", "place", "url", "summary")
MOST = 100  # initiatives with dates among which one may lead
RANK = {Phase.DURING: 0, Phase.BEFORE: 1, Phase.AFTER: 2}


@dataclass(frozen=True)
class Initiative:
    """One initiative at one day: its page, what the day is to it, its partners, its events ahead and behind."""

    page: Page
    now: Occurrence | None
    partners: list[Partner]
    to_come: list[Event]
    past: list[Event]


@dataclass(frozen=True)
class Lead:
    """The initiative that leads, if there is one, and until when that is so."""

    page: Page | None
    now: Occurrence | None
    until: datetime


def midnight(on: date) -> datetime:
    """The day's first instant in the association's zone."""
    return timezone.make_aware(datetime(on.year, on.month, on.day))  # noqa: DTZ001 - made aware here


def next_day(at: datetime) -> datetime:
    """When a page that counts days reads otherwise."""
    return midnight(timezone.localdate(at) + timedelta(days=1))


def seen(page: Page, at: datetime) -> Occurrence | None:
    """What the association's day is to an initiative."""
    return occurrence(page.starts_on, page.ends_on, timezone.localdate(at), every_year=page.every_year)


def initiative(page: Page, at: datetime) -> Initiative:
    """The initiative of a page, with partners and events in one query."""
    partners = Partner.objects.filter(page=OuterRef("pk")).values(json=JSONObject(name="name", url="url"))
    events = Event.objects.filter(page=OuterRef("pk")).values(json=JSONObject(**{name: F(name) for name in EVENT}))
    row = Page.objects.filter(pk=page.pk).values_list(ArraySubquery(partners), ArraySubquery(events)).first()
    now, today = seen(page, at), timezone.localdate(at)
    found = [_event(values) for values in (row[1] if row else [])]
    return Initiative(
        page,
        now,
        [Partner(**values) for values in (row[0] if row else [])],
        [event for event in found if event.is_to_come(today) and _is_of_now(event, now)],
        [event for event in found if not event.is_to_come(today) and _belongs(event, now)],
    )


def _event(values: dict[str, Any]) -> Event:
    days = {name: values[name] and date.fromisoformat(values[name]) for name in ("starts_on", "ends_on")}
    return Event(**{**values, **days})


def _belongs(event: Event, now: Occurrence | None) -> bool:
    """Whether a past event is of this occurrence: what happened in an earlier year does not come back with it."""
    return now is None or (now.phase != Phase.BEFORE and event.starts_on.year >= now.first.year)


def _is_of_now(event: Event, now: Occurrence | None) -> bool:
    """While an initiative goes on, its page shows its own days and not those of the next year."""
    return now is None or now.phase != Phase.DURING or event.starts_on <= now.last


def leading(at: datetime) -> Lead:
    """The public initiative that goes on, else the one that comes next, else the one that ended last; one query."""
    dated = Page.objects.public().filter(kind=PageKind.INITIATIVE, starts_on__isnull=False)
    cleared = dated.exclude(status=PageStatus.DRAFT).order_by("-every_year", "-starts_on", "pk")
    rows = list(cleared.defer("body", "recap", "search")[:MOST])
    until = min([next_day(at), *(change for page in rows if (change := page.next_change(at)))])
    found = [(page, now) for page in rows if page.is_published(at) and (now := seen(page, at))]
    page, now = min(found, key=lambda pair: (RANK[pair[1].phase], pair[1].number), default=(None, None))
    return Lead(page, now, until)
