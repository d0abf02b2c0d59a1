"""The settings as a machine would have them: each environment gives what is promised, or stops with one sentence."""

import base64
import os
import re
import runpy
import subprocess
import sys

import pytest

from aapm_site.core.runtime import env, signing_keys
from tests.house.source import ROOT, modules

SETTINGS = ROOT / "aapm_site" / "settings.py"
READ = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', SETTINGS.read_text()))
PRODUCTION = {
    "DATABASE_URL": "postgresql://site:p%40ss@database.example:6432/site?sslmode=verify-full",
    "SECRET_KEY": "k" * 50,
    "FACTOR_KEYS": "f" * 32,
    "SITE_ORIGIN": "https://www.example.org",
}
YES_OR_NO = "1, true, yes or on; or 0, false, no or off"
A_DATABASE = "an address like postgresql://user:secret@host/name"
AN_ORIGIN = "https:// and a host, without a path (http:// only with localhost)"
A_MAILBOX = "an e-mail address, for example Academy <office@example.org>"
A_PLAIN_ADDRESS = "a plain e-mail address without a plus sign, for example bounces@example.org"
A_PROXY = "127.0.0.1, ::1 or localhost, unless TRUSTED_PROXY_COUNT says that a proxy stands in front"
KEYS_OF_FACTORS = "a key of 32 or more random characters; while it is changed, the new one first"
OPENID = signing_keys.ALLOWED
AN_ENDPOINT = "an address like https://objects.example.org (http:// only with localhost)"
A_BUCKET = "a bucket's name: 3 to 63 small letters, digits, hyphens and dots"
NOT_ALLOWED = [
    ("DATABASE_URL", "mysql://site@host/site", A_DATABASE),
    ("DATABASE_URL", "postgresql://site@host", A_DATABASE),
    ("DATABASE_URL", "postgresql://site@host:port/site", A_DATABASE),
    ("SECRET_KEY", "", "50 or more random characters"),
    ("SECRET_KEY", "k" * 49, "50 or more random characters"),
    ("FACTOR_KEYS", "", KEYS_OF_FACTORS),
    ("FACTOR_KEYS", f"{'f' * 32}, {'g' * 31}", KEYS_OF_FACTORS),
    ("OPENID_KEYS", "a key", OPENID),
    ("OPENID_KEYS", base64.b64encode(b"-----BEGIN PRIVATE KEY-----").decode(), OPENID),
    ("SITE_ORIGIN", "", AN_ORIGIN),
    ("SITE_ORIGIN", "http://www.example.org", AN_ORIGIN),
    ("SITE_ORIGIN", "https://www.example.org/site", AN_ORIGIN),
    ("SITE_ORIGIN", "www.example.org", "an address like https://www.example.org"),
    ("ALLOWED_HOSTS", "*", "the hosts of the site by name, separated by commas, not *"),
    ("DEBUG", "on", "off when DATABASE_URL is set"),
    ("DEBUG", "maybe", YES_OR_NO),
    ("STAFF_MFA_REQUIRED", "off", "on when DATABASE_URL is set"),
    ("STAFF_MFA_REQUIRED", "maybe", YES_OR_NO),
    ("PAGE_CACHE", "maybe", YES_OR_NO),
    ("REMEMBERED_READS", "maybe", YES_OR_NO),
    ("PREPARED_STATEMENTS", "maybe", YES_OR_NO),
    ("LINK_CHECKS", "maybe", YES_OR_NO),
    ("PORT", "70000", "a whole number from 1 to 65535"),
    ("WEB_WORKERS", "0", "a whole number from 1 to 64"),
    ("WEB_THREADS", "four", "a whole number from 1 to 64"),
    ("WORKER_CONCURRENCY", "-1", "a whole number from 1 to 50"),
    ("DB_POOL", "1.5", "a whole number from 0 to 100"),
    ("TRUSTED_PROXY_COUNT", "6", "a whole number from 0 to 5"),
    ("BIND", "0.0.0.0", A_PROXY),
    ("BIND", "::", A_PROXY),
    ("BIND", "192.0.2.7", A_PROXY),
    ("REDIS_URL", "host:6379", "an address like redis://host:6379/0"),
    ("EMAIL_PORT", "smtp", "a whole number from 1 to 65535"),
    ("EMAIL_SECURITY", "ssl", "one of starttls, tls, none"),
    ("DEFAULT_FROM_EMAIL", "noreply", A_MAILBOX),
    ("BOUNCE_ADDRESS", "Reports <bounces@example.org>", A_PLAIN_ADDRESS),
    ("BOUNCE_ADDRESS", "bounces+all@example.org", A_PLAIN_ADDRESS),
    ("BOUNCE_ADDRESS", "bounces", A_PLAIN_ADDRESS),
    ("BOUNCE_IMAP_PORT", "imaps", "a whole number from 1 to 65535"),
    ("STAFF_EMAIL", "Staff <staff@>", A_MAILBOX),
    ("JOB_REPORTS_TO_HIDE", "1", "a whole number from 2 to 50"),
    ("RECOVERY_HOURS", "1", "a whole number from 24 to 720"),
    ("STRIPE_SECRET_KEY", "pk_live_published", "a key that begins with sk_ or rk_, beside STRIPE_WEBHOOK_SECRET"),
    ("STRIPE_WEBHOOK_SECRET", "sk_live_mixed_up", "a secret that begins with whsec_, beside STRIPE_SECRET_KEY"),
    ("STRIPE_API_BASE", "http://api.stripe.com", "an address like https://api.stripe.com"),
    ("S3_BUCKET", "s3://files", A_BUCKET),
    ("S3_BUCKET", "Files", A_BUCKET),
    ("S3_ENDPOINT", "objects.example.org", "an address like https://objects.example.org"),
    (
        "S3_ENDPOINT",
        "http://objects.example.org",
        "an address like https://objects.example.org (http:// only with localhost)",
    ),
    ("TIME_ZONE", "America/Nowhere", "a zone of the tz database, for example America/Chicago"),
    ("LOG_LEVEL", "LOUD", "one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
]
ANYTHING = {"BOUNCE_IMAP_HOST", "BOUNCE_IMAP_USER", "BOUNCE_IMAP_PASSWORD"} | {
    "EMAIL_HOST",
    "EMAIL_HOST_USER",
    "EMAIL_HOST_PASSWORD",
    "S3_REGION",
    "STATIC_ROOT",
    "VAR_DIR",
}
# Each of these needs the other, which the tests of a bucket below prove.
IN_PAIRS = {"S3_ACCESS_KEY", "S3_SECRET_KEY"}


@pytest.fixture
def read(monkeypatch):
    """Read settings.py anew in an environment that holds these variables and no other of the site's."""
    here = os.environ.get("VAR_DIR")

    def settings(**variables: str) -> dict:
        for name in READ - {"VAR_DIR"}:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    yield settings
    assert os.environ.get("VAR_DIR") == here


def test_production_is_safe_without_further_settings(read):
    settings = read(**PRODUCTION)

    assert settings["DEBUG"] is False
    assert settings["DEMO"] is False
    assert settings["STAFF_MFA_REQUIRED"] is True
    assert settings["ALLOWED_HOSTS"] == ["www.example.org"]
    assert settings["SECRET_KEY"] == "k" * 50
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert (settings["SESSION_COOKIE_NAME"], settings["SESSION_COOKIE_SECURE"]) == ("__Host-session", True)
    assert (settings["CSRF_COOKIE_NAME"], settings["CSRF_COOKIE_SECURE"]) == ("__Host-csrf", True)
    assert settings["DEVICE_COOKIE_NAME"] == "__Host-device"
    assert settings["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


@pytest.mark.parametrize(
    ("more", "bind"),
    [
        ({}, "127.0.0.1"),
        ({"BIND": "::1"}, "::1"),
        ({"BIND": "localhost"}, "localhost"),
        ({"BIND": "0.0.0.0", "TRUSTED_PROXY_COUNT": "1"}, "0.0.0.0"),  # noqa: S104 - as in a container
    ],
)
def test_other_machines_reach_production_through_a_proxy(read, more, bind):
    assert read(**PRODUCTION, **more)["BIND"] == bind


def test_the_parts_of_the_database_address(read):
    entry = read(**PRODUCTION)["DATABASES"]["default"]

    assert [entry[part] for part in ("HOST", "PORT", "NAME", "USER", "PASSWORD")] == [
        "database.example",
        "6432",
        "site",
        "site",
        "p@ss",
    ]
    assert entry["OPTIONS"]["sslmode"] == "verify-full"


def test_without_a_database_address_it_is_the_demonstration(read):
    settings = read()

    assert settings["DEMO"] is True
    assert settings["DEBUG"] is False
    assert settings["STAFF_MFA_REQUIRED"] is False
    assert settings["DATABASES"]["default"]["NAME"] == "aapm"
    assert settings["SITE_ORIGIN"] == "http://localhost:8000"
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["SECRET_KEY"] == (settings["VAR_DIR"] / "secret_key").read_text()
    assert len(settings["SECRET_KEY"]) >= 50
    assert settings["FACTOR_KEYS"] == [(settings["VAR_DIR"] / "factor_key").read_text()]
    assert settings["OPENID_KEYS"] == [(settings["VAR_DIR"] / "openid_key.pem").read_text()]


def test_keys_that_sign_are_taken_in_their_order_and_in_production_there_are_none_by_themselves(read):
    first, second = (signing_keys.new_key() for _ in range(2))
    words = ", ".join(base64.b64encode(key).decode() for key in (first, second, first))
    assert read(**PRODUCTION, OPENID_KEYS=words)["OPENID_KEYS"] == [first.decode(), second.decode()]
    assert read(**PRODUCTION)["OPENID_KEYS"] == []


KEYS = {"STRIPE_SECRET_KEY": "rk_live_k", "STRIPE_WEBHOOK_SECRET": "whsec_w"}
CARD = [
    "CARD_PAYMENTS",
    "CARD_STANDIN",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_API_BASE",
    "STRIPE_CHECKOUT_ORIGIN",
]


def test_without_keys_production_takes_no_cards(read):
    settings = read(**PRODUCTION)

    assert [settings[name] for name in CARD] == [False, False, "", "", "https://api.stripe.com", ""]


@pytest.mark.parametrize("environment", [{}, PRODUCTION])
def test_with_both_keys_cards_are_taken_by_the_provider(read, environment):
    settings = read(**environment | KEYS)

    assert [settings[name] for name in CARD] == [
        True,
        False,
        "rk_live_k",
        "whsec_w",
        "https://api.stripe.com",
        "https://checkout.stripe.com",
    ]


def test_the_demonstration_has_a_stand_in_for_the_provider(read):
    settings = read(PORT="8123")

    assert [settings[name] for name in CARD] == [
        True,
        True,
        "sk_test_standin",
        "whsec_" + (settings["VAR_DIR"] / "card_secret").read_text(),
        "http://localhost:8123/demo-card",
        "",
    ]


@pytest.mark.parametrize("environment", [{}, PRODUCTION])
@pytest.mark.parametrize(
    ("alone", "said"),
    [
        (
            "STRIPE_SECRET_KEY",
            "STRIPE_WEBHOOK_SECRET is missing; allowed is a secret that begins with whsec_, beside STRIPE_SECRET_KEY.",
        ),
        (
            "STRIPE_WEBHOOK_SECRET",
            "STRIPE_SECRET_KEY is missing; allowed is a key that begins with sk_ or rk_, beside STRIPE_WEBHOOK_SECRET.",
        ),
    ],
)
def test_one_key_of_two_stops_the_start(read, environment, alone, said):
    with pytest.raises(env.WrongSetting) as stopped:
        read(**environment | {alone: KEYS[alone]})

    assert str(stopped.value) == said


BUCKET = {"S3_BUCKET": "aapm-files", "S3_ACCESS_KEY": "hidden", "S3_SECRET_KEY": "hidden"}
STORES = {"default": "media", "private": "private"}


def test_without_a_bucket_files_lie_below_var_dir(read):
    settings = read(**PRODUCTION)

    for alias, folder in STORES.items():
        assert settings["STORAGES"][alias] == {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings["VAR_DIR"] / folder},
        }


def test_with_a_bucket_files_lie_in_two_folders_of_it(read):
    stores = read(**PRODUCTION, **BUCKET)["STORAGES"]

    for alias, folder in STORES.items():
        assert stores[alias]["BACKEND"] == "aapm_site.core.files.bucket.BucketStorage"
        assert stores[alias]["OPTIONS"] == {
            "bucket_name": "aapm-files",
            "location": folder,
            "region_name": "us-east-1",
            "endpoint_url": None,
            "access_key": "hidden",
            "secret_key": "hidden",
        }


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("S3_BUCKET", "S3_BUCKET is missing; allowed is the bucket that S3_ENDPOINT and the keys are for."),
        (
            "S3_ACCESS_KEY",
            "S3_ACCESS_KEY is missing; allowed is the name of S3_SECRET_KEY, or neither of them.",
        ),
        ("S3_SECRET_KEY", "S3_SECRET_KEY is missing; allowed is the secret of S3_ACCESS_KEY, or neither of them."),
    ],
)
def test_half_a_bucket_stops_the_start(read, missing, said):
    with pytest.raises(env.WrongSetting) as stopped:
        read(**PRODUCTION | BUCKET | {missing: ""})

    assert str(stopped.value) == said


def test_the_kept_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    file = tmp_path / "var" / "secret_key"

    first = env.kept_secret(file)

    assert env.kept_secret(file) == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(("name", "value", "allowed"), NOT_ALLOWED)
def test_a_wrong_value_stops_the_start_with_its_name_and_what_is_allowed(read, name, value, allowed):
    with pytest.raises(env.WrongSetting) as stopped:
        read(**PRODUCTION | {name: value})

    assert str(stopped.value).startswith(f"{name} is ")
    assert str(stopped.value).endswith(f"; allowed is {allowed}.")


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"]
)
def test_what_may_be_a_secret_is_not_shown(read, name):
    with pytest.raises(env.WrongSetting) as stopped:
        read(**PRODUCTION | {name: "hidden"})

    assert "hidden" not in str(stopped.value)


def test_every_variable_is_proved_above():
    assert {name for name, _, _ in NOT_ALLOWED} | ANYTHING | IN_PAIRS == READ


def test_the_example_lists_every_variable():
    listed = re.findall(r"^# ([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(listed) == sorted(READ | {"DATABASE_PASSWORD"})  # this one is read by compose.yaml


def test_only_the_settings_read_the_environment():
    readers = {
        str(path.relative_to(ROOT))
        for path in modules()
        if re.search(r"os\.(environ\b.*(get|\[)|getenv)", path.read_text())
    }

    assert readers == {"aapm_site/core/runtime/env.py"}


def test_the_command_line_says_it_in_one_sentence():
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check"],
        env=os.environ | {"PORT": "eighty"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "PORT is 'eighty'; allowed is a whole number from 1 to 65535.\n"
