"""Somebody looks for a way to die, or for what to do now: help comes before anything that is found."""

import json
import re

import pytest
from django.db import OperationalError, connection

from aapm_site.core.cache import page_cache
from aapm_site.core.http import view_counts
from aapm_site.core.models import Count
from aapm_site.core.search import spelling
from content.models import Urgency
from content.queries.urgency import urgent_kinds
from tests.content.makers import page

pytestmark = pytest.mark.django_db

PEOPLE = {"HTTP_USER_AGENT": "Mozilla/5.0"}
SUICIDE, OVERDOSE = "Thoughts of suicide or self-harm", "Overdose or poisoning"
URGENT = [
    "I want to die",
    "i WANNA DIE!!!",
    "i just wanna really die",
    "I want so badly to die",
    "gonna hurt myself",
    "kill myself",
    "Kill… MYSELF",
    "I don\u2019t want to live like this",
    "suicidal",
    "suicide",
    "sui\u200bcide",
    "suicide-prevention",
    "quiero morir",
]
ORDINARY = [
    "nerve block",
    "diet and pain",
    "die",
    "wanna walk again",
    "i want to diet",
    "killing pain",
    "a chest of drawers",
    "pain skills myself",
    "dose",
]


def kinds_in(text):
    """The kinds of the panel, in order."""
    return re.findall(r'class="urgent-kind" data-help="([^"]+)"', text)


def panel(text):
    """Where the panel begins; -1 without one."""
    return text.find('class="note note--bad urgent')


@pytest.mark.parametrize("typed", URGENT)
def test_help_stands_before_everything_that_the_search_shows(client, typed):
    text = client.get("/search/", {"q": typed}).text

    assert kinds_in(text) == [SUICIDE]
    assert text.count('role="alert"') == 1
    assert text.index("<h1>") < panel(text) < text.index('href="tel:988"') < text.index('<form class="search')
    assert "<h2>You do not have to carry this alone</h2>" in text[panel(text) :]


@pytest.mark.parametrize(
    ("typed", "kind", "number"),
    [
        ("OVERDOSE", OVERDOSE, 'href="tel:18002221222"'),
        ("he took just too many", OVERDOSE, 'href="tel:911"'),
        ("Chest-pain", "Chest pain, stroke or trouble breathing", 'href="tel:911"'),
    ],
)
def test_each_kind_brings_its_own_numbers(client, typed, kind, number):
    text = client.get("/search/", {"q": typed}).text

    assert kinds_in(text) == [kind]
    assert panel(text) < text.index(number) < text.index('<form class="search')


@pytest.mark.parametrize("typed", ORDINARY)
@pytest.mark.parametrize("address", ["/search/", "/answers/"])
def test_ordinary_words_bring_none(client, typed, address):
    assert panel(client.get(address, {"q": typed}).text) == -1


def test_several_kinds_stand_in_the_editors_order(client):
    Urgency.objects.filter(name=OVERDOSE).update(order=1)

    text = client.get("/search/?q=suicide+by+overdose").text

    assert kinds_in(text) == [OVERDOSE, SUICIDE]


def test_such_words_are_never_corrected_nor_answered_with_guesses(client):
    page("did", title="What we want to did")
    spelling.gather()
    assert spelling.correct("want to die")[0] == "want to did"

    response = client.get("/search/?q=want+to+die")

    assert response.context["found"] == 0
    assert "did" not in re.findall(r"\w+", response.text.partition("<main")[2].partition("</main")[0])
    assert "You are not alone with this." in response.text
    for guess in ("corrected", "near", "narrower", "tries"):
        assert not response.context.get(guess)


def test_what_is_found_follows_the_help(client):
    for number in range(21):
        page(f"page-{number}", title="Suicide prevention in chronic pain")

    first, second, only = (
        client.get(f"/search/?q=suicide+prevention+in+chronic+pain{more}") for more in ("", "&page=2", "&kind=page")
    )

    assert [hit.title for hit in first.context["hits"]] == ["Suicide prevention in chronic pain"] * 20
    assert len(second.context["hits"]) == 1
    assert ">21 results in Pages</span></h2>" in only.text
    for response in (first, second, only):
        assert kinds_in(response.text) == [SUICIDE]
        assert panel(response.text) < response.text.index('<ol class="results"')


def test_words_too_many_to_be_looked_for_are_heard_all_the_same(client):
    response = client.get("/search/", {"q": "My back has hurt for years, " * 30 + "and I want to die"})

    assert "Please use at most 200 characters" in response.text
    assert panel(response.text) < response.text.index("Please use at most 200 characters")
    assert "Try one of these" not in response.text


def test_nothing_of_such_words_is_counted(client):
    page("die", title="Die a little")
    client.get("/search/?q=I+want+to+die+a+little", **PEOPLE)
    client.get("/search/?q=I+want+to+die+tonight", **PEOPLE)
    client.get("/search/?q=nerve", **PEOPLE)

    view_counts.flush()

    assert set(Count.objects.values_list("kind", "key")) == {("search", "nerve"), ("search-nothing", "nerve")}


def test_the_suggestions_carry_the_help_and_then_the_titles(client):
    page("prevention", title="Suicide prevention")
    help_text = Urgency.objects.get(name=SUICIDE).help

    found = json.loads(client.get("/search/suggest/?q=SUICIDE").content)

    assert found == {
        "urgent": [{"name": SUICIDE, "help": help_text}],
        "suggestions": [{"title": "Suicide prevention", "url": "/prevention/", "kind": "Page"}],
    }
    assert json.loads(client.get("/search/suggest/?q=nerve").content) == {"urgent": [], "suggestions": []}


def test_help_stands_before_the_answers(client):
    page("prevention", kind="answer", title="Is there help against suicidal thoughts?")

    text = client.get("/answers/?q=suicidal").text

    assert kinds_in(text) == [SUICIDE]
    assert text.index("<h1>") < panel(text) < text.index('class="lede"')
    assert panel(text) < text.index("Is there help against suicidal thoughts?")
    assert panel(client.get("/answers/").text) == -1


@pytest.mark.parametrize("address", ["/i-want-to-die/", "/how_to_KILL_myself.html", "/2018/12/suicide/"])
def test_an_address_that_leads_nowhere_is_heard_too(client, address):
    page("live", title="I want to did")

    response = client.get(address)

    assert (response.status_code, kinds_in(response.text)) == (404, [SUICIDE])
    assert response.text.index("<h1>") < panel(response.text) < response.text.index("It may have moved")
    assert "Were you looking for one of these?" not in response.text


def test_other_addresses_that_lead_nowhere_say_what_they_said(client):
    page("unity-circle", title="The Unity Circle")

    response = client.get("/unity-cirle/")

    assert (response.status_code, panel(response.text)) == (404, -1)
    assert "Were you looking for one of these?" in response.text


def test_an_address_says_not_found_when_the_wording_cannot_be_read(client):
    def refused(execute, sql, parameters, many, context):
        if "content_urgency" in sql:
            raise OperationalError("away")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(refused):
        response = client.get("/i-want-to-die/")

    assert (response.status_code, panel(response.text)) == (404, -1)


def test_wording_that_is_off_is_not_heard(client):
    Urgency.objects.filter(name=SUICIDE).update(is_on=False)

    assert panel(client.get("/search/?q=suicide").text) == -1
    assert panel(client.get("/i-want-to-die/").text) == -1


@pytest.mark.django_db(transaction=True)
def test_the_wording_is_read_once_and_a_change_shows_at_once(client, settings, monkeypatch, django_assert_num_queries):
    settings.REMEMBERED_READS = settings.PAGE_CACHE = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0.0)
    Urgency.objects.create(name="Test", phrases="pager goes off", help="<p>Call us</p>")
    page("block", title="Nerve block")

    def hears():
        return [one["name"] for one in client.get("/search/suggest/?q=pager+goes+off").json()["urgent"]]

    assert hears() == ["Test"]
    with django_assert_num_queries(1):  # the revision: the answer is kept
        assert hears() == ["Test"]
    monkeypatch.setattr(page_cache, "ASK_EVERY", float("inf"))
    with django_assert_num_queries(0):
        assert "Test" in [kind.name for kind in urgent_kinds()]
    client.get("/search/?q=nerve")
    with django_assert_num_queries(2):  # it finds, then shows: neither menus nor wording are asked for again
        assert len(client.get("/search/?q=nerve").context["hits"]) == 1
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0.0)
    Urgency.objects.update(phrases="something else")
    assert hears() == []
