"""What the tests of the whole share: what they all look at is made once a file, not once a test."""

import logging
from copy import deepcopy
from io import StringIO

import pytest
import stripe
from django.core.management import call_command

from tests.conftest import keep_files
from tests.house import matrix, world
from tests.house.access import Door
from tests.once import once_a_file


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are expected here; their log lines would bury the one that matters."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _load_demo() -> None:
    call_command("load_demo", stdout=StringIO())


_loaded = once_a_file(_load_demo)
_built = once_a_file(world.build)


@pytest.fixture
def demo(_loaded, site_settings, settings, monkeypatch):
    """The demonstration as a visitor would find it, with its files where they were written."""
    keep_files(_loaded.folder, settings, monkeypatch)


@pytest.fixture
def here(_built, site_settings, settings, monkeypatch, db) -> world.World:
    """The world as it was built: what a test changes in its objects and its rows is its own.

    Nobody stands in for the card provider here, and its library would wait a while before it asks again.
    """
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    keep_files(_built.folder, settings, monkeypatch)
    return deepcopy(_built.value)


@pytest.fixture(scope="module")
def addresses(_built, django_db_blocker) -> list[tuple[str, Door, str]]:
    """Every door of the site in this world: its name, who gets what there, and its address."""
    with django_db_blocker.unblock():
        return matrix.addresses_in(_built[0])


@pytest.fixture(scope="module")
def asked(addresses) -> list[matrix.Cell]:
    """Every request that every kind of person makes."""
    return matrix.cells_of(addresses)
