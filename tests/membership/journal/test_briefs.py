"""What an article shows in its first two minutes: found in the text when it is written, shown to its readers only."""

import pytest
from django.test import Client

from membership.journal.domain.briefs import brief_of
from membership.journal.domain.imports import import_package
from membership.journal.domain.words import write_words
from membership.journal.models import Article, ArticleBrief
from tests.factories import client_of

from ..factories import day, make_issue, make_member
from .jats import BODY, jats, package, tiff

FIGURE = (
    '<figure id="{0}"><a class="zoom" href="/{0}"><img src="/{0}" alt="As {0}" width="8" height="6"></a>{1}</figure>'
)
TABLE = '<figure class="table-figure" id="t1"><img src="/t1" alt=""></figure>'
CAPTION = (
    "<figcaption><b>Figure 2.</b> <div><p>Pain by week."
    '<sup><a href="#b1" class="cited">1</a></sup></p></div></figcaption>'
)


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        (f"<h2>Methods</h2>{FIGURE.format('f1', '')}<h2>Results</h2>{TABLE}{FIGURE.format('f2', '')}", "f2"),
        (f"<h2>Methods</h2>{FIGURE.format('f1', '')}<h2>Results</h2>{TABLE}", "f1"),
        (f"{TABLE}<figure id='f3'><p class='not-delivered'>Not delivered.</p></figure>", None),
        ("<p>Words alone.</p>", None),
    ],
)
def test_the_main_figure_is_the_first_of_the_results(html, anchor):
    assert brief_of(html).get("figure_anchor") == anchor


def test_a_figure_keeps_its_picture_description_and_caption():
    found = brief_of(FIGURE.format("f2", CAPTION))

    assert {name: value for name, value in found.items() if name.startswith("figure")} == {
        "figure_anchor": "f2", "figure_source": "/f2", "figure_alt": "As f2",
        "figure_caption": "Figure 2. Pain by week.", "figure_width": 8, "figure_height": 6,
    }  # fmt: skip


HEADED = (
    '<h2 id="d">Discussion</h2><p>Limitations aside.</p><h3 id="l">Strengths and limitations</h3><p>Few. Short.</p>'
)


@pytest.mark.parametrize(
    ("html", "limits"),
    [
        (HEADED, ("l", "Few. Short.")),
        ('<h2 id="d">Discussion</h2><p>It works.</p><p>There are several limitations. We asked once.</p>',
         ("d", "There are several limitations. We asked once.")),
        ('<h2 id="m">Methods</h2><p>Limitation of motion was measured.</p>', (None, None)),
        ("", (None, None)),
        (f'<h2 id="l">Limits and limitations</h2><p>{"A sentence of this length. " * 60}</p>',
         ("l", " ".join(["A sentence of this length."] * 25))),
    ],
)  # fmt: skip
def test_the_limits_are_those_below_their_heading_or_the_paragraph_that_names_them(html, limits):
    found = brief_of(html) if html else {}
    assert (found.get("limits_anchor"), found.get("limits")) == limits


@pytest.mark.django_db
def test_readers_get_it_and_nobody_else_and_it_goes_when_the_text_has_none_any_more():
    make_issue(volume=27, number=9, published_on=day(-3))
    body = BODY + "<sec><title>Limitations</title><p>We asked only once.</p></sec>"
    files = {"a.xml": jats(body), "gr1.tif": tiff()}
    (told,) = import_package(package(files), "a.zip", by=None)
    article = Article.objects.get(slug=told.slug)
    Article.objects.update(published_on=day(-3))
    page = article.get_absolute_url()

    seen = client_of(make_member((-30, 30))).get(page).text
    visitors = Client().get(page).text

    main, limits = ">The main figure.<", "What the authors say of its limits"
    assert [seen.count(words) for words in (main, limits, "In two minutes</h2>")] == [1, 1, 1]
    assert seen.index("We asked only once.") < seen.index('id="abstract"') < seen.rindex("We asked only once.")
    assert [visitors.count(words) for words in (main, limits, "We asked only once.")] == [0, 0, 0]
    assert "In two minutes</h2>" in visitors  # the summary in plain words is everybody's
    write_words(article, "<p>Nothing of that kind.</p>")
    assert not ArticleBrief.objects.exists()
