"""The reports about use of the journal for its editors, in words, charts and tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TypeVar

from aapm_site.core.periods import ReportPeriod
from aapm_site.core.report_tables import Cell, Report, ReportBars, Reported, ReportTable, lines_of_months

from ..counting import IN_PRESS, AccessType
from ..queries import usage
from ..queries.usage import UsageFigures, UsageLine

Key = TypeVar("Key")
MOST_BARS, MOST_ROWS = 10, 50
GONE = "Articles that were deleted"
HEAD = ("Readings", "In sessions", "Looked up", "Turned away")
HOW = (
    "Human readers, by the rules of COUNTER, release 5.1: machines, our staff and what browsers fetch ahead are left "
    "out, and two presses within thirty seconds count once.",
    "A reading is a full text that was shown, or its PDF. A session is one reader in one hour. Whatever somebody opens "
    "of an article is looking it up, each reading among it. Turned away is who met the gate in place of the text.",
    "A day is counted in the night after it. Numbers are kept by the month, so a report is of whole ones.",
)


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _said(figures: UsageFigures) -> str:
    read = _count(figures.requests, "reading", "readings")
    away = _count(figures.denials, "reader was", "readers were")
    return f"{read} in {_count(figures.unique_requests, 'session', 'sessions')}; {away} turned away at the gate."


def _cells(figures: UsageFigures) -> tuple[Cell, ...]:
    return figures.requests, figures.unique_requests, figures.investigations, figures.denials


def _grouped(lines: Iterable[UsageLine], by: Callable[[UsageLine], Key]) -> dict[Key, UsageFigures]:
    found: dict[Key, UsageFigures] = defaultdict(UsageFigures)
    for line in lines:
        found[by(line)] += line.figures
    return found


def _whole(lines: Iterable[UsageLine]) -> UsageFigures:
    return sum((line.figures for line in lines), UsageFigures())


def use_by_month(period: ReportPeriod) -> Reported:
    """How much the journal is read, month by month, and how the articles were open."""
    lines, searches = usage.usage_of_journal(period), usage.searches_of_journal(period)
    whole, months = _whole(lines), _grouped(lines, attrgetter("month"))
    figures = [months.get(month.first, UsageFigures()) for month in period.months]
    access = _grouped(lines, attrgetter("access"))
    kinds = [(kind.label.replace("_", " "), access.get(kind.value, UsageFigures())) for kind in AccessType]
    read = [(name, one.requests) for name, one in kinds if one.requests]
    return Reported(
        _said(whole),
        (
            *lines_of_months(
                "Readings and readers turned away",
                period.months,
                ("readings", [one.requests for one in figures]),
                ("turned away", [one.denials for one in figures]),
            ),
            *((ReportBars("Readings by how the article was open", read),) if read else ()),
        ),
        (
            ReportTable(
                "By month",
                ("Month", *HEAD, "Searches"),
                [
                    (month, *_cells(one), searches.get(month.first, 0))
                    for month, one in zip(period.months, figures, strict=True)
                ],
                ("Together", *_cells(whole), sum(searches.values())),
            ),
            ReportTable(
                "By how the article was open", ("Access", *HEAD), [(name, *_cells(one)) for name, one in kinds]
            ),
        ),
        (
            *HOW,
            "Open is open for good, at once or after an embargo; free to read is open for a time, as editors chose.",
        ),
    )


def use_by_article(period: ReportPeriod) -> Reported:
    """Which articles are read most."""
    return _of_articles(period, attrgetter("requests"), "Readings")


def denials_by_article(period: ReportPeriod) -> Reported:
    """At which articles readers meet the gate."""
    return _of_articles(period, attrgetter("denials"), "Turned away")


def _of_articles(period: ReportPeriod, wanted: Callable[[UsageFigures], int], caption: str) -> Reported:
    found = {key: one for key, one in _by_article(period).items() if wanted(one)}
    ordered = sorted(found.items(), key=lambda pair: (-wanted(pair[1]), pair[0] or 0))
    articles = usage.reported_articles([key for key, _ in ordered if key is not None])
    named = [(articles[key].title if key in articles else GONE, one) for key, one in ordered]
    bars = [(title, wanted(one)) for title, one in named[:MOST_BARS]]
    first = f"The first {MOST_ROWS} of {len(named):,} articles" if len(named) > MOST_ROWS else "By article"
    head = ("Article", *HEAD)
    return Reported(
        _said(sum(found.values(), UsageFigures())) if caption == "Readings" else _away(found),
        (ReportBars(f"{caption} by article", bars),) if bars else (),
        (ReportTable(first, head, [(title, *_cells(one)) for title, one in named[:MOST_ROWS]]),),
        (*HOW, "Of each article that was counted at all; the file has all of them, with DOI and day."),
        ReportTable(
            "By article",
            ("Article", "DOI", "Published", *HEAD),
            [_row(articles.get(key or 0), one) for key, one in ordered],
        ),
    )


def _row(article: usage.ReportedArticle | None, one: UsageFigures) -> tuple[Cell, ...]:
    named = (article.title, article.doi, article.published_on) if article else (GONE, "", None)
    return *named, *_cells(one)


def _away(found: Mapping[int | None, UsageFigures]) -> str:
    times = sum(one.denials for one in found.values())
    if not times:
        return "Nobody was turned away."
    return f"Readers were turned away {_count(times, 'time', 'times')}, at {_count(len(found), 'article', 'articles')}."


def _by_article(period: ReportPeriod) -> dict[int | None, UsageFigures]:
    return _grouped(usage.usage_by_article(period), attrgetter("article"))


def use_by_year(period: ReportPeriod) -> Reported:
    """How old the articles are that are read."""
    years = sorted(_grouped(usage.usage_of_journal(period), attrgetter("yop")).items(), reverse=True)
    named = [("In press" if year == IN_PRESS else str(year), one) for year, one in years]
    read = [(name, one.requests) for name, one in named if one.requests]
    return Reported(
        _said(sum((one for _, one in years), UsageFigures())),
        (ReportBars("Readings by year of publication", read[:MOST_BARS]),) if read else (),
        (ReportTable("By year of publication", ("Published", *HEAD), [(name, *_cells(one)) for name, one in named]),),
        (*HOW, "In press are advance articles that stood in no issue yet when they were read."),
    )


REPORTS = (
    Report(
        "use", "How the Journal is read", "How often are articles read, month by month, and how many met the gate?",
        use_by_month, is_of_months=True,
    ),
    Report("articles", "Most read articles", "Which articles are read most?", use_by_article, is_of_months=True),
    Report(
        "turned-away", "Turned away at the gate", "At which articles do readers meet the gate?",
        denials_by_article, is_of_months=True,
    ),
    Report(
        "years", "By year of publication", "How old are the articles that are read?", use_by_year, is_of_months=True
    ),
)  # fmt: skip
