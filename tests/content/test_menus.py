"""Menus are put in order by dragging, by buttons, or by number; what is stored is the number."""

import re
from functools import partial

import pytest
from django.utils import timezone

from content.domain import menus, pages
from content.models import Link, Menu, MenuItem, Page
from content.presenters.menus import menu_targets
from tests.factories import staff_client
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return staff_client("Content editor")


@pytest.fixture
def menu():
    made = Menu.objects.create(name="side", label="Side")
    for place, title in enumerate(("One", "Two", "Three"), start=1):
        MenuItem.objects.create(menu=made, title=title, url="/news/", order=place * 10)
    return made


def send(editor, menu, orders):
    rows = list(menu.items.order_by("pk"))
    fields = {"name": menu.name, "label": menu.label, "items-TOTAL_FORMS": len(rows), "items-INITIAL_FORMS": len(rows)}
    for number, (row, order) in enumerate(zip(rows, orders, strict=True)):
        fields |= {
            f"items-{number}-id": row.pk,
            f"items-{number}-menu": menu.pk,
            f"items-{number}-title": row.title,
            f"items-{number}-url": row.url,
            f"items-{number}-order": order,
        }
    return editor.post(f"/admin/content/menu/{menu.pk}/change/", fields)


def test_numbers_put_the_entries_in_order(editor, menu):
    response = send(editor, menu, (30, 20, 10))

    assert response.status_code == 302
    assert list(menu.items.values_list("title", flat=True)) == ["Three", "Two", "One"]


@pytest.mark.parametrize("order", ["", "x", "-1", "9" * 30, "\x00", "1.5"])
def test_a_number_that_is_none_is_told_beside_the_field(editor, menu, order):
    response = send(editor, menu, (order, 20, 30))

    assert response.status_code == 200
    assert "order" in response.context["inline_admin_formsets"][0].formset.errors[0]
    assert list(menu.items.values_list("order", flat=True)) == [10, 20, 30]


def test_the_page_brings_the_module_that_drags(editor, menu):
    shown = editor.get(f"/admin/content/menu/{menu.pk}/change/").text

    assert re.search(r'<script src="[^"]*js/menus\.js" type="module">', shown)
    assert 'id="items-group"' in shown
    assert " on" not in " ".join(re.findall(r"<button[^>]*>", shown)).replace(" one", "")


def test_others_do_not_change_menus(menu):
    assert send(staff_client("Careers staff"), menu, (30, 20, 10)).status_code == 403
    assert list(menu.items.values_list("title", flat=True)) == ["One", "Two", "Three"]


# The tree -----------------------------------------------------------------------------------------------------------
def tree(editor, menu):
    return " ".join(editor.get(f"/admin/content/menu/{menu.pk}/change/").text.split())


def press(editor, menu, move, **more):
    rows = list(menu.items.order_by("pk"))
    fields = {"name": menu.name, "label": menu.label, "items-TOTAL_FORMS": len(rows), "items-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        fields |= {f"items-{number}-{name}": getattr(row, f"{name}_id", getattr(row, name, "")) or ""
                   for name in ("id", "menu", "title", "url", "order", "parent", "page")}  # fmt: skip
    return editor.post(f"/admin/content/menu/{menu.pk}/change/", {**fields, "_move": move, **more})


def titles(menu):
    return list(menu.items.filter(parent=None).values_list("title", flat=True))


def test_a_button_moves_an_entry_without_scripts_and_saves_what_was_typed(editor, menu):
    one, two, three = menu.items.all()
    response = press(editor, menu, f"down {one.pk}", **{"items-2-title": "Third"})

    assert response.url == f"/admin/content/menu/{menu.pk}/change/#entry-{one.pk}"
    assert titles(menu) == ["Two", "One", "Third"]
    assert "Saved. “One” is now at place 2" in tree(editor, menu)
    press(editor, menu, f"up {three.pk}")
    press(editor, menu, f"up {three.pk}")
    press(editor, menu, f"up {three.pk}")
    assert titles(menu) == ["Third", "Two", "One"]
    assert list(menu.items.filter(parent=None).values_list("order", flat=True)) == [10, 20, 30]


@pytest.mark.parametrize("move", ["", "up", "up x", "sideways 1", "down 999999", "up ²"])
def test_a_move_that_is_none_saves_and_moves_nothing(editor, menu, move):
    assert press(editor, menu, move).status_code == 302
    assert titles(menu) == ["One", "Two", "Three"]


def test_an_entry_of_another_menu_does_not_move(editor, menu):
    other = Menu.objects.create(name="other", label="Other")
    first = MenuItem.objects.create(menu=other, title="A", url="/news/", order=1)
    MenuItem.objects.create(menu=other, title="B", url="/news/", order=2)
    press(editor, menu, f"down {first.pk}")
    assert titles(other) == ["A", "B"]


def parents(menu):
    return {title: parent for title, parent in menu.items.values_list("title", "parent__title") if parent}


def test_two_entries_do_not_stand_below_each_other(editor, menu):
    """Both would be gone from every page, since nothing at the top leads to them."""
    one, two, three = menu.items.all()
    response = press(editor, menu, "", **{"items-0-parent": two.pk, "items-1-parent": one.pk})

    assert response.status_code == 200
    assert "A menu has two levels" in response.text
    assert parents(menu) == {}


def test_an_entry_goes_below_no_other_with_what_stands_below_it(editor, menu):
    one, two, three = menu.items.all()
    MenuItem.objects.create(menu=menu, parent=one, title="Below", url="/news/")
    assert press(editor, menu, "", **{"items-0-parent": three.pk}).status_code == 200
    assert parents(menu) == {"Below": "One"}
    # What goes along to the same place, or stays at the top, is taken.
    moved = press(editor, menu, "", **{"items-0-parent": three.pk, "items-3-parent": three.pk})
    assert moved.status_code == 302
    assert parents(menu) == {"One": "Three", "Below": "Three"}


def test_what_is_typed_of_an_entry_is_not_lost_with_the_one_above_it(editor, menu):
    one = menu.items.first()
    MenuItem.objects.create(menu=menu, parent=one, title="Below", url="/news/")
    response = press(editor, menu, "", **{"items-0-DELETE": "on", "items-3-title": "Below, changed"})
    assert response.status_code == 200
    assert "You take out the entry above it." in response.text
    assert menu.items.count() == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_entries_below_each_other_one_is_told():
    menu = Menu.objects.create(name="side", label="Side")
    one, two = (MenuItem.objects.create(menu=menu, title=title, url="/news/") for title in ("One", "Two"))
    first, second = staff_client("Content editor"), staff_client("Content editor")
    at_once(
        partial(press, first, menu, "", **{"items-0-parent": two.pk}),
        partial(press, second, menu, "", **{"items-1-parent": one.pk}),
    )
    assert len(parents(menu)) == 1


def test_what_stands_below_an_entry_moves_among_its_own(menu):
    one, two, three = menu.items.all()
    below = [MenuItem.objects.create(menu=menu, parent=two, title=name, url="/news/", order=5) for name in "ab"]

    assert menus.move_menu_item(below[1], by=-1) == 1
    assert list(two.children.values_list("title", flat=True)) == ["b", "a"]
    assert menus.move_menu_item(two, by=-1) == 1
    assert titles(menu) == ["Two", "One", "Three"]
    assert menus.move_menu_item(two, by=-1) == 1


def test_the_tree_says_where_each_entry_leads_and_what_is_dead(editor, menu, django_assert_num_queries):
    MenuItem.objects.all().delete()
    hidden = pages.save_page(Page(title="Draft", slug="draft"))
    shown = pages.publish_page(pages.save_page(Page(title="Shown", slug="shown", summary="Shown.")), by=None)
    head = MenuItem.objects.create(menu=menu, title="Head", order=1)
    MenuItem.objects.create(menu=menu, title="Lonely", order=2)
    rows = {
        "To a page": {"page": shown},
        "To a draft": {"page": hidden},
        "Gone": {"url": "/nowhere-at-all/"},
        "News": {"url": "/news/"},
        "Away": {"url": "https://www.example.org/dead"},
        "Written": {"url": "/shown/#part"},
    }
    for place, (title, fields) in enumerate(rows.items()):
        MenuItem.objects.create(menu=menu, title=title, parent=head, order=place, **fields)
    now = timezone.now()
    Link.objects.create(url="https://www.example.org/dead", broken_since=now, checked_at=now, failures=3)

    with django_assert_num_queries(3):
        targets = menu_targets(menu.items.select_related("page"), now)
    found = {entry.title: targets[entry.pk] for entry in menu.items.all()}
    assert {title: (target.address, target.problem) for title, target in found.items()} == {
        "Head": ("Heading", ""),
        "Lonely": ("", "Leads nowhere, and nothing stands below it: not shown"),
        "To a page": ("/shown/", ""),
        "To a draft": ("/draft/", "Not shown: its page is “Draft”"),
        "Gone": ("/nowhere-at-all/", "Nothing on this site answers at that address."),
        "News": ("/news/", ""),
        "Away": ("https://www.example.org/dead", "Did not answer when it was tried"),
        "Written": (
            "/shown/#part",
            "That is a page: choose it under “page”, so that the link follows its moves.",
        ),
    }
    assert [title for title, target in found.items() if target.is_below] == list(rows)
    page = tree(editor, menu)
    assert page.count("menu-entry--below") == len(rows)
    for target in found.values():
        assert target.problem in page.replace("&#x27;", "'")


def test_the_list_counts_the_entries(editor, menu):
    page = editor.get("/admin/content/menu/").text
    assert re.search(r'class="field-number_of_entries">3<', page)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_at_once_move_one_after_another():
    made = Menu.objects.create(name="race", label="Race")
    rows = [
        MenuItem.objects.create(menu=made, title=name, url="/news/", order=place) for place, name in enumerate("abc")
    ]

    at_once(partial(menus.move_menu_item, rows[0], by=2), partial(menus.move_menu_item, rows[2], by=-2))

    assert sorted(made.items.values_list("order", flat=True)) == [10, 20, 30]
    assert list(made.items.values_list("title", flat=True)) == ["c", "b", "a"]
