"""Menus are put in order by dragging, by buttons, or by number; what is stored is the number."""

import re

import pytest

from content.models import Menu, MenuItem
from tests.factories import staff_client

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
