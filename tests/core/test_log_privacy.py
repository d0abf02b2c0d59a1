"""The logs name routes and kinds of faults, never a token, a query or a typed word."""

import io
import json
import logging
import logging.config

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from gunicorn.config import Config

from aapm_site.core.runtime import log_privacy
from aapm_site.core.runtime.web_log import WebLogger

WORD = "Unspoken"


def asks_the_database(request: HttpRequest, word: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [word])
    return HttpResponse()


def fails(request: HttpRequest, word: str) -> HttpResponse:
    try:
        int(word)
    except ValueError as wrong:
        raise KeyError(word) from wrong
    return HttpResponse()


urlpatterns = [
    path("number/<str:word>/", asks_the_database),
    path("key/<str:word>/", fails),
    path("", include("aapm_site.urls")),
]


@pytest.fixture
def log(caplog):
    """All that is written, from the information on, in the form of production."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    form = dict(settings.LOGGING["formatters"]["json"])
    handler.setFormatter(form.pop("()")(**form))
    root = logging.getLogger()
    root.addHandler(handler)
    caplog.set_level(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False, headers={"user-agent": "Firefox"})


@pytest.mark.django_db
@pytest.mark.urls("tests.core.test_log_privacy")
@pytest.mark.parametrize(
    ("address", "status", "route"),
    [
        (f"/search/?q={WORD}", 200, "/search/"),
        (f"/pay/{WORD}/", 404, "/pay/<slug:token>/"),
        (f"/mail/unsubscribe/{WORD}/", 404, "/mail/unsubscribe/<str:token>/"),
        (f"/{WORD}/{WORD}.php?x={WORD}", 404, "(no route)"),
        (f"/number/{WORD}/", 500, "/number/<str:word>/"),
        (f"/key/{WORD}/", 500, "/key/<str:word>/"),
    ],
)
def test_no_line_about_a_visit_has_its_words(log, visitor, address, status, route):
    assert visitor.get(address).status_code == status
    lines = log()
    assert WORD not in json.dumps(lines)
    assert (status, route) in {(line.get("code"), line.get("route")) for line in lines}
    assert all("exception" in line for line in lines if line["event"] == "request_refused" and status == 500)


@pytest.mark.django_db
def test_no_line_about_a_form_has_what_was_typed(log, visitor):
    visitor.post("/ask/", {"question": WORD, "email": WORD}, headers={"origin": "https://elsewhere.example"})
    visitor.post("/accounts/login/", {"login": f"{WORD}@example.org", "password": WORD})
    visitor.get("/", headers={"host": f"{WORD.lower()}.example"})
    assert WORD.lower() not in json.dumps(log()).lower()
    assert {line["code"] for line in log()} >= {400, 403, 200}


def test_a_fault_says_where_and_what_kind_without_what_it_quotes():
    try:
        fails(HttpRequest(), WORD)
    except KeyError as fault:
        told = log_privacy.format_fault((KeyError, fault, fault.__traceback__))
    assert "in fails" in told
    assert [line for line in told.splitlines() if not line.startswith(" ")] == [
        "ValueError: invalid literal for int() with base 10: …", "KeyError: …",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("The disk is full", "The disk is full"),
        ('duplicate key value violates unique constraint "a_b"\nDETAIL:  Key (email)=(x@y.z) already exists.',
         "duplicate key value violates unique constraint …"),
        ("550 No such user x@y.example here", "550 No such user … here"),
        ("Referer checking failed - https://site.example/pay/abc?q=x does not match",
         "Referer checking failed - https://… does not match"),
        ("Error handling request GET /pay/abc/?q=x", "Error handling request GET …"),
    ],
)  # fmt: skip
def test_what_is_kept_of_a_message(said, kept):
    assert log_privacy.scrub(said) == kept


def test_the_web_servers_log_has_no_words_of_a_request(capsys):
    log = WebLogger(Config()).error_log
    written = io.StringIO()
    log.handlers[0].setStream(written)
    log.warning(f"Invalid request from ip=192.0.2.7: Invalid HTTP request line: '{WORD}'")
    try:
        raise ValueError(f"“{WORD}”")
    except ValueError:
        log.exception("Error handling request %s %s", "GET", f"/pay/{WORD}/")
    assert "Invalid request from ip=192.0.2.7: Invalid HTTP request line: …" in written.getvalue()
    assert "Error handling request GET …\n" in written.getvalue()
    assert "ValueError: …" in written.getvalue()
    assert WORD not in written.getvalue().replace('f"“{WORD}”"', "")
