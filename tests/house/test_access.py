"""Every address × every kind of person × GET, HEAD and an empty POST, against one table (access.py)."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests.house import access, observe, walk, world
from tests.house.access import Door

METHODS = ("GET", "HEAD", "POST")
# allauth writes down when somebody last looked at their recovery codes.
NOTED = {"mfa_view_recovery_codes", "mfa_download_recovery_codes"}
# Whose session holds a sign-in that is half done, which a look at other pages ends.
CHANGED_BY_LOOKING = {world.UNVERIFIED}


@dataclass(frozen=True)
class Cell:
    """One question to the site, and what the table says of its answer."""

    name: str
    title: str
    method: str
    address: str
    expected: int | str


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


def cells(here: world.World, actor: str) -> list[Cell]:
    """Every address of the table with each method, and what this person is to get there."""
    return [
        Cell(name, door.title, method, reverse(name, kwargs=door.sample(here)), expected(door, method, actor))
        for name in access.SITE
        for door in doors(name)
        for method in METHODS
    ]


@pytest.mark.parametrize("actor", world.ACTORS)
def test_the_site(here, actor):
    """Each cell has its outcome, and no GET and no refused POST writes anything."""
    client, asked = here.client(actor), cells(here, actor)
    quiet = [cell for cell in asked if may_not_write(cell)] if actor not in CHANGED_BY_LOOKING else []
    wrong, before = [], observe.fingerprint()
    with observe.undone():
        wrong += [fault for cell in quiet if (fault := ask_for(client, cell))]
        wrong += [f"written: {name}" for name in observe.changed(before, observe.fingerprint())]
    for cell in set(asked) - set(quiet):
        with observe.undone():
            wrong += [fault] if (fault := ask_for(client, cell)) else []
    assert not wrong, "\n".join(wrong)
    assert len(asked) >= 300


def may_not_write(cell: Cell) -> bool:
    return cell.name not in NOTED and (cell.method != "POST" or cell.expected in observe.REFUSED)


def ask_for(client: Client, cell: Cell) -> str:
    """What is wrong with the outcome, if anything."""
    seen = observe.knock(client, cell.method, cell.address)
    if observe.agrees(seen, cell.expected):
        return ""
    return f"{cell.method} {cell.name} ({cell.title}): {seen}, not {cell.expected}"


def test_a_post_that_is_allowed_does_change_something(here):
    """The control for the fingerprints."""
    client, before = here.client(world.EMPLOYER), observe.fingerprint()
    for cell in cells(here, world.EMPLOYER):
        if cell.method == "POST" and cell.expected not in observe.REFUSED:
            ask_for(client, cell)
    assert observe.changed(before, observe.fingerprint()) != []
