"""Every address × every method as one list of requests, which every kind of person asks.

What each is to get stands beside each address, in access.py and access_admin.py.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from tests.house import access, access_admin, observe, walk, world
from tests.house.access import ALLOWED, Cells, Door, Outcome

# allauth writes down when somebody last looked at their recovery codes.
NOTED = {"mfa_view_recovery_codes", "mfa_download_recovery_codes"}
# Whose session holds a sign-in that is half done, which a look at other pages ends.
CHANGED_BY_LOOKING = {world.UNVERIFIED}
READERS = {world.VISITOR, world.MEMBER, world.LAPSED, world.SEEKER, world.EMPLOYER, world.ADMINISTRATOR}
# A HEAD goes the way of a GET and leaves the body out: that no view knows it alone is seen by these.
ASKING_FOR_HEADS = {world.VISITOR, world.MEMBER, world.EMPLOYER, world.ADMINISTRATOR}


@dataclass(frozen=True)
class Cell:
    """One question to the site, and what the table says of each person's answer."""

    name: str
    title: str
    method: str
    address: str
    expected: Cells

    def is_built_for(self, actor: str) -> bool:
        """Whether the page is built from its template, too: who may have it has been decided by then.

        The admin's pages differ by the rights of each role. The site's have one reader of each sort.
        """
        is_read = self.method == "GET" and self.expected[actor] not in observe.REFUSED
        return is_read and (self.name.startswith("admin:") or actor in READERS)

    def is_asked_by(self, actor: str) -> bool:
        return self.method != "HEAD" or actor in ASKING_FOR_HEADS

    def may_not_write(self, actor: str) -> bool:
        refused = self.method != "POST" or self.expected[actor] in observe.REFUSED
        return refused and self.name not in NOTED and actor not in CHANGED_BY_LOOKING


def doors(name: str) -> tuple[Door, ...]:
    found = access.SITE[name]
    return found if isinstance(found, tuple) else (found,)


def site_routes() -> list[walk.Route]:
    return [route for route in walk.routes() if not route.is_admin]


def admin_routes() -> list[walk.Route]:
    return [route for route in walk.routes() if route.is_admin]


def admin_door(route: walk.Route) -> Door:
    known = access_admin.model_page(route)
    return access_admin.model_door(*known) if known else access_admin.OTHERS[route.name]


def everything() -> Iterator[tuple[walk.Route, Door]]:
    """Every pattern of the URLconf with its doors."""
    for route in site_routes():
        yield from ((route, door) for door in doors(route.name))
    for route in admin_routes():
        if route.name != access_admin.SHORT:
            yield route, admin_door(route)


def address_of(route: walk.Route, arguments: dict) -> str:
    """The last page of the admin answers whatever is left, and has no name to be reversed by."""
    if "url" in arguments:
        return f"/admin/{arguments['url']}/"
    if route.is_admin and access_admin.model_page(route):
        return reverse(route.name, args=list(arguments.values()))
    return reverse(route.name, kwargs=arguments)


def addresses_in(here: world.World) -> list[tuple[str, Door, str]]:
    """Every door with its name and its address in this world."""
    return [(route.name, door, address_of(route, door.sample(here))) for route, door in everything()]


def cells_of(addresses: list[tuple[str, Door, str]]) -> list[Cell]:
    """Every request that everybody makes."""
    return [
        Cell(name, door.title, method, address, expected)
        for name, door, address in addresses
        for method, expected in (("GET", door.get), ("HEAD", door.get), ("POST", door.post), *_other_methods(name))
    ]


def _other_methods(name: str) -> list[tuple[str, Cells]]:
    outcomes = access.OTHER_METHODS | ({"DELETE": access.DELETES[name]} if name in access.DELETES else {})
    return [(method, access.everyone(outcome)) for method, outcome in outcomes.items()]


def faults_of(client: Client, asked: list[Cell], actor: str) -> list[str]:
    """Cells with another outcome than is written, and what was written by a look or a refused POST."""
    asked = [cell for cell in asked if cell.is_asked_by(actor)]
    quiet = [cell for cell in asked if cell.may_not_write(actor)]
    before = observe.fingerprint()
    with observe.undone():
        wrong = [fault for cell in quiet if (fault := fault_of(client, cell, actor))]
        wrong += [f"written: {name}" for name in observe.changed(before, observe.fingerprint())]
    for cell in asked:
        if not cell.may_not_write(actor):
            with observe.undone():
                wrong += [fault] if (fault := fault_of(client, cell, actor)) else []
    return wrong


def fault_of(client: Client, cell: Cell, actor: str) -> str:
    """What is wrong with the outcome, if anything."""
    with nullcontext() if cell.is_built_for(actor) else observe.without_words():
        seen = observe.knock(client, cell.method, cell.address)
    expected = cell.expected[actor]
    return "" if agrees(seen, expected) else f"{cell.method} {cell.name} ({cell.title}): {seen}, not {expected}"


def agrees(seen: Outcome, expected: Outcome) -> bool:
    if expected == ALLOWED:
        return seen in {200, 422} or (isinstance(seen, str) and seen.startswith("→"))
    return observe.agrees(seen, expected)
