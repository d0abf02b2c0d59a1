"""The rates page, the page about the members, and text as people type it."""

import pytest

from careers.models import Package
from careers.plaintext import to_html, to_text


def package(slug: str, **fields) -> Package:
    return Package.objects.create(slug=slug, **{"name": slug, "price": 99, "runs_days": 30, **fields})


@pytest.mark.django_db
def test_the_table_says_what_each_costs_and_saves(client):
    package("single", price=99, member_price="79.20", order=1)
    package("featured", price=199, featured=True, order=2)
    package("three", postings=3, price="222.75", order=3)
    package("long", runs_days=60, postings=2, price=300, order=4)
    package("old", is_active=False)

    rows = client.get("/career-center/rates/").context["rows"]

    assert [(row.package.slug, str(row.each), row.saving_percent) for row in rows] == [
        ("single", "$99", 0),
        ("featured", "$199", 0),
        ("three", "$74.25", 25),
        ("long", "$150", 0),
    ]
    html = client.get("/career-center/rates/").content.decode()
    assert "$79.20" in html
    assert "25% less" in html
    assert "Sample prices" not in html


@pytest.mark.django_db
def test_sample_prices_are_marked_and_a_table_without_rows_says_so(client):
    html = client.get("/career-center/rates/").content.decode()
    assert "No rates are set at the moment" in html
    package("single", is_sample=True)
    assert "Sample prices" in client.get("/career-center/rates/").content.decode()


@pytest.mark.django_db
def test_the_page_about_members_names_the_source_of_its_figures(client):
    html = client.get("/career-center/specialties/").content.decode()
    for figure in ("261", "377", "398", "415", "35 of 115", "2024;25(6):374–379"):
        assert figure in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo\n\nThree", "<p>One<br>two</p>\n<p>Three</p>"),
        ("## Head\n- a\n- b\n\nEnd", "<h2>Head</h2>\n<ul><li>a</li><li>b</li></ul>\n<p>End</p>"),
        ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("A **strong** word, 2 ** 3", "<p>A <strong>strong</strong> word, 2 ** 3</p>"),
        ("<script>x</script> & so", "<p>&lt;script&gt;x&lt;/script&gt; &amp; so</p>"),
        ("\r\n\r\n", ""),
        ("", ""),
    ],
)
def test_typed_text_becomes_html(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    ["One\ntwo\n\nThree", "## Head\n\n- a\n- b\n\nEnd", "1. a\n2. b", "A **strong** word", "Less < more & so"],
)
def test_there_and_back_is_the_same(text):
    assert to_text(to_html(text)) == text


def test_what_the_plain_form_cannot_write_is_still_readable():
    html = "<h3>Pay</h3><table><tr><td>One</td><td>Two</td></tr></table><blockquote>Said</blockquote>"
    assert to_text(html).split() == ["##", "Pay", "OneTwo", "Said"]
