"""The site map for people, the sitemap for search engines, robots, icons, and the page that is not there."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from aapm_site.core import positions
from content.models import Category, Menu, MenuItem, Page, Term
from tests.content.makers import chicago, news, page

pytestmark = pytest.mark.django_db
STATIC = Path(django_settings.BASE_DIR) / "static"


def branches(nodes):
    return [(node.title, branches(node.below)) for node in nodes]


def test_the_tree_of_pages(client):
    top = page("awareness", order=10)
    middle = page("month", parent=top, status="draft")
    page("deep", parent=middle)
    page("circle", parent=top, order=5)
    page("about", order=20, audience="members")
    news("entry")
    page("answered", kind="answer")

    response = client.get("/site-map/")

    assert branches(response.context["pages"]) == [("Awareness", [("Circle", []), ("Deep", [])]), ("About", [])]
    assert response.text.count("For members") == 1


def test_the_rooms_addresses_come_from_the_menus_once(client):
    top = page("career-center")
    menu = Menu.objects.create(name="main", label="Main")
    entry = MenuItem.objects.create(menu=menu, title="Careers", page=top)
    MenuItem.objects.create(menu=menu, parent=entry, title="Find a job", url="/career-center/jobs/")
    foot = Menu.objects.create(name="footer", label="Foot")
    column = MenuItem.objects.create(menu=foot, title="For seekers", url="")
    MenuItem.objects.create(menu=foot, parent=column, title="All jobs", url="/career-center/jobs/")
    MenuItem.objects.create(menu=foot, parent=column, title="Elsewhere", url="https://example.org/")
    MenuItem.objects.create(menu=foot, parent=column, title="News", url="/news/")

    rest = client.get("/site-map/").context["rest"]

    assert {heading: [item.title for item in items] for heading, items in rest.items()} == {"Careers": ["Find a job"]}


def test_every_link_of_the_site_map_answers(client):
    page("awareness")
    news("entry", chicago(2018, 12, 14, 9, 0)).categories.add(Category.objects.create(name="Advocacy", slug="advocacy"))

    body = client.get("/site-map/").text.split("<main", 1)[1].split("</main>")[0]
    links = set(re.findall(r'href="(/[^"#]*)"', body))

    assert {"/awareness/", "/2018/", "/news/category/advocacy/", "/glossary/", "/news/archive/"} <= links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_site_map_costs_the_same_queries_for_fifty_pages(client, django_assert_num_queries):
    top = page("top")
    with django_assert_num_queries(5):
        client.get("/site-map/")
    for number in range(50):
        page(f"below-{number}", parent=top)
        Category.objects.create(name=f"Shelf {number}", slug=f"shelf-{number}")
        news(f"entry-{number}", chicago(1980 + number, 1, 1, 9, 0))

    with django_assert_num_queries(5):
        client.get("/site-map/")


def locations(client, section):
    return re.findall(r"<loc>http://localhost:8000([^<]+)</loc>", client.get(f"/sitemap-{section}.xml").text)


def test_the_sitemap_lists_what_is_public_and_nothing_else(client):
    Term.objects.create(name="taper", slug="taper", definition="Smaller steps.")
    page("about")
    page("secret", audience="members")
    page("draft", status="draft")
    news("entry", chicago(2018, 12, 14, 9, 0)).categories.add(Category.objects.create(name="Advocacy", slug="advocacy"))
    page("answered", kind="answer")

    assert locations(client, "pages") == ["/", "/about/", "/glossary/", "/ask/", "/site-map/"]
    assert locations(client, "news") == ["/news/", "/news/category/advocacy/", "/news/entry/"]
    assert locations(client, "answers") == ["/answers/", "/answers/answered/"]
    assert "/2018/12/14/" in locations(client, "archives")
    assert "/news/archive/" in locations(client, "archives")


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-pages.xml"])
def test_addresses_for_search_engines_are_the_sites_own_whatever_host_and_port_asked(client, settings, address):
    settings.SITE_ORIGIN = "https://www.example.org"
    page("about")
    text = client.get(address, headers={"host": "testserver:8123"}).text
    found = re.findall(r"<loc>([^<]+)</loc>", text)
    assert found
    assert [one for one in found if not one.startswith("https://www.example.org/")] == []
    assert "8123" not in text


def test_each_section_says_when_it_last_changed(client):
    made = news("entry", chicago(2018, 12, 14, 9, 0))
    Page.objects.filter(pk=made.pk).update(updated_at=chicago(2026, 3, 4, 12, 0))

    index = client.get("/sitemap.xml").text
    dates = dict(re.findall(r"sitemap-(\w+)\.xml</loc><lastmod>([^<]+)</lastmod>", index))

    assert dates["news"] == dates["archives"] == "2026-03-04T12:00:00-06:00"
    assert "pages" not in dates  # nothing in it yet


def test_what_was_written_ahead_of_its_date_changed_on_that_date(client):
    made = news("entry", chicago(2026, 3, 4, 12, 0))
    Page.objects.filter(pk=made.pk).update(updated_at=chicago(2026, 2, 1, 9, 0))

    said = [client.get(f"/sitemap-{name}.xml").text for name in ("news", "archives")]

    assert [text.count("<lastmod>2026-03-04</lastmod>") for text in said] == [2, 2]


@pytest.mark.parametrize(("section", "queries"), [("pages", 2), ("news", 2), ("answers", 1), ("archives", 1)])
def test_a_section_costs_the_same_queries_for_fifty_entries(client, django_assert_num_queries, section, queries):
    def fill(number):
        page(f"page-{number}")
        page(f"answer-{number}", kind="answer")
        news(f"entry-{number}", chicago(2018, 12, 14, 9, 0))

    fill(0)
    with django_assert_num_queries(queries):
        client.get(f"/sitemap-{section}.xml")
    for number in range(1, 50):
        fill(number)

    with django_assert_num_queries(queries):
        client.get(f"/sitemap-{section}.xml")


def test_robots_are_told_where_the_sitemap_is(client, settings):
    text = client.get("/robots.txt").text

    assert text.splitlines()[0] == "User-agent: *"
    assert f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml" in text
    assert {"Disallow: /admin/", "Disallow: /account/", "Disallow: /search/"} <= set(text.splitlines())


def test_icons_and_manifest_are_there():
    manifest = json.loads((STATIC / "site.webmanifest").read_text())

    assert manifest["name"] == "American Academy of Pain Medicine"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in [*(icon["src"] for icon in manifest["icons"]), "img/favicon.ico", "img/favicon.svg"]:
        assert (STATIC / icon).stat().st_size > 100


def test_a_page_that_is_not_there_offers_a_search_and_places_to_begin(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert 'action="/search/"' in response.text
    assert '<a href="/site-map/">' in response.text


def test_near_misses_stand_there_when_some_room_offers_them(client, monkeypatch):
    kept = {name: item for name, item in positions.positions._items.items() if name != "near-misses"}
    monkeypatch.setattr(positions.positions, "_items", kept)
    assert "Did you mean" not in client.get("/no-such-page/").text

    offer = positions.position("near-misses", label="x")(lambda request: f"<p>Did you mean {request.path}x?</p>")
    positions.positions.register(offer)

    assert "<p>Did you mean /no-such-page/x?</p>" in client.get("/no-such-page/").text


def test_the_site_map_changes_with_the_clock(client):
    page("soon", status="scheduled", published_at=timezone.now() + timedelta(hours=1))

    assert branches(client.get("/site-map/").context["pages"]) == []
