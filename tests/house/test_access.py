"""Every address × every kind of person × GET, HEAD and an empty POST, against one table (access.py)."""

import pytest
from django.urls import reverse

from tests.house import access, observe, walk, world
from tests.house.access import Door

METHODS = ("GET", "HEAD", "POST")


def doors(name: str) -> tuple[Door, ...]:
    found = access.SITE[name]
    return found if isinstance(found, tuple) else (found,)


def site_routes() -> list[walk.Route]:
    return [route for route in walk.routes() if not route.is_admin]


@pytest.fixture
def here(db) -> world.World:
    return world.build()


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
