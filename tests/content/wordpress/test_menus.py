"""Menus: into places of ours that are empty, and never over what staff have made."""

import pytest

from content.models import Menu, MenuItem, Page
from tests.content.wordpress import wxr

pytestmark = pytest.mark.django_db


def site(*items):
    return [
        wxr.menu_term("main-menu", "Main menu"),
        wxr.item(1, "Care", "x", slug="care"),
        wxr.item(2, "Children", "x", slug="children", post_parent=1),
        *items,
    ]


def entry(number, title="", **given):
    return wxr.entry_of_menu(number, "main-menu", title, order=number, **given)


def tree():
    return [
        (item.title, item.page.path if item.page else item.url, item.parent.title if item.parent else "")
        for item in MenuItem.objects.select_related("page", "parent").order_by("order")
    ]


def test_entries_keep_their_order_level_and_target(bring):
    bring(
        site(
            entry(30, "Jobs", url=f"{wxr.SITE}/career-center/jobs/"),
            entry(21, "", target="2", parent="20"),
            entry(20, "Our care", target="1"),
            entry(31, "Elsewhere", url="http://else.example/a"),
            entry(32, "By address", url="/care/"),
        )
    )

    assert Menu.objects.get().name == "main"
    assert sorted(tree()) == [
        ("By address", "/care/", ""),
        ("Children", "/care/children/", "Our care"),
        ("Elsewhere", "https://else.example/a", ""),
        ("Jobs", "/career-center/jobs/", ""),
        ("Our care", "/care/", ""),
    ]


def test_a_menu_with_entries_is_never_touched(bring):
    main = Menu.objects.create(name="main", label="Main")
    MenuItem.objects.create(menu=main, title="News", url="/news/")

    outcome = bring(site(entry(20, "Care", target="1")))

    assert tree() == [("News", "/news/", "")]
    assert outcome.of("kept yours", "menu") == [("“Main menu”", "our menu “Main” has entries and stays as it is")]


def test_an_empty_menu_of_ours_is_filled_when_it_is_named(bring):
    Menu.objects.create(name="footer", label="Footer")

    bring(site(entry(20, "Care", target="1")), "--menu", "main-menu=footer")

    assert MenuItem.objects.get().menu.name == "footer"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/gone/", "#", "", "data:x", "ftp://x.example/", "//[bad"])
def test_entries_that_lead_nowhere_are_left_out_and_told(bring, url):
    outcome = bring(site(entry(20, "Odd", url=url), entry(21, "Care", target="1")))

    assert [item[0] for item in tree()] == ["Care"]
    assert "“Odd”" in outcome.of("left out", "menu")[0][0]


def test_levels_that_our_menus_do_not_have_move_up(bring):
    outcome = bring(
        site(
            entry(20, "A", target="1"),
            entry(21, "B", target="2", parent="20"),
            entry(22, "C", target="1", parent="21"),
            entry(23, "Circle", target="1", parent="23"),
        )
    )

    assert ("C", "/care/", "A") in tree()
    assert ("Circle", "/care/", "") in tree()
    assert outcome.said("our menus have two levels")


def test_the_menu_shows_on_the_site(bring, client):
    bring(site(entry(20, "Our own care", target="1")))

    assert "Our own care" in client.get(Page.objects.get(slug="children").path).content.decode()
