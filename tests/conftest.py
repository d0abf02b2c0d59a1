"""What every test stands on: real PostgreSQL, warnings as errors, nothing left over from another test."""

import gc
from functools import cache
from math import inf
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django import conf
from django.apps import apps
from django.db.models import FileField
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from aapm_site.core.association import last_name
from aapm_site.core.cache import page_cache, remembered
from aapm_site.core.files import private
from aapm_site.core.http import view_counts
from aapm_site.core.models import Association
from membership.journal.domain import usage
from tests import prepared
from tests.restoring import AsMigrated
from tests.scheduling import ByFileAndSite

GAZETTEER = Path(__file__).parent / "gazetteer"  # a hundred towns; the whole one takes seconds to load
QUICK_PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EARLY = pytest.StashKey[Popen]()

# The same examples in each run, and no clock: a slow machine is no fault. `--hypothesis-profile=default` tries others.
# A fixture of the test serves all its examples: those that write begin by themselves.
CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis_settings.register_profile("suite", hypothesis_settings.get_profile("ci"), suppress_health_check=CALM)
hypothesis_settings.load_profile("suite")


def pytest_sessionstart(session):
    """While the processes of a large run collect their tests, the database that they will copy is made already."""
    conf.settings.GAZETTEER = GAZETTEER
    _forget()  # fixtures of a whole file come before the first test
    if conf.settings.EMBEDDED and session.config.pluginmanager.has_plugin("dsession"):
        session.config.stash[EARLY] = prepared.template_ahead()


def pytest_collection_finish():
    """What the imports left stays to the end: to look through it for garbage again and again took 7 % of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_sessionfinish(session):
    if early := session.config.stash.get(EARLY, None):
        early.wait()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Each process of the suite copies one migrated database."""
    if conf.settings.EMBEDDED:
        conf.settings.DATABASES["default"]["TEST"]["TEMPLATE"] = prepared.template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test that commits is followed by the rows that migrations had made: files run in any order."""
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            begun = AsMigrated()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: begun.bring_back())
        yield begun


@cache
def private_files() -> list[FileField]:
    """The fields whose files lie in the private storage."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return [field for field in fields if getattr(field, "_storage_callable", None) is private.storage]


def files_below(folder: Path) -> dict[str, Any]:
    """Settings by which uploads, public and private, lie below a folder."""
    kept = {
        name: {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / place}}
        for name, place in (("default", "media"), ("private", "private"))
    }
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return {"MEDIA_ROOT": folder / "media", "STORAGES": {**kept, "staticfiles": static}}


def ask_for_private_storage(monkeypatch):
    """Each field anew: it asks only once by itself, when its model is loaded."""
    for field in private_files():
        monkeypatch.setattr(field, "storage", private.storage())


def keep_files(folder, settings, monkeypatch):
    """Write and read uploads below a folder."""
    for name, value in files_below(folder).items():
        setattr(settings, name, value)
    ask_for_private_storage(monkeypatch)


@pytest.fixture(autouse=True)
def site_settings(settings, tmp_path, monkeypatch):
    """Quick passwords, mail and files in the test's own directory, staff with a second factor, nothing remembered."""
    settings.PASSWORD_HASHERS = QUICK_PASSWORDS
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    keep_files(tmp_path, settings, monkeypatch)
    settings.STATIC_ROOT = tmp_path / "static"  # empty, but there: static files are not what tests are about
    settings.STATIC_ROOT.mkdir()
    settings.STAFF_MFA_REQUIRED = True
    settings.PAGE_CACHE = False
    settings.REMEMBERED_READS = False
    settings.CHECK_REMEMBERED = True  # of every read that any test asks
    _forget()
    # Tests flush by themselves; the timer's own thread would commit into the test database.
    monkeypatch.setattr(view_counts, "SECONDS", 3_600)
    view_counts._pending.clear()
    yield
    _forget()
    usage._pending.clear()


@pytest.fixture
def kept_pages(settings, monkeypatch):
    """Pages are kept, and the revision is asked for once a minute: a slow machine asks no more often in between."""
    settings.PAGE_CACHE = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 60.0)


def _forget():
    page_cache.pages.clear()
    remembered.memory.clear()
    # Its question would stand in the counts of every test, or of whichever came first; `last_name.forget()` asks anew.
    last_name.keep(Association().name, inf)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByFileAndSite(config, log)
