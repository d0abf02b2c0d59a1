"""What the tests of the whole share."""

import logging
from io import StringIO

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import transaction

from tests.conftest import private_files


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals are expected here; their log lines would bury the one that matters."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration content, for all tests of one file, in a transaction that is never committed."""
    storage = FileSystemStorage(location=tmp_path_factory.mktemp("private"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        for field in private_files():
            patch.setattr(field, "storage", storage)
        call_command("load_demo", stdout=StringIO())
        yield storage
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, site_settings, monkeypatch):
    """The demonstration as a visitor would find it, with its files where they were written."""
    for field in private_files():
        monkeypatch.setattr(field, "storage", _loaded)
