"""Tables for spreadsheets: every cell in its column, no formula, and for readers only."""

import csv as csv_files
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from membership.journal import tables
from membership.journal.models import Article, DeliveredText

from ..factories import make_article, make_issue, make_member
from .jats import DOI, jats
from .test_imports import bring

pytestmark = pytest.mark.django_db

TABLE = """<table-wrap id="t1"><label>Table 1</label>
<table><thead><tr><th rowspan="2">Group</th><th colspan="2">Nights</th>
</tr><tr><th>Before</th><th>After</th></tr></thead><tbody><tr><td>A<sup>a</sup></td><td>-5.2</td><td>=SUM(A1)</td></tr>
</tbody></table></table-wrap>"""


@pytest.fixture
def article():
    make_issue(volume=27, number=9, published_on=date(2026, 9, 1))
    bring(
        jats(f"<sec><title>Results</title><p>See.</p>{TABLE}<table-wrap><graphic xlink:href='t2'/></table-wrap></sec>")
    )
    return Article.objects.get(doi=DOI)


def test_a_member_takes_a_table_along(client, article):
    client.force_login(make_member((-10, 100)))
    page = client.get(article.get_absolute_url()).content.decode()
    assert 'href="tables/1/"' in page
    assert 'href="tables/2/"' not in page  # a picture of a table

    response = client.get(f"{article.get_absolute_url()}tables/1/")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv_files.reader(text.splitlines())) == [
        ["Group", "Nights", ""], ["", "Before", "After"], ["Aa", "-5.2", "'=SUM(A1)"],
    ]  # fmt: skip
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == f'attachment; filename="{article.slug}-table-1.csv"'


def test_there_is_none_for_others_and_none_beyond_the_last(client, article):
    address = f"{article.get_absolute_url()}tables/1/"
    assert Client().get(address).status_code == 404
    client.force_login(make_member((-800, -400)))
    assert client.get(address).status_code == 404
    client.force_login(make_member((-10, 100)))
    for number in (0, 2, 3, 10**12):
        assert client.get(f"{article.get_absolute_url()}tables/{number}/").status_code == 404
    assert client.get(f"{make_article().get_absolute_url()}tables/1/").status_code == 404


def test_spans_that_would_fill_the_memory_are_left_out():
    cells = '<td colspan="100" rowspan="9999">a</td>' * 20
    grid = tables._grid(html.fragment_fromstring(f"<table>{f'<tr>{cells}</tr>' * 400}</table>"))
    assert sum(map(len, grid)) < 100_000
    assert grid[0][:3] == ["a", "", ""]


def test_spans_that_no_table_has_do_no_harm(client, article):
    table = '<table><tr><td colspan="99999999999" rowspan="x">a</td></tr></table>'
    DeliveredText.objects.update(html=f'<figure class="table-figure">{table}</figure>')
    client.force_login(make_member((-10, 100)))

    response = client.get(f"{article.get_absolute_url()}tables/1/")

    assert b"".join(response.streaming_content).decode("utf-8-sig").strip() == "a"


@pytest.mark.django_db(transaction=True)
def test_a_long_article_costs_a_member_eight_queries(client):
    make_issue(volume=27, number=9, published_on=date(2026, 9, 1))
    words = "".join(f"<p>Night {place} was long, and the next one was not.</p>" for place in range(2_500))
    bring(jats(f"<sec><title>Results</title>{words}{TABLE}</sec>"))
    article = Article.objects.get(doi=DOI)
    client.force_login(make_member((-10, 100)))
    assert len(client.get(article.get_absolute_url()).content) > 120_000

    with CaptureQueriesContext(connection) as captured:
        client.get(article.get_absolute_url())

    # Eight of its own; menu, notices, neighbors, doubted references, subjects and collections are remembered elsewhere.
    assert len(captured) == 8 + 6
