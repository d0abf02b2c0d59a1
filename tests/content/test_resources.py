"""The directory of patient resources: what is shown, what can be asked of it, and what it does with nonsense."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.core.cache import page_cache
from content.domain import resources
from content.models import Link, Resource, ResourceTopic
from tests.content.makers import page
from tests.factories import client_of, staff_client, user

pytestmark = pytest.mark.django_db

PATH = "/patient-resources/"
BIDI = "\u202e"


def resource(title="A place", **fields):
    fields.setdefault("topic", ResourceTopic.objects.get(slug="living-with-pain"))
    number = Resource.objects.count()
    fields = {"url": f"https://r{number}.example/", "source": "Somebody", "summary": f"What {title} offers.", **fields}
    return resources.save_resource(Resource(title=title, **fields))


def titles(response):
    return [found.title for found in response.context["found"]]


def numbers(response):
    return {
        facet.name: {choice.value: choice.number for choice in facet.choices} for facet in response.context["facets"]
    }


@pytest.fixture
def shelf():
    crisis = ResourceTopic.objects.get(slug="in-a-crisis")
    resource("Groups that meet", format="community")
    resource("Grupos de apoyo", language="es", format="community")
    resource("A line to call", topic=crisis, format="helpline")
    resource("For those who care", audience="families", topic=crisis)
    resource("Hidden", is_published=False)


def test_it_shows_what_each_is_and_when_it_was_looked_at(client, shelf):
    text = client.get(PATH).text

    assert "4 resources" in text
    for words in (
        "Grupos de apoyo",
        'lang="es"',
        "Español (Spanish)",
        "Telephone or text line",
        "Families and caregivers",
    ):
        assert words in text
    assert text.count("Last checked") == 4
    assert "Hidden" not in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Groups that meet", "Grupos de apoyo", "A line to call", "For those who care"]),
        ("?topic=in-a-crisis", ["A line to call", "For those who care"]),
        ("?language=es", ["Grupos de apoyo"]),
        ("?language=es&language=en&format=community", ["Groups that meet", "Grupos de apoyo"]),
        ("?audience=families&topic=in-a-crisis", ["For those who care"]),
        ("?audience=families&language=es", []),
        ("?q=groups", ["Groups that meet"]),
        ("?q=groups&format=helpline", []),
        ("?q=%20%20", ["Groups that meet", "Grupos de apoyo", "A line to call", "For those who care"]),
    ],
)
def test_an_address_holds_the_choice(client, shelf, query, expected):
    response = client.get(PATH + query)

    assert titles(response) == expected
    assert response.context["count"] == len(expected)


def test_each_box_says_how_many_it_would_find(client, shelf):
    counted = numbers(client.get(f"{PATH}?topic=in-a-crisis"))

    assert counted == {
        "topic": {"living-with-pain": 2, "in-a-crisis": 2},
        "audience": {"patients": 1, "families": 1},
        "format": {"website": 1, "helpline": 1},
        "language": {"en": 2},
    }


def test_a_chosen_box_stays_though_it_finds_nothing(client, shelf):
    response = client.get(f"{PATH}?language=es&audience=families")

    assert numbers(response)["language"] == {"en": 1, "es": 0}
    assert "Nothing in the directory matches all of this" in response.text
    assert 'value="es" id="language-es" form="resource-search" data-autosubmit checked' in response.text


def test_the_number_at_a_box_is_what_it_finds(client, shelf):
    """Whatever is chosen: choosing one box of an untouched facet finds exactly as many as it says."""
    for start in ("", "&topic=in-a-crisis", "&language=en", "&q=groups"):
        for name, choices in numbers(client.get(f"{PATH}?{start}")).items():
            if f"{name}=" in start:
                continue
            for value, number in choices.items():
                assert client.get(f"{PATH}?{start}&{name}={value}").context["count"] == number


@pytest.mark.parametrize(
    "query",
    [
        "topic=nothing",
        "language=xx",
        "audience=patients%00",
        "format=<script>alert(1)</script>",
        "only=-1",
        "only=99999999999999999999",
        "only=1e3",
        "only=%D9%A1",
        "page=0",
        "page=two",
        f"topic={'x' * 20000}",
        "&".join(f"topic=t{number}" for number in range(900)),
        f"language={quote(BIDI)}es",
        "language=%ff%fe",
    ],
)
def test_what_is_not_a_filter_is_left_out_and_said(client, shelf, query):
    response = client.get(f"{PATH}?{query}")

    assert (response.status_code, response.context["count"]) == (200, 4)
    assert "We left something out." in response.text
    assert "alert(1)" not in response.text


@pytest.mark.parametrize(
    "words",
    [
        "\x00",
        "'; DROP TABLE content_resource; --",
        "a & | ! ( ) : *",
        "\\",
        '"',
        BIDI,
        "x" * 50_000,
        "<img onerror=x>",
        "%s",
    ],
)
def test_no_words_are_an_error(client, shelf, words):
    response = client.get(PATH, {"q": words})

    assert response.status_code == 200
    assert "<img onerror" not in response.text
    assert Resource.objects.count() == 5


def test_other_keys_change_nothing_that_is_cached(client, shelf, settings):
    settings.PAGE_CACHE = True
    client.get(f"{PATH}?utm_source=x")
    client.get(f"{PATH}?fbclid=y")

    assert len(page_cache.pages.entries) == 1


def test_a_change_is_seen_at_once(client, shelf, settings, monkeypatch):
    settings.PAGE_CACHE = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0)
    assert "A line to call" in client.get(PATH).text

    Resource.objects.filter(title="A line to call").update(is_published=False)

    assert "A line to call" not in client.get(PATH).text


@pytest.mark.parametrize("rows", [1, 50])
def test_it_costs_the_same_for_one_and_for_many(client, rows, django_assert_num_queries):
    parent = page("patient-resources", body="<p>An introduction.</p>")
    page("your-visit", parent=parent)
    for number in range(rows):
        resource(f"Place {number}")

    with django_assert_num_queries(5):
        response = client.get(PATH)

    assert len(titles(response)) == min(rows, 20)


def test_long_lists_have_pages(client):
    for number in range(45):
        resource(f"Place {number:02}", language="es" if number % 2 else "en")

    second = client.get(f"{PATH}?page=2")
    last = client.get(f"{PATH}?page=9999")
    spanish = client.get(f"{PATH}?language=es&page=2")

    assert titles(second)[0] == "Place 20"
    assert last.context["page"].number == 3
    assert (titles(spanish), spanish.context["count"]) == (["Place 41", "Place 43"], 22)
    assert "?language=es" in spanish.text


def test_the_page_at_its_address_introduces_it(client, shelf):
    page("patient-resources", title="Help elsewhere", summary="Where to turn.", body="<h2>First</h2><p>Read this.</p>")

    text = client.get(PATH).text

    assert "<h1>Help elsewhere</h1>" in text
    assert "Read this." in text
    assert "<title>Help elsewhere · American Academy of Pain Medicine</title>" in text
    assert "BreadcrumbList" in text
    assert f'<link rel="canonical" href="http://localhost:8000{PATH}">' in text


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": timezone.now() + timedelta(days=2)}])
def test_it_stands_without_a_page(client, shelf, fields):
    page("patient-resources", title="Not yet", **fields)

    text = client.get(PATH).text

    assert "<h1>Patient resources</h1>" in text
    assert "Not yet" not in text


def test_an_introduction_for_members_is_not_shown_to_others(client, shelf):
    page("patient-resources", audience="members", body="<p>Only for members.</p>")

    assert "Only for members." not in client.get(PATH).text
    assert "Only for members." not in client_of(user()).get(PATH).text


def test_a_chosen_list_is_not_for_search_engines(client, shelf):
    assert 'content="noindex' in client.get(f"{PATH}?language=es").text
    assert 'content="noindex' not in client.get(PATH).text


def test_an_empty_directory_says_what_to_do(client):
    assert "The directory is being filled." in client.get(PATH).text


def test_one_of_them_has_an_address_of_its_own(client, shelf):
    made = Resource.objects.get(title="A line to call")

    response = client.get(made.get_absolute_url())

    assert titles(response) == ["A line to call"]
    assert "Clear all" in response.text


def test_a_broken_link_is_marked(client, shelf):
    made = Resource.objects.get(title="A line to call")
    at = timezone.make_aware(timezone.datetime(2026, 11, 20, 12))
    Link.objects.filter(pk=made.link_id).update(failures=3, broken_since=at, checked_at=at)

    text = client.get(PATH).text

    assert text.count("This link did not answer on") == 1
    assert "November 20, 2026" in text


def test_the_newest_look_counts(shelf):
    made = Resource.objects.get(title="A line to call")
    made.last_checked_on = date(2026, 1, 2)
    tried = timezone.make_aware(timezone.datetime(2026, 3, 4, 23, 30))

    made.link.checked_at = tried
    fine = made.checked_on
    made.link.failures = 1
    failing = made.checked_on

    assert (fine, failing) == (date(2026, 3, 4), date(2026, 1, 2))


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', f"{BIDI}evil", "{{ x }}"]
)
def test_hostile_rows_are_only_words(client, hostile):
    ResourceTopic.objects.filter(slug="living-with-pain").update(name=hostile)
    resource(hostile, source=hostile, summary=hostile)

    text = client.get(PATH).text

    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_a_position_shows_the_first_of_a_topic(client, shelf, django_assert_num_queries):
    made = page("help", body="<p>{loadposition resources topic=in-a-crisis limit=1}</p>")
    odd = page("odd", body="<p>{loadposition resources topic=nothing limit=0}</p><p>Text.</p>")

    text = client.get(made.path).text

    assert "A line to call" in text
    assert "For those who care" not in text
    assert f'href="{PATH}?topic=in-a-crisis"' in text
    assert "All of the directory" not in client.get(odd.path).text


@pytest.mark.parametrize(("field", "value"), [("audience", "dogs"), ("format", "smell"), ("language", "xx")])
def test_the_database_refuses_what_does_not_exist(shelf, field, value):
    with pytest.raises(IntegrityError, match=f"content_resource_{field}_known"), transaction.atomic():
        Resource.objects.update(**{field: value})


# --- staff ----------------------------------------------------------------------------------------------------------
FORM = {
    "title": "New",
    "url": "https://new.example/path",
    "source": "Somebody",
    "summary": "What it is.",
    "audience": "patients",
    "format": "website",
    "language": "en",
    "order": "1",
    "is_published": "on",
    "last_checked_on": "2026-11-23",
}


def form(**fields):
    return {**FORM, "topic": ResourceTopic.objects.get(slug="research").pk, **fields}


def test_an_editor_adds_one_and_its_link_is_checked_with_the_others():
    editor = staff_client("Content editor")

    response = editor.post("/admin/content/resource/add/", form())

    assert response.status_code == 302
    made = Resource.objects.get(title="New")
    assert (made.checked_by, made.link.url, made.link.is_external) == (editor.user, FORM["url"], True)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://plain.example/",
        "https://a.example/\r\nX: y",
        "https://a b.example/",
        "x",
        "https:///",
    ],
)
def test_an_address_that_is_none_is_refused_and_the_text_kept(url):
    response = staff_client("Content editor").post("/admin/content/resource/add/", form(url=url))

    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"url"}
    assert 'value="New"' in response.text
    assert not Resource.objects.exists()


def test_the_same_address_stands_once():
    editor = staff_client("Content editor")
    editor.post("/admin/content/resource/add/", form())

    response = editor.post("/admin/content/resource/add/", form(title="Again"))

    assert "There is one with this address already." in response.text
    assert Resource.objects.count() == 1


def test_staff_note_that_they_have_read_some():
    made = resource(last_checked_on=date(2026, 1, 1))
    editor = staff_client("Content editor")

    editor.post("/admin/content/resource/", {"action": "looked_at", "_selected_action": [made.pk]})

    made.refresh_from_db()
    assert (made.last_checked_on, made.checked_by) == (timezone.localdate(), editor.user)
