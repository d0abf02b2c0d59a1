"""The home page, the menus and the sitemap."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.core.cache import page_cache
from aapm_site.core.menus import menu_entries
from content.forms.menu import MenuItemForm
from content.models import Menu, MenuItem, Page
from tests.content.makers import chicago, news, page

pytestmark = pytest.mark.django_db


def menu(name="main"):
    return Menu.objects.create(name=name, label=name)


def test_home_shows_the_newest_news(client):
    for number in range(1, 5):
        news(f"entry-{number}", chicago(2026, 1, number, 9, 0))
    news("tomorrow", timezone.now() + timedelta(days=1))

    response = client.get("/")

    assert [entry.slug for entry in response.context["news"]] == ["entry-4", "entry-3", "entry-2"]
    assert response.text.count("<h1") == 1


def test_home_costs_the_same_queries_for_one_entry_and_many(client):
    """Two of our own (news, the menus), one for the clock, and one of the banner's position."""
    news("only")
    with CaptureQueriesContext(connection) as few:
        client.get("/")

    for number in range(20):
        news(f"entry-{number}")
        page(f"page-{number}")

    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert [query["sql"].count("content_page") > 0 for query in many].count(True) == 4
    assert len(many) == len(few)


def test_a_menu_follows_its_pages_and_leaves_out_what_is_not_public(rf):
    main, about = menu(), page("about")
    hidden = page("hidden", status="draft")
    top = MenuItem.objects.create(menu=main, title="Top", page=about, order=2)
    MenuItem.objects.create(menu=main, title="Jobs", url="/career-center/jobs/", order=1)
    MenuItem.objects.create(menu=main, parent=top, title="Hidden", page=hidden)
    MenuItem.objects.create(menu=main, parent=top, title="Ask", url="/ask/")
    MenuItem.objects.create(menu=main, title="A heading of nothing", order=3)

    entries = menu_entries("main", rf.get("/ask/"))

    assert [(entry.title, entry.url, entry.current) for entry in entries] == [
        ("Jobs", "/career-center/jobs/", False),
        ("Top", "/about/", True),
    ]
    assert [(child.title, child.current) for child in entries[1].children] == [("Ask", True)]


def test_an_entry_is_current_for_all_below_it(rf):
    MenuItem.objects.create(menu=menu(), title="News", url="/news/")

    assert [menu_entries("main", rf.get(path))[0].current for path in ("/news/x/", "/newsletter/", "/")] == [
        True,
        False,
        False,
    ]


def test_all_menus_are_one_query(rf, django_assert_num_queries):
    for name in ("main", "footer"):
        for number in range(10):
            MenuItem.objects.create(menu=menu(f"{name}-{number}"), title="Ask", url="/ask/")
    request = rf.get("/")

    with django_assert_num_queries(1):
        for name in ("main-1", "footer-2", "none"):
            menu_entries(name, request)


def test_a_menu_that_was_closed_into_a_circle_still_ends(rf):
    main = menu()
    first = MenuItem.objects.create(menu=main, title="First", url="/ask/")
    second = MenuItem.objects.create(menu=main, title="Second", url="/news/", parent=first)
    MenuItem.objects.filter(pk=first.pk).update(parent=second)

    assert menu_entries("main", rf.get("/")) == []


def test_an_entry_leads_to_one_place():
    with pytest.raises(IntegrityError), transaction.atomic():
        MenuItem.objects.create(menu=menu(), title="Both", page=page("about"), url="/about/")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("/ask/", None),
        ("/news/?x=1#y", None),
        ("https://example.org/", None),
        ("/nothing-here/", "Nothing on this site answers at that address."),
        ("/About/", "Nothing on this site answers at that address."),
        ("/about/", "That is a page: choose it under “page”, so that the link follows its moves."),
        ("javascript:alert(1)", "Write an address that begins with / or https://."),
        ("//evil.example/", "Write an address that begins with / or https://."),
    ],
)
def test_an_entry_must_lead_somewhere(url, problem):
    page("about")
    item = MenuItem(menu=menu())

    form = MenuItemForm({"title": "Entry", "url": url, "order": 10}, instance=item)

    assert form.errors.get("url") == (problem and [problem])


def test_the_sitemap_tells_when_things_changed(client):
    made = news("entry", chicago(2018, 12, 14, 9, 0))
    changed = timezone.localdate(made.updated_at).isoformat()

    archives, listed = client.get("/sitemap-archives.xml").text, client.get("/sitemap-news.xml").text

    assert "/2018/12/14/</loc>" in archives
    assert f"<lastmod>{changed}</lastmod>" in listed
    assert "/news/entry/</loc>" in listed


def test_the_clock_and_the_cache_agree(client, settings):
    settings.PAGE_CACHE = True
    page("about", title="About the Academy")
    assert "About the Academy" in client.get("/about/").text

    Page.objects.update(title="Changed")
    page_cache.pages.asked = 0.0
    assert "Changed" in client.get("/about/").text
