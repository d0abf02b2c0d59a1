"""An article's text on its page: headings, references, tables, figures."""

import pytest

from membership.journal import rendering

from ..factories import make_article, make_figure

pytestmark = pytest.mark.django_db

REFERENCES = "One.\nTwo.\nThree."


def html(body: str, references: str = REFERENCES) -> str:
    return str(rendering.full_text(make_article(body=body, references=references)).html)


def test_headings_get_anchors_that_differ():
    full = rendering.full_text(
        make_article(body="<h2>Results</h2><p>A</p><h2>Results</h2><h2 id='own'>Own <em>one</em></h2>")
    )

    assert [(heading.title, heading.url) for heading in full.headings] == [
        ("Results", "#results"), ("Results", "#results-1"), ("Own one", "#own"),
    ]  # fmt: skip
    assert '<h2 id="results-1">Results</h2>' in full.html


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        ("<p>Slept.<sup>1</sup></p>", ["1"]),
        ("<p>Slept.<sup>1,3</sup></p>", ["1", "3"]),
        ("<p>Slept.<sup>1–3</sup></p>", ["1", "3"]),
        ("<p>Slept.<sup>4</sup></p>", []),
        ("<p>10<sup>2</sup> cells</p>", []),
        ("<p>kg/m<sup>2</sup></p>", []),
        ("<p>cm<sup>3</sup></p>", []),
        ("<p>them<sup>2</sup></p>", ["2"]),
        ("<p>1<sup>st</sup></p>", []),
    ],
)
def test_figures_above_the_line_lead_to_references_unless_they_are_powers(body, linked):
    shown = html(body)

    assert [number for number in "123456789" if f'href="#r{number}"' in shown] == linked


def test_tables_scroll_in_a_named_region_that_the_keyboard_reaches():
    shown = html(
        "<table class='table'><tbody><tr><td>1</td></tr></tbody></table>"
        "<div class='scroll'>\n<table class='table'></table></div>"
    )

    assert shown.count('<div class="scroll" tabindex="0" role="region" aria-label="Table') == 2
    assert 'aria-label="Table 2"' in shown
    assert shown.count("<div") == 2


def test_figures_stand_where_they_are_called_and_the_rest_at_the_end():
    article = make_article(
        body='<p>A</p><figure data-figure="fig2"></figure><p>B</p><figure data-figure="gone"></figure>'
    )
    make_figure(article, key="fig1", label="Figure 1", order=1)
    make_figure(article, key="fig2", label="Figure 2", order=2, alt='Says "more"', width=720, height=450)

    shown = str(rendering.full_text(article).html)

    assert shown.index("<p>A</p>") < shown.index('id="fig2"') < shown.index("<p>B</p>") < shown.index('id="fig1"')
    assert 'alt="Says &quot;more&quot;" width="720" height="450"' in shown
    assert "gone" not in shown


def test_what_an_editor_pastes_cannot_run():
    shown = html('<p onclick="x()">A<script>bad()</script></p><img src=x onerror=bad()>')

    assert "bad" not in shown
    assert "onclick" not in shown
