"""What a report is made of: an answer in a sentence, charts, and tables of cells, as pages and as files say them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import dateformat

from .periods import ReportPeriod

NOTHING = "–"
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Share:
    """So many of so many. Of none there is no share."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        return _tenth(Decimal(self.part * 100) / self.whole) if self.whole else None

    def __str__(self) -> str:
        return NOTHING if self.percent is None else f"{self.percent.quantize(Decimal(1), ROUND_HALF_UP)}%"


@dataclass(frozen=True)
class Mean:
    """So many for so many, to one decimal. For none there is no mean."""

    sum: int
    count: int

    @property
    def value(self) -> Decimal | None:
        return _tenth(Decimal(self.sum) / self.count) if self.count else None

    def __str__(self) -> str:
        return NOTHING if self.value is None else f"{self.value:,}"


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


Cell = str | int | Decimal | Share | Mean | timedelta | date | ReportPeriod | None


def said(cell: Cell) -> str:
    """A cell as a page says it."""
    if cell is None:
        return NOTHING
    if isinstance(cell, ReportPeriod):
        return dateformat.format(cell.first, "F Y")
    if isinstance(cell, timedelta):
        return time_in_words(cell)
    if isinstance(cell, date):
        return dateformat.format(cell, "F j, Y")
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}".replace("-", "−")
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def plain(cell: Cell) -> Any:
    """The same for a spreadsheet: months as 2026-03, times in hours, shares in percent, nothing as an empty cell."""
    if isinstance(cell, Share):
        cell = cell.percent
    elif isinstance(cell, Mean):
        cell = cell.value
    if isinstance(cell, ReportPeriod):
        return f"{cell.first:%Y-%m}"
    if isinstance(cell, timedelta):
        return hours_of(cell)
    return "" if cell is None else cell


def hours_of(span: timedelta) -> Decimal:
    """To one decimal."""
    return _tenth(_hours(span))


def _hours(span: timedelta) -> Decimal:
    return Decimal(round(span.total_seconds())) / 3600


def time_in_words(span: timedelta) -> str:
    """Rounded to minutes below an hour, to hours below two days, to tenths of a day from there on."""
    hours = _hours(span)
    if hours < 1:
        return _count(int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP)), "minute")
    if hours < 48:
        return _count(int(hours.quantize(Decimal(1), ROUND_HALF_UP)), "hour")
    days = _tenth(hours / 24)
    return f"{days.normalize():f} days"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


@dataclass(frozen=True)
class ReportTable:
    """Rows of cells under a head; the first cell names its row. `total` is a last row that sums up the others."""

    caption: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: tuple[Cell, ...] = ()

    @property
    def said_rows(self) -> list[list[str]]:
        return [[said(cell) for cell in row] for row in self.rows]

    @property
    def said_total(self) -> list[str]:
        return [said(cell) for cell in self.total]

    @property
    def plain_rows(self) -> list[list[Any]]:
        return [[plain(cell) for cell in row] for row in self.rows]


@dataclass(frozen=True)
class ReportBars:
    """A chart of bars: a name and a value each."""

    caption: str
    rows: Sequence[tuple[str, int | Decimal]]
    unit: str = ""


@dataclass(frozen=True)
class ReportLines:
    """A chart of one or two lines over the same months."""

    caption: str
    series: Sequence[tuple[str, Sequence[int | Decimal]]]
    labels: Sequence[str]
    axis: str = ""


def lines_of_months(
    caption: str, months: Sequence[ReportPeriod], *series: tuple[str, Sequence[int | Decimal]], axis: str = ""
) -> tuple[ReportLines, ...]:
    """The lines over the months; no chart for one month alone, nor of nothing but noughts."""
    labels = [dateformat.format(month.first, "M Y") for month in months]
    is_something = any(value for _, values in series for value in values)
    return (ReportLines(caption, series, labels, axis),) if len(labels) > 1 and is_something else ()


@dataclass(frozen=True)
class Reported:
    """A report of a period. `sheet` is the table of the file; without one it is the page's first."""

    answer: str
    charts: tuple[ReportBars | ReportLines, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    how: tuple[str, ...] = ()
    sheet: ReportTable | None = None

    @property
    def file(self) -> ReportTable:
        return self.sheet or self.tables[0]

    @property
    def bars(self) -> list[ReportBars]:
        return [chart for chart in self.charts if isinstance(chart, ReportBars)]

    @property
    def lines(self) -> list[ReportLines]:
        return [chart for chart in self.charts if isinstance(chart, ReportLines)]


@dataclass(frozen=True)
class Report:
    """One report: its place in addresses, its title, and the question that it answers.

    It is of the days from one to another, of whole months, or, if it says so, as things stood on a day: then the period
    is that day.
    """

    slug: str
    title: str
    question: str
    of: Callable[[ReportPeriod], Reported]
    is_of_a_day: bool = False
    is_of_months: bool = False
