"""The page of the search: what stands on it for a word, a slip, nothing, and anything hostile."""

import json
import re

import pytest

from aapm_site.core.http import view_counts
from aapm_site.core.models import Count
from aapm_site.core.search import engine, spelling
from content.models import Page, Resource, ResourceTopic, Term
from tests.content.makers import news, page
from tests.factories import client_of, user

pytestmark = pytest.mark.django_db

PEOPLE = {"HTTP_USER_AGENT": "Mozilla/5.0"}


def titles(response):
    return [hit.title for hit in response.context["hits"]]


def choices(response):
    return [(choice.label, choice.number, choice.current) for choice in response.context["choices"]]


def test_shows_kinds_with_numbers_and_one_of_them_alone(client):
    page("block", title="Nerve block")
    news("first", title="A nerve block course")
    news("second", title="More nerve block courses")

    everything, only = client.get("/search/?q=nerve"), client.get("/search/?q=nerve&kind=news")

    assert choices(everything) == [("Everything", "3", True), ("Pages", "1", False), ("News", "2", False)]
    assert choices(only) == [("Everything", "3", False), ("Pages", "1", False), ("News", "2", True)]
    assert titles(everything)[0] == "Nerve block"
    assert len(titles(only)) == 2
    assert ">2 results in News</span></h2>" in only.text


def test_counts_end_at_a_hundred_and_pages_do_not_repeat(client, monkeypatch):
    monkeypatch.setattr("aapm_site.search.COUNTED", 20)
    for number in range(23):
        page(f"page-{number}", title=f"Nerve block {number}")

    first, second = client.get("/search/?q=nerve"), client.get("/search/?q=nerve&page=2")

    assert "More than 20 results" in first.text
    assert choices(first)[1] == ("Pages", "20+", False)
    assert len(titles(first)) == 20
    assert len(set(titles(first)) | set(titles(second))) == 23


@pytest.mark.parametrize(("number", "shown"), [("-1", 2), ("0", 2), ("abc", 1), ("9999999", 2), ("\x00", 1), ("2", 2)])
def test_any_page_number_shows_a_page(client, number, shown):
    for place in range(21):
        page(f"page-{place}", title="Nerve block")
    response = client.get("/search/", {"q": "nerve", "page": number})
    assert response.context["page"].number == shown


def test_a_kind_that_has_nothing_says_so_and_an_unknown_one_is_everything(client):
    page("block", title="Nerve block")
    nothing, unknown = client.get("/search/?q=nerve&kind=job"), client.get("/search/?q=nerve&kind=<script>")
    assert "None of the results is of this kind" in nothing.text
    assert titles(nothing) == []
    assert titles(unknown) == ["Nerve block"]
    assert "<script>" not in unknown.text.split("</head>")[1].replace('<script type="module"', "")


def test_a_slip_shows_the_results_for_what_was_meant(client):
    page("block", title="Nerve block")
    spelling.gather()

    response = client.get("/search/?q=nerv+blok")

    assert response.context["corrected"] == "nerve block"
    assert titles(response) == ["Nerve block"]
    assert "Nothing matches “nerv blok”" in response.text
    assert choices(response)[0][:2] == ("Everything", "1")


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"audience": "members"}])
def test_a_word_that_is_no_longer_public_is_not_offered(client, hidden):
    page("block", title="Zebrafish protocol")
    spelling.gather()
    Page.objects.update(**hidden)

    response = client.get("/search/?q=zebrafisch")

    assert response.context["found"] == 0
    assert "zebrafish" not in response.text.lower().replace("zebrafisch", "")


def test_nothing_found_offers_single_words_near_titles_and_a_person(client):
    page("block", title="Nerve block")
    spelling.gather()

    response = client.get("/search/?q=nerve+xylophone+zeppelin")

    assert "Nothing on this site matches “nerve xylophone zeppelin”" in response.text
    assert response.context["narrower"] == [("nerve", "/search/?q=nerve")]
    assert 'href="/ask/' in response.text
    assert response.text.count("<h1") == 1


def test_before_anything_is_typed(client):
    response = client.get("/search/")
    assert 'href="/search/?q=nerve+block"' in response.text
    assert '<meta name="robots" content="noindex' in response.text


def test_searches_are_counted_and_those_without_a_result_apart(client):
    page("block", title="Nerve block")
    client.get("/search/?q=Nerve", **PEOPLE)
    client.get("/search/?q=Xylophone", **PEOPLE)
    client.get("/search/?q=Xylophone", HTTP_USER_AGENT="Googlebot")
    view_counts.flush()
    told = set(Count.objects.values_list("kind", "key", "times"))
    assert told == {("search", "nerve", 1), ("search", "xylophone", 1), ("search-nothing", "xylophone", 1)}


HOSTILE = [
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "a & | ! ( ) : * <->",
    "nerve:* & 'x",
    "\x00nerve",
    "\u202eevren\u2066",
    "\r\nSet-Cookie: a=b",
    "%s %(x)s {0} {{ x }} {% load %}",
    "é" * 300,
    "nerve " * 10_000,
    "-" * 150,
    '"' * 151,
    "\\",
    "\U000e0001\ufffe\ud7ff",
    "OR OR OR",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("address", ["/search/", "/search/suggest/"])
def test_no_typing_is_an_error(client, typed, address):
    page("block", title="Nerve block")
    spelling.gather()
    response = client.get(address, {"q": typed, "kind": typed, "page": typed})
    assert response.status_code == 200
    assert "<script>alert(1)" not in response.text
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%ed%a0%80", "q=%c0%80", "q", "q=&q=nerve", "q[]=1"])
def test_wrong_encodings_are_read_as_far_as_they_go(client, query):
    assert client.get(f"/search/?{query}").status_code == 200
    assert client.get(f"/search/suggest/?{query}").status_code == 200


def test_too_many_characters_are_refused_kindly_and_kept(client):
    response = client.get("/search/", {"q": "x" * 201})
    assert "Please use at most 200 characters" in response.text
    assert "x" * 201 in response.text


def test_costs_the_same_for_one_hit_and_many(client, django_assert_num_queries):
    """The menus once; is it urgent? Which places are meant? The search finds, then shows, each by the other words too.

    All but the search itself is remembered by a process, but asked anew in the one transaction of a test.
    """
    page("only", title="Nerve block")
    client.get("/search/?q=nerve")
    with django_assert_num_queries(7):
        assert len(titles(client.get("/search/?q=nerve"))) == 1
    for number in range(30):
        page(f"page-{number}", title="Nerve block")
        news(f"news-{number}", title="Nerve block")
    with django_assert_num_queries(7):
        assert len(titles(client.get("/search/?q=nerve"))) == 20


def suggested(client, typed):
    response = client.get("/search/suggest/", {"q": typed})
    assert response["Content-Type"] == "application/json"
    return [(found["title"], found["kind"], found["url"]) for found in json.loads(response.content)["suggestions"]]


def test_titles_are_suggested_with_their_kind(client):
    page("block", title="Nerve block")
    Term.objects.create(name="nerve block", slug="nerve-block", definition="An injection beside a nerve.")
    assert suggested(client, "Nerv blo") == [
        ("Nerve block", "Page", "/block/"),
        ("nerve block", "Glossary", "/glossary/#nerve-block"),
    ]
    assert suggested(client, "n") == []


def test_suggestions_are_the_same_for_everybody_and_kept_for_visitors(client, kept_pages, django_assert_num_queries):
    page("secret", title="Zebrafish protocol", audience="members")
    page("block", title="Nerve block")
    assert suggested(client_of(user()), "zebrafish") == []
    first = suggested(client, "nerve")
    with django_assert_num_queries(0):
        assert suggested(client, "nerve") == first
    assert client.get("/search/suggest/?q=nerve")["X-Robots-Tag"] == "noindex"


def test_the_words_of_the_glossary_are_found_by_their_other_forms(client):
    Term.objects.create(
        name="nerve block", slug="nerve-block", aliases="nerve blocks\nregional block", definition="An injection."
    )
    assert titles(client.get("/search/?q=regional"))[0] == "nerve block"


def test_every_kind_has_a_name_of_its_own():
    names = [kind.name for kind in engine.kinds()]
    assert len(names) == len(set(names)) >= 7
    assert all(re.fullmatch(r"[a-z]+", name) for name in names)


def test_the_words_are_carried_over_to_a_question(client):
    nothing = client.get("/search/", {"q": 'xylophone & "co"'})
    (address,) = re.findall(r'href="(/ask/\?question=[^"]+)"', nothing.text)
    form = client.get(address.replace("&amp;", "&")).context["form"]
    assert form["question"].value() == 'xylophone & "co"'
    assert client.get("/ask/", {"question": "a\x00\u202eb" + "x" * 9000}).status_code == 200


def test_a_resource_is_found_by_who_offers_it_while_it_is_shown(client):
    topic = ResourceTopic.objects.create(name="Walking", slug="walking")
    Resource.objects.create(
        title="Pacing", url="https://example.org/", source="Zebra Trust", summary="How to pace a day.", topic=topic
    )
    (hit,) = client.get("/search/?q=zebra").context["hits"]
    assert (hit.title, hit.meta, hit.place, hit.kind.label) == ("Pacing", "Zebra Trust", "Walking", "Resource")
    assert hit.title in client.get(hit.url).text

    Resource.objects.update(is_published=False)
    assert client.get("/search/?q=zebra").context["found"] == 0
    assert suggested(client, "pacing") == []
