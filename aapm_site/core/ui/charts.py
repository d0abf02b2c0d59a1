"""Pictures of numbers: the geometry of accessible SVG charts. Templates draw it; a table beneath says the same."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal

BAR_STEP = 44
PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM = 44, 348, 16, 176


@dataclass(frozen=True)
class ChartBar:
    label: str
    short: str
    value: Number
    text: str
    y: int
    percent: str


@dataclass(frozen=True)
class BarChart:
    caption: str
    bars: tuple[ChartBar, ...]
    height: int
    title: str


@dataclass(frozen=True)
class ChartLine:
    name: str
    values: tuple[Number, ...]
    points: str
    first: tuple[float, float]
    last: tuple[float, float]
    end: str
    label_y: float


@dataclass(frozen=True)
class LineChart:
    caption: str
    lines: tuple[ChartLine, ...]
    ticks: tuple[tuple[str, float], ...]
    labels: tuple[tuple[str, float, str], ...]
    rows: tuple[tuple[str, tuple[Number, ...]], ...]
    title: str
    axis: str


def _shorten(label: str, limit: int) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"


def bar_chart(rows: Iterable[tuple[str, Number]], caption: str, unit: str = "") -> BarChart:
    """Marks on lines from zero, the longest as wide as the chart; words and figure stand above each line.

    What is below zero has its figure and no mark.
    """
    pairs = [(str(label), value) for label, value in rows]
    longest = max((float(value) for _, value in pairs), default=0) or 1
    suffix = unit if unit == "%" else f" {unit}" if unit else ""
    bars = tuple(
        ChartBar(
            label=label,
            short=_shorten(label, 38),
            value=value,
            text=f"{value:,}{suffix}",
            y=index * BAR_STEP,
            percent=f"{max(float(value), 0) / longest * 100:.4g}",
        )
        for index, (label, value) in enumerate(pairs)
    )
    said = ", ".join(f"{bar.label} {bar.text}" for bar in bars)
    return BarChart(caption, bars, max(len(bars) * BAR_STEP, BAR_STEP), f"{caption}: {said}")


def _steps(lowest: float, highest: float) -> list[float]:
    """Three to five round values that enclose the range."""
    span = max(highest - lowest, 1e-9)
    step = 10 ** math.floor(math.log10(span / 3))
    for factor in (1, 2, 5, 10):
        if span / (step * factor) <= 4:
            step *= factor
            break
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    return [round(index * step, 10) for index in range(first, max(last, first + 1) + 1)]


def _apart(wanted: list[float], gap: float = 17, last: float = PLOT_BOTTOM + 5) -> list[float]:
    """Labels at the ends of the lines, moved apart where they would touch, and none below `last`; the order stays."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = list(wanted)
    for lower, upper in itertools.pairwise(order):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    if order:
        placed[order[-1]] = min(placed[order[-1]], last)
    for upper, lower in itertools.pairwise(reversed(order)):
        placed[lower] = min(placed[lower], placed[upper] - gap)
    return placed


def _at_the_end(value: Number) -> str:
    """A figure in the narrow room behind a line: without cents once it has thousands, and in millions after that."""
    size = abs(float(value))
    if size >= 1_000_000:
        return f"{float(value) / 1_000_000:,.2f}M"
    return f"{value:,.0f}" if size >= 1_000 or size.is_integer() else f"{value:,}"


def _at_the_side(step: float, *, of_thousands: bool) -> str:
    return f"{step / 1_000:,g}k" if of_thousands and step else f"{step:,g}"


def line_chart(
    series: Sequence[tuple[str, Sequence[Number]]], labels: Sequence[str], caption: str, axis: str = ""
) -> LineChart:
    """One or two lines over the same labels, from zero when zero is near. ValueError if the lengths differ."""
    if not labels or any(len(values) != len(labels) for _, values in series):
        raise ValueError("Each line needs one value for each label.")
    numbers = [float(value) for _, values in series for value in values]
    is_near = min(numbers) < max(numbers) * 0.6 or min(numbers) == max(numbers)  # one value alone has no range
    lowest = 0.0 if min(numbers) >= 0 and is_near else min(numbers)
    steps = _steps(lowest, max(numbers) or 1.0)
    across = (PLOT_RIGHT - PLOT_LEFT) / max(len(labels) - 1, 1)

    def x(index: int) -> float:
        return round(PLOT_LEFT + index * across, 1)

    def y(value: Number) -> float:
        part = (float(value) - steps[0]) / (steps[-1] - steps[0])
        return round(PLOT_BOTTOM - part * (PLOT_BOTTOM - PLOT_TOP), 1)

    ends = _apart([y(values[-1]) + 5 for _, values in series])
    lines = tuple(
        ChartLine(
            name=name,
            values=tuple(values),
            points=" ".join(f"{x(index)},{y(value)}" for index, value in enumerate(values)),
            first=(x(0), y(values[0])),
            last=(x(len(values) - 1), y(values[-1])),
            end=_at_the_end(values[-1]),
            label_y=end,
        )
        for (name, values), end in zip(series, ends, strict=True)
    )
    keep, final = max(1, math.ceil(len(labels) / 5)), len(labels) - 1
    shown = [
        (text, x(index), "middle")
        for index, text in enumerate(labels)
        # The last is always named; one that would touch it is not.
        if index == final or (index % keep == 0 and final - index >= keep * 0.8)
    ]
    rows = tuple((text, tuple(values[index] for _, values in series)) for index, text in enumerate(labels))
    said = ". ".join(f"{name}: {', '.join(f'{value:,}' for value in values)}" for name, values in series)
    title = f"{caption}, {labels[0]} to {labels[-1]}. {said}"
    of_thousands = steps[-1] >= 10_000 and not any(step % 1_000 for step in steps)
    ticks = tuple((_at_the_side(step, of_thousands=of_thousands), y(step)) for step in steps)
    return LineChart(caption, lines, ticks, tuple(shown), rows, title, axis)
