"""How a job does, in words: its figures beside what is usual, and what to try, from facts of the position."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import dateformat

from ..models import Job
from ..queries.job_figures import LEAST_DAYS, LEAST_OTHERS, Comparison, DayFigures, JobRates

CHART_DAYS = 60
LONG_TITLE = 60  # characters; lists of positions break a longer one
SHORT_SUMMARY = 100
MOST_HINTS = 3
HEAD = ("Day", "Views", "Saves", "Went on to the employer's page", "Applications on this site")
CLEARLY = 0.8  # of the median: what lies above it is no news


@dataclass(frozen=True)
class HealthRow:
    """One step of readers: its name, the job's figure, the usual one, and a word on both."""

    name: str
    own: str
    usual: str
    words: str
    tone: str


@dataclass(frozen=True)
class Health:
    """What is said of the whole, its steps, and what to try."""

    sentence: str
    rows: tuple[HealthRow, ...] = ()
    hints: tuple[str, ...] = ()


def health_of(job: Job, found: Comparison | None) -> Health:
    """Views, saves and applications beside the median, with hints for what lies behind; or why there is none yet."""
    if found is None:
        return Health("It has not been live yet, so there is nothing to count.")
    if found.days < LEAST_DAYS:
        return Health(f"It is compared with others when it has been live for {LEAST_DAYS} days.")
    if found.usual is None:
        few = "no other position" if not found.others else f"only {found.others} other" + "s" * (found.others > 1)
        return Health(
            f"There are too few positions of this profession to compare with: {few} that ran for a week within a year, "
            f"and we compare from {LEAST_OTHERS} on."
        )
    behind = _behind(found.own, found.usual)
    hints = tuple(_hints(job, behind))[:MOST_HINTS]
    return Health(_sentence(behind, found, hints), tuple(_rows(found.own, found.usual, job)), hints)


def _behind(own: JobRates, usual: JobRates) -> set[str]:
    """The steps in which fewer readers go on than is usual."""
    pairs = {name: (getattr(own, name), getattr(usual, name)) for name in ("views_a_day", "saves", "applications")}
    return {name for name, (is_now, is_usual) in pairs.items() if _is_behind(is_now, is_usual)}


def _is_behind(is_now: float | None, is_usual: float | None) -> bool:
    return is_now is not None and is_usual is not None and is_now < is_usual * CLEARLY


def _sentence(behind: set[str], found: Comparison, hints: Sequence[str]) -> str:
    beside = f"Beside {found.others} positions of the same profession that ran for a week or more within a year:"
    if not behind:
        return f"{beside} it does as well as they usually do, or better."
    if not hints:
        return f"{beside} it lies behind, and its text is not the reason that we can see."
    return f"{beside} it lies behind what is usual. This could help:"


def _rows(own: JobRates, usual: JobRates, job: Job) -> list[HealthRow]:
    rows = [_row("Views a day", own.views_a_day, usual.views_a_day)]
    if own.saves and own.saves > 0:
        rows.append(_row("Saved by, of 100 readers", own.saves, usual.saves))
    name = "Applied, of 100 readers" if not job.apply_url else "Applied or went on to your page, of 100 readers"
    return [*rows, _row(name, own.applications, usual.applications)]


def _row(name: str, own: float | None, usual: float | None) -> HealthRow:
    if _is_behind(own, usual):
        return HealthRow(name, _number(own), _number(usual), "Behind what is usual", "back")
    return HealthRow(name, _number(own), _number(usual), "As usual or better", "live")


def _number(value: float | None) -> str:
    return "none yet" if value is None else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _hints(job: Job, behind: set[str]) -> list[str]:
    """What of the position's facts speaks against it at the steps that lie behind."""
    terms = job.stated_terms
    found = []
    if "views_a_day" in behind:
        if len(job.title) > LONG_TITLE:
            found.append(f"A shorter title: yours has {len(job.title)} characters, and lists show about {LONG_TITLE}.")
        if not job.shows_pay:
            found.append("State the pay: who filters by it does not find this position.")
        if not job.places_text and job.remote == "no":
            found.append("Name the town: who looks near home does not find this position.")
    if behind & {"saves", "applications"}:
        if not job.shows_pay:
            found.append("State the pay: it is what readers look for first.")
        if terms.call_one_in is None:
            found.append("State the call schedule, also where there is no call: “1 in 5”, or “none”.")
        if not job.benefits:
            found.append("Say what comes on top of the pay: leave, insurance, education.")
        if len(job.summary) < SHORT_SUMMARY:
            found.append("Two full sentences at the top: what the days are like, and with whom.")
    if "applications" in behind and not job.takes_applications:
        found.append("Take applications on this site: a message and a CV, without a form to register at.")
    return _once(found)


def _once(hints: list[str]) -> list[str]:
    """Each matter once, by the words before the colon."""
    return list({hint.partition(":")[0]: hint for hint in reversed(hints)}.values())[::-1]


# As a chart and as a table --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FigureCharts:
    """Lines of the last days: readers, and those who applied."""

    labels: tuple[str, ...]
    views: tuple[tuple[str, tuple[int, ...]], ...]
    applied: tuple[tuple[str, tuple[int, ...]], ...]


def charts_of(job: Job, days: Sequence[DayFigures]) -> FigureCharts | None:
    """None before a week of days, which would be dots."""
    last = days[-CHART_DAYS:]
    if len(last) < LEAST_DAYS:
        return None
    here = ("on this site", tuple(day.sent for day in last))
    away = ("went on to your page", tuple(day.went_on for day in last))
    has_away = job.apply_url or any(away[1])
    has_here = job.takes_applications or any(here[1])
    return FigureCharts(
        tuple(dateformat.format(day.on, "M j") for day in last),
        (("views", tuple(day.views for day in last)),),
        tuple(line for line, is_there in ((here, has_here), (away, has_away)) if is_there),
    )


def table_row(day: DayFigures) -> tuple[object, ...]:
    """A line of the table for spreadsheets."""
    return (f"{day.on:%Y-%m-%d}", day.views, "" if day.saves is None else day.saves, day.went_on, day.sent)
