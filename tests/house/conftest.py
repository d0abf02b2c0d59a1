"""What the tests of the whole share: what they all look at is made once a file, not once a test."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests.conftest import QUICK_PASSWORDS, ask_for_private_storage, files_below, keep_files
from tests.house import world


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are expected here; their log lines would bury the one that matters."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@contextmanager
def _before_the_first_test(folder: Path) -> Iterator[None]:
    """Settings as each test has them, but for files that stay where all tests of one file find them."""
    usual = {"PASSWORD_HASHERS": QUICK_PASSWORDS, **files_below(folder)}
    with override_settings(**usual), pytest.MonkeyPatch.context() as patch:
        ask_for_private_storage(patch)
        yield


@contextmanager
def _never_committed() -> Iterator[None]:
    """A transaction like the one that Django puts around a test, and marked as it marks that one."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration content, for all tests of one file, in a transaction that is never committed."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), _never_committed():
        with _before_the_first_test(folder):
            call_command("load_demo", stdout=StringIO())
        yield folder


@pytest.fixture
def demo(_loaded, site_settings, settings, monkeypatch):
    """The demonstration as a visitor would find it, with its files where they were written."""
    keep_files(_loaded, settings, monkeypatch)


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, for all tests of one file, in a transaction that is never committed."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), _never_committed():
        with _before_the_first_test(folder):
            made = world.build()
        yield made, folder


@pytest.fixture
def here(_built, site_settings, settings, monkeypatch, db) -> world.World:
    """The world as it was built: what a test changes in its objects and its rows is its own."""
    made, folder = _built
    keep_files(folder, settings, monkeypatch)
    return deepcopy(made)
