"""Every address × every kind of person × every method, against what is written beside each address.

Here those who are not staff; test_access_staff.py has the others, so that two processes share the work.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from aapm_site.core import roles
from tests.house import access, access_admin, matrix, observe, world

# --- the tables and the URLconf -------------------------------------------------------------------------------------


def test_the_walk_meets_the_table_both_ways():
    walked = {route.name for route in matrix.site_routes()}
    assert walked - set(access.SITE) == set()
    assert set(access.SITE) - walked == set()
    assert len(walked) >= 85


def test_every_page_of_the_admin_is_a_models_page_or_written_out():
    names = {route.name for route in matrix.admin_routes() if access_admin.model_page(route) is None}
    assert names - {access_admin.SHORT} == set(access_admin.OTHERS)
    assert {model._meta.label_lower for model in admin.site._registry} == set(access_admin.MODELS)
    assert len(matrix.admin_routes()) >= 180


def test_every_argument_has_a_sample(here):
    lacking = [
        (route.name, door.title)
        for route, door in matrix.everything()
        if route.arguments != set(door.sample(here)) and not access_admin.model_page(route)
    ]
    assert lacking == []


def test_every_door_says_something_of_everybody():
    lacking = [
        route.name for route, door in matrix.everything() if not set(door.get) == set(door.post) == set(world.ACTORS)
    ]
    assert lacking == []


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


# --- the matrix -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [actor for actor in world.ACTORS if actor not in access.ALL_STAFF])
def test_each_cell_has_its_outcome(here, asked, actor):
    wrong = matrix.faults_of(here.client(actor), asked, actor)
    assert not wrong, "\n".join(wrong)
    assert len(asked) >= 2_500


def test_a_post_that_is_allowed_does_change_something(here, asked):
    """The control for the fingerprints."""
    client, before = here.client(world.EMPLOYER), observe.fingerprint()
    for cell in asked:
        if cell.method == "POST" and cell.expected[world.EMPLOYER] not in observe.REFUSED:
            matrix.fault_of(client, cell, world.EMPLOYER)
    assert observe.changed(before, observe.fingerprint()) != []


@pytest.mark.parametrize("actor", [world.VISITOR, world.EMPLOYER, world.ADMINISTRATOR])
def test_no_post_from_another_site_is_taken(here, addresses, actor):
    """Even from somebody who may do it, but for what proves itself."""
    client, before, wrong = here.client(actor), observe.fingerprint(), []
    for name, door, address in addresses:
        with observe.undone(), observe.without_words():
            seen = observe.knock(client, "POST", address, **observe.FROM_ELSEWHERE)
        if not (seen == access.FROM_ELSEWHERE.get(name, 403) or seen == door.post[actor] in observe.REFUSED):
            wrong.append(f"{name} ({door.title}): {seen}")
    assert not wrong, "\n".join(wrong)
    assert observe.changed(before, observe.fingerprint()) == []


@pytest.mark.parametrize("role", [world.ADMINISTRATOR, roles.CONTENT_EDITOR])
def test_a_number_alone_leads_to_the_page_of_the_row(here, role):
    client = here.client(role)
    address = f"/admin/content/page/{here.page.pk}/"
    assert observe.knock(client, "GET", address) == f"→{address}change/"
