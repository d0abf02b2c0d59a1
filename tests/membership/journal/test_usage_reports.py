"""Reports of usage: what the files of COUNTER hold cell for cell, what editors see, and what readers are shown."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.core.periods import months_before
from aapm_site.core.roles import CONTENT_EDITOR, JOURNAL_EDITOR
from membership.journal.models import ArticleRelation, ArticleUsage, SearchUsage
from membership.journal.queries import usage
from tests.factories import staff_client

from ..factories import day, make_article

pytestmark = pytest.mark.django_db
PAGES = "/admin/membership/robotagent/reports/"
FILE = f"{PAGES}counter/report.tsv"


def used(article, on: str | date, access: str = "controlled", yop: int = 2026, figures=(10, 6, 8, 5, 3)) -> None:
    names = ("investigations", "requests", "unique_investigations", "unique_requests", "denials")
    ArticleUsage.objects.create(
        on=on, is_month=True, article=article, access=access, yop=yop, **dict(zip(names, figures, strict=True))
    )


@pytest.fixture
def article():
    return make_article(
        doi="10.5555/pm.2026.1", title="Sleep\tand pain", published_on="2026-01-05",
        authors=[{"given_name": "Lena", "family_name": name, "orcid": ""} for name in ("Okafor", "Adler", "Roy", "Li")],
    )  # fmt: skip


@pytest.fixture
def counted(article):
    """An article of 2026 in two months, one of 2025 that is open, and searches."""
    used(article, "2026-09-01")
    used(article, "2026-10-01", figures=(4, 2, 3, 1, 0))
    used(make_article(doi="10.5555/pm.2025.2"), "2026-10-01", "open", 2025, (7, 7, 7, 7, 0))
    SearchUsage.objects.create(on="2026-10-01", is_month=True, searches=9)


def report(name: str, more: str = "&first=2026-09-01&last=2026-10-31") -> tuple[dict[str, str], list[dict[str, str]]]:
    """The head as names and values, and the lines under their columns."""
    response = staff_client(JOURNAL_EDITOR).get(f"{FILE}?report={name}{more}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    assert {len(row) for row in rows} == {len(rows[14])}
    assert not any(rows[13])
    return {row[0]: row[1] for row in rows[:13]}, [dict(zip(rows[14], row, strict=True)) for row in rows[15:]]


def figures(lines, *by: str) -> set[tuple[str, ...]]:
    names = (*by, "Metric_Type", "Reporting_Period_Total", "Sep-2026", "Oct-2026")
    return {tuple(line[name] for name in names) for line in lines}


def test_the_head_has_its_thirteen_rows_in_order(counted):
    head, _ = report("tr_j3")
    created = head.pop("Created")
    assert created.endswith("Z")
    assert list(head.items()) == [
        ("Report_Name", "Journal Usage by Access Type"),
        ("Report_ID", "TR_J3"),
        ("Release", "5.1"),
        ("Institution_Name", "The World"),
        ("Institution_ID", "AAPM:0000000000000000"),
        (
            "Metric_Types",
            "Total_Item_Investigations; Total_Item_Requests; Unique_Item_Investigations; Unique_Item_Requests",
        ),
        ("Report_Filters", "Data_Type=Journal; Access_Method=Regular"),
        ("Report_Attributes", ""),
        ("Exceptions", ""),
        ("Reporting_Period", "Begin_Date=2026-09-01; End_Date=2026-10-31"),
        ("Created_By", "American Academy of Pain Medicine"),
        ("Registry_Record", ""),
    ]


# Of each report what stands beside the metric, its total, September and October.
LINES = {
    "tr_j1": ((), {("Total_Item_Requests", "8", "6", "2"), ("Unique_Item_Requests", "6", "5", "1")}),
    "tr_j2": ((), {("No_License", "3", "3", "0")}),
    "tr_j3": (
        ("Access_Type",),
        {
            ("Controlled", "Total_Item_Investigations", "14", "10", "4"),
            ("Controlled", "Total_Item_Requests", "8", "6", "2"),
            ("Controlled", "Unique_Item_Investigations", "11", "8", "3"),
            ("Controlled", "Unique_Item_Requests", "6", "5", "1"),
            *(
                ("Open", f"{kind}_Item_{metric}", "7", "0", "7")
                for kind in ("Total", "Unique")
                for metric in ("Investigations", "Requests")
            ),
        },
    ),
    "tr_j4": (
        ("YOP",),
        {("2026", "Total_Item_Requests", "8", "6", "2"), ("2026", "Unique_Item_Requests", "6", "5", "1")},
    ),
    "ir_a1": (
        ("DOI", "Access_Type"),
        {
            ("10.5555/pm.2026.1", "Controlled", "Total_Item_Requests", "8", "6", "2"),
            ("10.5555/pm.2026.1", "Controlled", "Unique_Item_Requests", "6", "5", "1"),
            ("10.5555/pm.2025.2", "Open", "Total_Item_Requests", "7", "0", "7"),
            ("10.5555/pm.2025.2", "Open", "Unique_Item_Requests", "7", "0", "7"),
        },
    ),
    "pr_p1": (
        ("Data_Type",),
        {
            ("Platform", "Searches_Platform", "9", "0", "9"),
            ("Article", "Total_Item_Requests", "15", "6", "9"),
            ("Article", "Unique_Item_Requests", "13", "5", "8"),
        },
    ),
}


@pytest.mark.parametrize(("name", "by", "expected"), [(name, *line) for name, line in LINES.items()], ids=LINES)
def test_the_lines(counted, name, by, expected):
    assert figures(report(name)[1], *by) == expected


def test_an_article_with_its_journal(counted, settings):
    head, lines = report("ir-parent")
    line = next(one for one in lines if one["DOI"] == "10.5555/pm.2026.1" and one["Metric_Type"] == "No_License")
    assert "Include_Parent_Details=True" in head["Report_Attributes"]
    assert {name: value for name, value in line.items() if value} == {
        "Item": "Sleep\tand pain", "Publisher": "Oxford University Press", "Platform": "AAPM",
        "Authors": "Lena Okafor; Lena Adler; Lena Roy", "Publication_Date": "2026-01-05", "Article_Version": "VoR",
        "DOI": "10.5555/pm.2026.1", "Proprietary_ID": "AAPM:pm-2026-1",
        "URI": f"{settings.SITE_ORIGIN}/journal/article/pm-2026-1/", "Parent_Title": "Pain Medicine",
        "Parent_Data_Type": "Journal", "Parent_Proprietary_ID": "AAPM:pain-medicine", "Parent_Print_ISSN": "1526-2375",
        "Parent_Online_ISSN": "1526-4637", "Parent_URI": f"{settings.SITE_ORIGIN}/journal/", "Data_Type": "Article",
        "YOP": "2026", "Access_Type": "Controlled", "Access_Method": "Regular", "Metric_Type": "No_License",
        "Reporting_Period_Total": "3", "Sep-2026": "3", "Oct-2026": "0",
    }  # fmt: skip


def test_without_months_and_without_use():
    head, lines = report("tr", "&first=2026-09-01&last=2026-10-31&columns=totals")
    assert (head["Exceptions"], lines) == ("3030: No Usage Available for Requested Dates", [])
    assert head["Report_Attributes"].endswith("; Exclude_Monthly_Details=True")


def test_months_are_whole_and_over_and_the_last_one_is_offered():
    editor, today = staff_client(JOURNAL_EDITOR), timezone.localdate()
    ended = f"{months_before(today, 1):%Y-%m}"
    for asked, name in (
        ("report=ir&first=2025-09-12&last=2025-10-03", "IR-2025-09-2025-10.tsv"),
        ("", f"TR-{ended}-{ended}.tsv"),
    ):
        assert name in editor.get(f"{FILE}?{asked}").headers["Content-Disposition"]
    for wrong in (f"last={today}", "first=x", "report=xx", "first=2025-10-01&last=2025-09-01"):
        assert editor.get(f"{FILE}?{wrong}").status_code == 422
    assert f"Choose {months_before(today, 1):%B %Y}" in editor.get(f"{FILE}?last={today}").content.decode()


def test_pages_for_editors_and_for_nobody_else(counted):
    editor, other = staff_client(JOURNAL_EDITOR), staff_client(CONTENT_EDITOR)
    asked = "?first=2026-09-10&last=2026-10-12"
    use = editor.get(f"{PAGES}use/{asked}").content.decode()
    assert "15 readings in 13 sessions; 3 readers were turned away at the gate." in use
    assert "September 1" in use
    assert '<a href="/admin/membership/robotagent/reports/counter/">Reports of COUNTER</a>' in use
    for slug in ("use", "articles", "turned-away", "years"):
        assert editor.get(f"{PAGES}{slug}/{asked}").status_code == 200
        assert other.get(f"{PAGES}{slug}/{asked}").status_code == 403
    rows = b"".join(editor.get(f"{PAGES}articles/table.csv{asked}").streaming_content).decode()
    assert "10.5555/pm.2026.1,2026-01-05,8,6,14,3" in rows


def test_most_read_is_what_is_out_in_its_order_and_quiet_while_few_are_read(client):
    today = timezone.localdate()
    articles = [make_article(title=f"Paper {place}") for place in range(3)]
    hidden, old, rare = make_article(title="Hidden", published_on=day(3)), make_article(), make_article()
    for place, one in enumerate(articles):
        used(one, today.replace(day=1), figures=(90, 60 + place, 60, 40 + place, 0))
    used(hidden, today.replace(day=1), figures=(900, 900, 900, 900, 0))
    used(old, date(2024, 1, 1), figures=(900, 900, 900, 900, 0))
    used(rare, today.replace(day=1), figures=(9, 9, 9, 9, 0))
    taken_back = make_article(title="Taken back", doi="10.5555/pm.back")
    used(taken_back, today.replace(day=1), figures=(900, 900, 900, 900, 0))
    ArticleRelation.objects.create(article=make_article(), kind="retracted-article", doi="10.5555/PM.back")

    assert [one.title for one in usage.most_read(today)] == ["Paper 2", "Paper 1", "Paper 0"]
    assert "Most read" in client.get("/journal/").content.decode()
    articles[0].delete()
    assert usage.most_read(today) == ()
    assert "Most read" not in client.get("/journal/").content.decode()


@pytest.mark.parametrize("number", [1, 40])
def test_a_report_of_articles_costs_three_statements(number):
    for _ in range(number):
        used(make_article(), "2026-10-01")
    with CaptureQueriesContext(connection) as asked:
        report("ir")
    about = [one["sql"] for one in asked if "membership_article" in one["sql"]]
    assert len(about) == 3
