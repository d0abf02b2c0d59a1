"""The reports of COUNTER, release 5.1, in their tabular form: thirteen rows of head, an empty one, then the table.

One journal on one platform, for nobody's institution ("The World"). What was not used has no row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from django.urls import reverse

from aapm_site.core.association import association_name
from aapm_site.core.files.csv_export import harmless
from aapm_site.core.periods import ReportPeriod
from aapm_site.core.seo import absolute

from ..counter_views import REQUESTED, CounterView
from ..counting import RELEASE, AccessType
from ..periodical import E_ISSN, ISSN, PUBLISHER, TITLE
from ..queries import usage
from ..queries.usage import ReportedArticle, UsageLine

PLATFORM = "AAPM"
INSTITUTION, INSTITUTION_ID = "The World", f"{PLATFORM}:0000000000000000"
NOTHING_COUNTED = "3030: No Usage Available for Requested Dates"
TOTAL = "Reporting_Period_Total"
# What our counts are called there. Nobody here is turned away because too many read at once.
METRICS = {
    "No_License": "denials",
    "Total_Item_Investigations": "investigations",
    "Total_Item_Requests": "requests",
    "Unique_Item_Investigations": "unique_investigations",
    "Unique_Item_Requests": "unique_requests",
}
ACCESS = dict(AccessType.choices)
Cells = tuple[str, ...]
Months = dict[date, int]


def counter_report(view: CounterView, period: ReportPeriod, *, by_month: bool, at: datetime) -> Iterator[list[str]]:
    """The rows of the file, the head first; the period is of whole months. One statement, of articles three."""
    found = _platform(period) if view.id == "PR_P1" else _usage(view, period)
    months = [month.first for month in period.months]
    shown = months if by_month else []
    width = len(view.columns) + 2 + len(shown)
    for name, value in _head(view, period, by_month=by_month, at=at, is_empty=not found):
        yield _row([name, value], width)
    yield [""] * width
    yield [*view.columns, "Metric_Type", TOTAL, *(f"{month:%b-%Y}" for month in shown)]
    for cells, metric, counts in found:
        figures = (str(counts.get(month, 0)) for month in shown)
        yield [*harmless(cells), metric, str(sum(counts.values())), *figures]


def _row(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _head(
    view: CounterView, period: ReportPeriod, *, by_month: bool, at: datetime, is_empty: bool
) -> Iterator[tuple[str, str]]:
    yield "Report_Name", view.title
    yield "Report_ID", view.id
    yield "Release", RELEASE
    yield "Institution_Name", INSTITUTION
    yield "Institution_ID", INSTITUTION_ID
    yield "Metric_Types", "; ".join(view.metrics)
    yield "Report_Filters", view.filters
    yield (
        "Report_Attributes",
        "; ".join(filter(None, (view.attributes, "" if by_month else "Exclude_Monthly_Details=True"))),
    )
    yield "Exceptions", NOTHING_COUNTED if is_empty else ""
    yield "Reporting_Period", f"Begin_Date={period.first}; End_Date={period.last}"
    yield "Created", f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "Created_By", association_name()
    yield "Registry_Record", ""


Found = list[tuple[Cells, str, Months]]


def _usage(view: CounterView, period: ReportPeriod) -> Found:
    """The lines of the report: what stands in its columns, the metric, and the counts of the months."""
    lines = usage.usage_by_article(period) if view.is_of_articles else usage.usage_of_journal(period)
    if view.only_controlled:
        lines = [line for line in lines if line.access == AccessType.CONTROLLED]
    grouped: dict[tuple[int | None, int | None, str], dict[str, Months]] = defaultdict(lambda: defaultdict(Months))
    for line in lines:
        _add(grouped[_key(view, line)], line, view.metrics or tuple(METRICS))
    articles = usage.reported_articles([key for key, *_ in grouped if key is not None]) if view.is_of_articles else {}
    return [
        (_cells(view, key, articles), metric, counts)
        for key, metrics in sorted(grouped.items(), key=lambda pair: [(one is None, one) for one in pair[0]])
        for metric, counts in metrics.items()
    ]


def _key(view: CounterView, line: UsageLine) -> tuple[int | None, int | None, str]:
    return (
        line.article,
        line.yop if "YOP" in view.columns else None,
        line.access if "Access_Type" in view.columns else "",
    )


def _add(metrics: dict[str, Months], line: UsageLine, wanted: Iterable[str]) -> None:
    for metric in wanted:
        if metric in METRICS and (count := getattr(line.figures, METRICS[metric])):
            metrics[metric][line.month] = metrics[metric].get(line.month, 0) + count


def _cells(
    view: CounterView, key: tuple[int | None, int | None, str], articles: Mapping[int, ReportedArticle]
) -> Cells:
    article, yop, access = key
    known = _of_article(articles.get(article or 0)) if view.is_of_articles else _of_journal()
    known |= {"Publisher": PUBLISHER, "Platform": PLATFORM, "Access_Method": "Regular"}
    known |= {"YOP": "" if yop is None else f"{yop:04}", "Access_Type": ACCESS.get(access, "")}
    return tuple(known.get(column, "") for column in view.columns)


def _of_journal() -> dict[str, str]:
    return {
        "Title": TITLE, "Proprietary_ID": f"{PLATFORM}:pain-medicine", "Print_ISSN": ISSN, "Online_ISSN": E_ISSN,
        "URI": absolute(reverse("journal:journal")), "Data_Type": "Journal",
    }  # fmt: skip


def _of_article(article: ReportedArticle | None) -> dict[str, str]:
    """What reports say of an article; of those that were deleted, only the journal."""
    journal = _of_journal()
    parent = {f"Parent_{name}": value for name, value in journal.items() if name != "Title"}
    of_both = {**parent, "Parent_Title": TITLE, "Data_Type": "Article"}
    if article is None:
        return {**of_both, "Item": "", "Proprietary_ID": f"{PLATFORM}:deleted"}
    return {
        **of_both,
        "Item": article.title,
        "Authors": "; ".join(article.authors),
        "Publication_Date": f"{article.published_on}",
        "Article_Version": "VoR",
        "DOI": article.doi,
        "Proprietary_ID": f"{PLATFORM}:{article.slug}",
        "URI": absolute(reverse("journal:article-detail", args=[article.slug])),
    }


def _platform(period: ReportPeriod) -> Found:
    searches = usage.searches_of_journal(period)
    metrics: dict[str, Months] = defaultdict(Months)
    for line in usage.usage_of_journal(period):
        _add(metrics, line, REQUESTED)
    found: Found = [((PLATFORM, "Article"), metric, metrics[metric]) for metric in REQUESTED if metrics[metric]]
    searched: Found = [((PLATFORM, "Platform"), "Searches_Platform", searches)] if any(searches.values()) else []
    return found + searched
