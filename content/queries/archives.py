"""The archives: what was published in a year, a month or on a day, by the association's own calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import connection
from django.db.models import Count, Max
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest, TruncDate, TruncMonth
from django.utils import timezone

from aapm_site.core.cache.remembered import remembered
from content.models import PUBLIC, Page
from content.models.page import PageQuerySet


@dataclass(frozen=True)
class Span:
    """A year, a month or a day: `first` up to, not including, `until`."""

    first: date
    until: date
    unit: str

    @property
    def url(self) -> str:
        return address(self.first, self.unit)

    @property
    def title(self) -> str:
        return words(self.first, self.unit)

    @property
    def month(self) -> "Span":
        """The month that a day belongs to; a month is its own, and a year has none."""
        return span(self.first.year, self.first.month)


@dataclass(frozen=True)
class CalendarLink:
    """A link of the calendar beside an archive."""

    title: str
    url: str
    number: int = 0
    current: bool = False


def words(first: date, unit: str) -> str:
    """How people say it: 2018, December 2018, December 14, 2018."""
    return {"year": f"{first:%Y}", "month": f"{first:%B %Y}", "day": f"{first:%B} {first.day}, {first:%Y}"}[unit]


def address(first: date, unit: str) -> str:
    return {"year": f"/{first:%Y}/", "month": f"/{first:%Y/%m}/", "day": f"/{first:%Y/%m/%d}/"}[unit]


def span(year: int, month: int | None = None, day: int | None = None) -> Span:
    """The span of these numbers. ValueError when there is no such year, month or day."""
    if not 1000 <= year <= 9000:
        raise ValueError(f"No archive of the year {year}.")
    if month is None:
        return Span(date(year, 1, 1), date(year + 1, 1, 1), "year")
    if day is None:
        first = date(year, month, 1)
        return Span(first, (first + timedelta(days=31)).replace(day=1), "month")
    first = date(year, month, day)
    return Span(first, first + timedelta(days=1), "day")


def _midnight(on: date) -> datetime:
    """The day's first instant in the association's zone."""
    return timezone.make_aware(datetime(on.year, on.month, on.day))  # noqa: DTZ001 - made aware here


def dated(within: Span) -> PageQuerySet:
    """Every row whose date of publication lies in the span, public or not."""
    return Page.objects.filter(published_at__gte=_midnight(within.first), published_at__lt=_midnight(within.until))


@dataclass(frozen=True)
class CheckedPage:
    """A page that somebody has checked, and when."""

    title: str
    path: str
    reviewed_on: date


@remembered
def reviewed_by(contributor: int, at: datetime) -> tuple[CheckedPage, ...]:
    """The public pages that somebody has checked, by their titles; one query."""
    rows = Page.objects.published(at).filter(reviewer=contributor, audience=PUBLIC).order_by("title")
    return tuple(CheckedPage(*row) for row in rows.values_list("title", "path", "reviewed_on"))


@remembered
def calendar(within: Span, at: datetime) -> tuple[CalendarLink, ...]:
    """The months of a year, or the days of a month, that have entries, with their numbers; one query."""
    whole = within if within.unit == "year" else within.month
    trunc, unit = (TruncMonth, "month") if within.unit == "year" else (TruncDate, "day")
    rows = (
        dated(whole)
        .published(at)
        .order_by()
        .annotate(on=trunc("published_at"))
        .values("on")
        .annotate(number=Count("published_at"))
        .order_by("on")
    )
    steps = []
    for row in rows:
        on = row["on"].date() if isinstance(row["on"], datetime) else row["on"]
        title = f"{on:%B}" if unit == "month" else f"{on:%B} {on.day}"
        steps.append(CalendarLink(title, address(on, unit), row["number"], unit == within.unit and on == within.first))
    return tuple(steps)


@remembered
def neighbors(within: Span, at: datetime) -> tuple[CalendarLink | None, CalendarLink | None]:
    """The year or month before and after that has entries; one query, two steps along the index of dates."""
    whole = within if within.unit == "year" else within.month
    public = Page.objects.published(at).values_list("published_at", flat=True)
    first, until = _midnight(whole.first), _midnight(whole.until)
    before = public.filter(published_at__lt=first).order_by("-published_at")[:1]
    after = public.filter(published_at__gte=until).order_by("published_at")[:1]
    found = list(before.union(after, all=True))
    older = next((at for at in found if at < first), None)
    newer = next((at for at in found if at >= until), None)
    return _step(older, whole.unit), _step(newer, whole.unit)


def _step(at: datetime | None, unit: str) -> CalendarLink | None:
    if at is None:
        return None
    on = timezone.localdate(at)
    return CalendarLink(words(on, unit), address(on, unit))


@remembered
def years(at: datetime) -> tuple[CalendarLink, ...]:
    """The years that have entries, newest first; one query, one step along the index of dates for each year."""
    public = Page.objects.published(at).order_by("-published_at").values("published_at")
    zone = timezone.get_current_timezone_name()
    new_year = RawSQL("date_trunc('year', steps.at AT TIME ZONE %s) AT TIME ZONE %s", [zone, zone])
    newest, newest_values = public[:1].query.sql_with_params()
    before, before_values = public.filter(published_at__lt=new_year)[:1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE steps(at) AS (({newest}) UNION ALL SELECT ({before}) FROM steps "  # noqa: S608 - Django's
            "WHERE steps.at IS NOT NULL) SELECT at FROM steps WHERE at IS NOT NULL",
            [*newest_values, *before_values],
        )
        found = [timezone.localdate(at) for (at,) in cursor.fetchall()]
    return tuple(CalendarLink(words(on, "year"), address(on, "year")) for on in found)


@dataclass(frozen=True)
class Year:
    """One year of the index: its own step, and its months, newest first."""

    step: CalendarLink
    months: tuple[CalendarLink, ...]


@remembered
def index(at: datetime) -> tuple[Year, ...]:
    """Every year and month that has entries, with their numbers, newest first; one query."""
    rows = (
        Page.objects.published(at)
        .order_by()
        .annotate(on=TruncMonth("published_at"))
        .values("on")
        .annotate(number=Count("published_at"))
        .order_by("-on")
    )
    found = []
    for year, months in groupby(rows, key=lambda row: row["on"].year):
        steps = tuple(
            CalendarLink(f"{row['on']:%B}", address(row["on"].date(), "month"), row["number"]) for row in months
        )
        found.append(
            Year(CalendarLink(str(year), address(date(year, 1, 1), "year"), sum(step.number for step in steps)), steps)
        )
    return tuple(found)


def days(at: datetime, *, limit: int = 50_000) -> list[tuple[date, datetime]]:
    """Every day that has entries, with the newest change among them; for the sitemap."""
    rows = (
        Page.objects.published(at)
        .order_by()
        .annotate(on=TruncDate("published_at"))
        .values_list("on")
        .annotate(changed=Max(Greatest("updated_at", "published_at")))
        .order_by("-on")
    )
    return list(rows[:limit])
