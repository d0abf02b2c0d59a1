"""The archives: what was published in a year, a month or on a day, by the association's own calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from content.models import Page
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
class Step:
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


def entries(within: Span, at: datetime) -> PageQuerySet:
    """Everything published in the span, newest first."""
    return dated(within).published(at).newest_first().defer("search")


def calendar(within: Span, at: datetime) -> list[Step]:
    """The months of a year, or the days of a month, that have entries, with their numbers; one query."""
    whole = within if within.unit == "year" else within.month
    trunc, unit = (TruncMonth, "month") if within.unit == "year" else (TruncDate, "day")
    rows = (
        entries(whole, at)
        .order_by()
        .annotate(on=trunc("published_at"))
        .values("on")
        .annotate(number=Count("pk"))
        .order_by("on")
    )
    steps = []
    for row in rows:
        on = row["on"].date() if isinstance(row["on"], datetime) else row["on"]
        title = f"{on:%B}" if unit == "month" else f"{on:%B} {on.day}"
        steps.append(Step(title, address(on, unit), row["number"], unit == within.unit and on == within.first))
    return steps


def neighbors(within: Span, at: datetime) -> tuple[Step | None, Step | None]:
    """The year or month before and after that has entries; two queries, each by the index of dates."""
    whole = within if within.unit == "year" else within.month
    public = Page.objects.published(at).values_list("published_at", flat=True)
    before = public.filter(published_at__lt=_midnight(whole.first)).order_by("-published_at").first()
    after = public.filter(published_at__gte=_midnight(whole.until)).order_by("published_at").first()
    return _step(before, whole.unit), _step(after, whole.unit)


def _step(at: datetime | None, unit: str) -> Step | None:
    if at is None:
        return None
    on = timezone.localdate(at)
    return Step(words(on, unit), address(on, unit))


def years(at: datetime) -> list[Step]:
    """The years that have entries, newest first; one query."""
    found = Page.objects.published(at).datetimes("published_at", "year", order="DESC")
    return [Step(f"{year:%Y}", address(year.date(), "year")) for year in found]


def days(at: datetime, *, limit: int = 50_000) -> list[tuple[date, datetime]]:
    """Every day that has entries, with the newest change among them; for the sitemap."""
    rows = (
        Page.objects.published(at)
        .order_by()
        .annotate(on=TruncDate("published_at"))
        .values_list("on")
        .annotate(changed=Max("updated_at"))
        .order_by("-on")
    )
    return list(rows[:limit])
