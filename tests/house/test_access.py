"""Every address × every kind of person × GET, HEAD and an empty POST, against one table (access.py)."""

import pytest
from django.urls import reverse

from tests.house import access, observe, walk, world
from tests.house.access import Door

METHODS = ("GET", "HEAD", "POST")
# allauth writes down when somebody last looked at their recovery codes.
NOTED = {"mfa_view_recovery_codes", "mfa_download_recovery_codes"}


def doors(name: str) -> tuple[Door, ...]:
    found = access.SITE[name]
    return found if isinstance(found, tuple) else (found,)


def site_routes() -> list[walk.Route]:
    return [route for route in walk.routes() if not route.is_admin]


def test_the_walk_meets_the_table_both_ways():
    walked = {route.name for route in site_routes()}
    assert walked - set(access.SITE) == set()
    assert set(access.SITE) - walked == set()
    assert len(walked) >= 85


def test_every_argument_has_a_sample(here):
    lacking = [
        (route.name, door.title)
        for route in site_routes()
        for door in doors(route.name)
        if not route.arguments >= set(door.sample(here)) or not route.arguments <= set(door.sample(here))
    ]
    assert lacking == []


def expected(door: Door, method: str, actor: str) -> int | str:
    return (door.post if method == "POST" else door.get)[actor]


@pytest.mark.parametrize("actor", world.ACTORS)
def test_the_site(here, actor):
    wrong, cells = [], 0
    client = here.client(actor)
    for name in access.SITE:
        for door in doors(name):
            address = reverse(name, kwargs=door.sample(here))
            for method in METHODS:
                cells += 1
                with observe.undone():
                    seen = observe.knock(client, method, address)
                if not observe.agrees(seen, expected(door, method, actor)):
                    wrong.append(f"{method} {name} ({door.title}): {seen}, not {expected(door, method, actor)}")
    assert not wrong, "\n".join(wrong)
    assert cells >= 300


def asked_together(here: world.World, actor: str, method: str, wanted) -> list[str]:
    """Every cell of the table with a wanted outcome, asked one after another; what was written, by the table's name."""
    client = here.client(actor)
    before = observe.fingerprint()
    for name in set(access.SITE) - NOTED:
        for door in doors(name):
            if wanted(expected(door, method, actor)):
                observe.knock(client, method, reverse(name, kwargs=door.sample(here)))
    return observe.changed(before, observe.fingerprint())


@pytest.mark.parametrize("actor", [world.VISITOR, world.SEEKER, world.EMPLOYER, world.ADMINISTRATOR])
def test_no_get_writes_anything(here, actor):
    assert asked_together(here, actor, "GET", lambda outcome: True) == []


@pytest.mark.parametrize("actor", [world.VISITOR, world.MEMBER, world.OTHER_EMPLOYER, *world.STAFF])
def test_a_refused_post_changes_nothing(here, actor):
    assert asked_together(here, actor, "POST", lambda outcome: outcome in observe.REFUSED) == []


def test_a_post_that_is_allowed_does_change_something(here):
    assert asked_together(here, world.EMPLOYER, "POST", lambda outcome: outcome not in observe.REFUSED) != []
