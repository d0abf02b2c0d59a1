"""What every test stands on: real PostgreSQL, warnings as errors, nothing left over from another test."""

from functools import cache
from subprocess import Popen

import pgtrigger
import pytest
from django import conf
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache as shared_cache
from django.core.management import call_command
from django.db import connection
from django.db.models import FileField
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.plugin import blocking_manager_key

from aapm_site.core.cache import page_cache, remembered
from aapm_site.core.files import private
from aapm_site.core.http import view_counts
from tests import prepared
from tests.scheduling import JOURNEYS, ByFileAndSite

EARLY = pytest.StashKey[Popen]()
FLUSH = {
    "verbosity": 0,
    "interactive": False,
    "allow_cascade": True,
    "inhibit_post_migrate": True,
    "reset_sequences": False,
}


def pytest_configure():
    # Revisions are written by triggers while rows are brought back; kept ones would meet them.
    conf.settings.TEST_NON_SERIALIZED_APPS = ["aapm_site.core"]


def pytest_sessionstart(session):
    """While the processes of a large run collect their tests, the database that they will copy is made already."""
    if conf.settings.EMBEDDED and session.config.pluginmanager.has_plugin("dsession"):
        session.config.stash[EARLY] = prepared.template_ahead()


def pytest_sessionfinish(session):
    if early := session.config.stash.get(EARLY, None):
        early.wait()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Each process of the suite copies one migrated database."""
    if conf.settings.EMBEDDED:
        conf.settings.DATABASES["default"]["TEST"]["TEMPLATE"] = prepared.template()


@cache
def private_files() -> list[FileField]:
    """The fields whose files lie in the private storage."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return [field for field in fields if getattr(field, "_storage_callable", None) is private.storage]


@pytest.fixture(autouse=True)
def site_settings(settings, tmp_path, monkeypatch):
    """Quick passwords, mail and files in the test's own directory, staff with a second factor, nothing remembered."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "media"},
        },
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    for field in private_files():  # a field asks for its storage once, when its model is loaded
        monkeypatch.setattr(field, "storage", private.storage())
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


def _forget():
    page_cache.pages.clear()
    remembered.memory.clear()


@pytest.fixture(autouse=True)
def _empty_shared_tables(request):
    """The cache and the queue outlive a transaction's rollback in tests that commit."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if commits or "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        shared_cache.clear()
        ProcrastinateJob.objects.all().delete()


def _commits(item):
    """Whether a test really commits, so that the database is emptied after it."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that commits empties every table after it, the rows of data migrations too: have them kept as text."""
    for item in items:
        if _commits(item):
            marker = item.get_closest_marker("django_db")
            given = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**given), append=False)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Bring back what migrations had made if a test has emptied the database: files run in any order."""
    kept = getattr(connection, "_test_serialized_contents", None)
    if kept is None or _commits(item) or item.nodeid.startswith(JOURNEYS):
        # Django itself brings them back for a test that commits; a journey has a database of its own.
        return
    with item.config.stash[blocking_manager_key].unblock():
        if not Group.objects.exists():
            # The kept rows hold those that triggers have made: neither triggers nor counters may make them again.
            call_command("flush", **FLUSH)
            with pgtrigger.ignore():
                connection.creation.deserialize_db_from_string(kept)
            ContentType.objects.clear_cache()  # the deletion gave them new keys


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByFileAndSite(config, log)
