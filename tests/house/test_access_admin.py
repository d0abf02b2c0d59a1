"""The admin: every page × every kind of person × GET and an empty POST, against the rule in access_admin.py."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import reverse

from aapm_site.core import roles
from tests.house import access_admin, observe, walk, world
from tests.house.access_admin import ALLOWED, OTHERS, SHORT

METHODS = ("GET", "POST")


@pytest.fixture
def here(here) -> world.World:
    here.client(world.ADMINISTRATOR)  # gives the person a second factor, so that the model has a row
    return here


def admin_routes() -> list[walk.Route]:
    return [route for route in walk.routes() if route.is_admin]


def row_of(label: str) -> Model:
    found = apps.get_model(label)._default_manager.first()
    assert found is not None, f"The world has no {label}."
    return found


def addresses(here: world.World) -> list[tuple[str, str, object]]:
    """Name, address and expectation (a function of person and method) of every page of the admin."""
    found = []
    for route in admin_routes():
        if known := access_admin.model_page(route):
            label, page = known
            arguments = [row_of(label).pk] if route.arguments else []
            found.append((route.name, reverse(route.name, args=arguments), _by_rule(label, page)))
        elif route.name != SHORT:
            door = OTHERS[route.name]
            found.append((route.name, reverse_or_route(route, door.sample(here)), _written(door)))
    return found


def reverse_or_route(route: walk.Route, arguments: dict) -> str:
    """The last page of the admin answers whatever is left, and has no name to be reversed by."""
    return f"/admin/{arguments['url']}/" if "url" in arguments else reverse(route.name, kwargs=arguments)


def _by_rule(label, page):
    return lambda actor, method: access_admin.by_rule(label, page, actor, method)


def _written(door):
    return lambda actor, method: (door.post if method == "POST" else door.get)[actor]


def agrees(seen: int | str, expected: int | str) -> bool:
    if expected == ALLOWED:
        return seen in {200, 422} or (isinstance(seen, str) and seen.startswith("→"))
    return observe.agrees(seen, expected)


def test_every_page_of_the_admin_is_a_models_page_or_written_out():
    names = {route.name for route in admin_routes() if access_admin.model_page(route) is None}
    assert names - {SHORT} == set(OTHERS)
    assert len(admin_routes()) >= 180


@pytest.mark.django_db
def test_each_role_has_its_rights_and_no_others():
    found = {
        group.name: {
            f"{label}.{code}" for label, code in group.permissions.values_list("content_type__app_label", "codename")
        }
        for group in Group.objects.all()
    }
    for role in roles.ROLES:
        assert found[role] == access_admin.RIGHTS[role], role


def test_what_is_never_allowed_is_about_models_that_staff_see():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert set().union(*access_admin.NEVER.values()) <= registered


@pytest.mark.parametrize("actor", world.ACTORS)
def test_the_admin(here, actor):
    wrong, cells = [], 0
    client = here.client(actor)
    for name, address, expected in addresses(here):
        for method in METHODS:
            cells += 1
            with observe.undone():
                seen = observe.knock(client, method, address)
            if not agrees(seen, expected(actor, method)):
                wrong.append(f"{method} {name}: {seen}, not {expected(actor, method)}")
    assert not wrong, "\n".join(wrong)
    assert cells >= 330


@pytest.mark.parametrize("role", [world.ADMINISTRATOR, roles.CONTENT_EDITOR])
def test_a_number_alone_leads_to_the_page_of_the_row(here, role):
    client = here.client(role)
    address = f"/admin/content/page/{here.page.pk}/"
    assert observe.knock(client, "GET", address) == f"→{address}change/"
