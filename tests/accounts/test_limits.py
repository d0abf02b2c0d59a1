"""Limits hold for all workers together, and for the true address of a reader."""

import subprocess
import sys

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.factories import PASSWORD, user

WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "aapm_site.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.ALLOWED_HOSTS = ["testserver"]
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
import django
django.setup()
from django.test import Client
tried = 0
for number in range(8):
    page = Client().post("/accounts/login/", {"login": "amara@example.org", "password": f"wrong {number} phrase"})
    tried += "do not belong together" in page.content.decode()
print(tried)
"""


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_one_limit():
    cache.clear()
    user("amara@example.org")

    workers = [
        subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-W", "ignore", "-c", WORKER, connection.settings_dict["NAME"]],
            cwd=site.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(2)
    ]
    tried = sum(int(worker.communicate(timeout=90)[0]) for worker in workers)

    assert tried == 5


@pytest.mark.django_db
def test_after_five_wrong_passwords_the_right_one_waits_too():
    cache.clear()
    user("amara@example.org")
    form = {"login": "amara@example.org", "password": "not this one"}

    for _ in range(5):
        assert "do not belong together" in Client().post("/accounts/login/", form).content.decode()

    page = Client().post("/accounts/login/", {**form, "password": PASSWORD})
    assert "wait five minutes" in page.content.decode()


@pytest.mark.django_db
def test_a_made_up_forwarded_address_does_not_help(settings):
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    for number in range(30):
        answer = Client().post(
            "/accounts/login/",
            {"login": f"x{number}@example.org", "password": "no"},
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        )

    assert "wait five minutes" in answer.content.decode() or answer.status_code == 429


@pytest.mark.django_db
def test_readers_behind_the_trusted_proxy_are_told_apart(settings):
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    form = {"login": "nobody@example.org", "password": "no"}
    for number in range(12):
        Client().post("/accounts/login/", {**form, "login": f"a{number}@x.org"}, HTTP_X_FORWARDED_FOR="203.0.113.1")

    first = Client().post("/accounts/login/", form, HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.1")
    second = Client().post("/accounts/login/", form, HTTP_X_FORWARDED_FOR="203.0.113.2")

    assert "wait five minutes" in first.content.decode()
    assert "do not belong together" in second.content.decode()


@pytest.mark.django_db
def test_too_many_tries_get_the_sites_own_page():
    cache.clear()
    for number in range(21):
        answer = Client().post("/accounts/password/reset/", {"email": f"x{number}@example.org"})

    assert answer.status_code == 429
    assert "<h1" in answer.content.decode()
    assert '<a class="btn" href="/accounts/password/reset/">Open the page again</a>' in answer.text
