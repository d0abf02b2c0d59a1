"""What the search finds among pages: ranking, excerpts, access, and any typing."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from aapm_site.core import positions
from aapm_site.core.search import engine
from content.models import Page
from content.search import PAGES
from tests.content.makers import chicago, news, page
from tests.core.finding import found

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


def urls(query, **more):
    return [hit.url for hit in found(query, VISITOR, PAGES, **more)]


def test_finds_words_in_title_summary_and_text_title_first():
    page("in-text", body="<p>Nerve <b>blocks</b> can help &amp; soothe.</p>")
    page("in-title", title="The nerve block")
    page("in-summary", summary="A nerve block and what it does.")
    page("elsewhere", body="<p>Something else</p>")

    hits = found("nerve block", VISITOR, PAGES)

    assert [hit.url for hit in hits] == ["/in-title/", "/in-summary/", "/in-text/"]
    assert "<mark>Nerve</mark> <mark>blocks</mark> can help &amp; soothe" in hits[2].excerpt


def test_the_very_title_comes_first():
    page("long", title="Nerve block, nerve block and nerve block", summary="Nerve block", body="<p>Nerve block</p>")
    page("exact", title="A Nerve-Block?")
    assert urls("a nerve block") == ["/exact/", "/long/"]


def test_news_fade_and_pages_do_not():
    long_ago = timezone.now() - timedelta(days=3650)
    news("old-news", long_ago, title="Nerve block")
    news("new-news", title="Nerve block")
    page("old-page", title="Nerve block", published_at=long_ago)
    page("new-page", title="Nerve block")

    found_at = urls("block")

    assert found_at.index("/news/new-news/") < found_at.index("/news/old-news/")
    assert found_at.index("/old-page/") < found_at.index("/news/old-news/")
    assert set(found_at[:2]) == {"/new-page/", "/old-page/"}


def test_many_news_crowd_out_no_page(monkeypatch):
    monkeypatch.setattr(engine, "MOST", 3)
    page("old", summary="Of nerve blocks.", published_at=chicago(2001, 1, 1))
    news("old-title", chicago(2001, 1, 1), title="The nerve block at length")
    for number in range(6):
        news(f"entry-{number}", chicago(2018, 12, 14, 9, number), summary="A nerve block.")

    assert {"/old/", "/news/old-title/"} < set(urls("nerve block"))
    assert len(urls("nerve block")) == 5


def test_never_shows_markup_or_positions():
    body = "<p>canary &lt;script&gt;x()&lt;/script&gt; {loadposition ask-form}</p>"
    page("hostile", title="<img src=x onerror=x()>", summary="Words", body=body)

    (hit,) = found("canary", VISITOR, PAGES)

    assert "<script>" not in hit.excerpt
    assert "&lt;script&gt;" in hit.excerpt
    assert "loadposition" not in hit.excerpt


def test_a_cut_through_a_tag_shows_none_of_it():
    page("long", body=f"<p>canary {'word ' * 1190}</p><p><a href='https://example.org/secret-looking'>x</a></p>")
    (hit,) = found("canary", VISITOR, PAGES)
    assert "<p" not in hit.excerpt.replace("<mark>", "")


def test_says_what_each_hit_is_and_where_it_stands():
    top = page("pain", title="About pain", menu_title="Pain")
    page("block", title="Nerve block", parent=top)
    news("entry", chicago(2018, 12, 14, 9, 0), title="Nerve block")

    below, dated = sorted(found("nerve", VISITOR, PAGES), key=lambda hit: hit.kind.name == "news")

    assert (below.kind.label, below.place, below.on) == ("Page", "Pain", None)
    assert (dated.kind.label, dated.place, f"{dated.on}") == ("News", "", "2018-12-14")


@pytest.mark.parametrize(
    "hidden", [{"status": "draft"}, {"audience": "members"}, {"unpublish_at": timezone.now() - timedelta(hours=1)}]
)
def test_the_page_above_is_not_named_while_it_is_not_public(hidden):
    top = page("pain", title="A secret heading")
    page("block", title="Nerve block", parent=top)
    Page.objects.filter(pk=top.pk).update(**hidden)
    (hit,) = found("nerve", VISITOR, PAGES)
    assert hit.place == ""


HIDDEN = [
    {"status": "draft"},
    {"published_at": timezone.now() + timedelta(days=1)},
    {"unpublish_at": timezone.now() - timedelta(hours=1)},
    {"audience": "members"},
    {"audience": "group:board"},
]


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda hidden: next(iter(hidden.values())).__class__.__name__)
@pytest.mark.parametrize("kind", ["page", "news", "statement", "initiative", "answer"])
def test_what_is_not_public_is_neither_found_nor_suggested_nor_counted(kind, hidden):
    entry = page("secret", kind=kind, title="Zebrafish protocol", summary="Zebrafish.", body="<p>zebrafish</p>")
    assert engine.counts(engine.find("zebrafish", VISITOR)) == {kind: 1}
    assert [hit.title for hit in engine.suggest("zebrafish", 5)] == ["Zebrafish protocol"]

    Page.objects.filter(pk=entry.pk).update(**hidden)

    assert engine.find("zebrafish", VISITOR) == []
    assert engine.find("zebrafish protocol", VISITOR) == []
    assert engine.suggest("zebrafish", 5) == []


def test_what_became_private_between_finding_and_showing_is_not_shown():
    entry = page("secret", title="Zebrafish protocol")
    matches = engine.find("zebrafish", VISITOR)
    Page.objects.filter(pk=entry.pk).update(audience="members")
    assert engine.show(matches, "zebrafish", VISITOR) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nerve blocks", {"/block/"}),
        ("NERVES", {"/block/"}),
        ("évaluation", {"/evaluation/"}),
        ("evaluations", {"/evaluation/"}),
        ('"nerve block"', {"/block/"}),
        ('"block nerve"', set()),
        ("x-ray", {"/x-ray/"}),
        ("x ray", {"/x-ray/"}),
        ("block OR ray", {"/block/", "/x-ray/"}),
        ("nerve -block", set()),
        ("the nerve", {"/block/"}),
        ("nerve;block", {"/block/"}),
    ],
)
def test_reads_what_people_type(typed, expected):
    page("block", title="Nerve block")
    page("evaluation", title="Évaluation of children")
    page("x-ray", title="X-ray guidance")
    assert set(urls(typed)) == expected


@pytest.mark.parametrize("typed", ["-nerve", "-nerve -block", "the", "the and of", "!", "nerve OR -block", '""', "-"])
def test_only_leaving_out_or_filling_words_find_nothing(typed):
    page("block", title="Nerve block")
    page("other", title="Something")
    assert engine.find(typed, VISITOR) == []


def test_each_search_is_two_statements_for_a_visitor(django_assert_num_queries):
    """And twice the words that mean the same, which a process remembers but asks for anew in a transaction."""
    page("only", title="Nerve block")
    with django_assert_num_queries(4):
        assert len(found("nerve", VISITOR)) == 1
    for number in range(30):
        page(f"page-{number}", title="Nerve block")
    with django_assert_num_queries(4):
        assert len(found("nerve", VISITOR, limit=20)) == 20


def test_the_title_being_typed_is_suggested(django_assert_num_queries):
    page("block", title="What a nerve block is")
    page("blocks", title="Nerve block")
    page("other", title="Fellowships")
    with django_assert_num_queries(1):
        assert [hit.title for hit in engine.suggest("nerv blo", 5)] == ["Nerve block", "What a nerve block is"]
    with django_assert_num_queries(0):
        assert engine.suggest("n", 5) == []


def near(client, address):
    response = client.get(address)
    assert response.status_code == 404
    return re.findall(
        r'<li><a href="([^"]+)">', response.text.partition('id="near-misses"')[2].partition("</section>")[0]
    )


def test_an_address_with_a_slip_leads_to_what_was_meant(client):
    page("unity-circle", title="The Unity Circle")
    page("medicine", title="What is pain medicine?")
    page("secret", title="The Unity Circle of the board", audience="members")
    page("draft", title="The Unity Circle, a draft", status="draft")

    assert near(client, "/pain-awareness/unity-cirle/") == ["/unity-circle/"]
    assert near(client, "/what-is-pain-medecine.html") == ["/medicine/"]
    assert near(client, "/nothing-like-it-at-all/") == []


def test_no_more_than_five_by_one_query(client, rf, django_assert_num_queries):
    for number in range(9):
        page(f"circle-{number}", title=f"Unity Circle {number}")
    assert len(near(client, "/unity-circle/")) == 5
    with django_assert_num_queries(1):
        positions.render("near-misses", rf.get("/unity-circle/"))
    with django_assert_num_queries(0):
        positions.render("near-misses", rf.get("/2018/99/"))


@pytest.mark.parametrize(
    "address",
    ["/%00/", "/%ff%fe/", "/%e2%80%aeevil/", "/<script>alert(1)</script>/", "/';--/", "/%25s%28x%29s/", "/{{x}}/"]
    + ["/" + "x" * 3000 + "/", "/" + "word-" * 600 + "/", "/..%2f..%2fetc%2fpasswd", "/%0d%0aSet-Cookie:a=b/"],
)
def test_no_address_is_an_error(client, address):
    page("about")
    response = client.get(address)
    assert response.status_code == 404
    assert "<script>alert" not in response.text
