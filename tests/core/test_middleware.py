"""Health, compression, headers, the log of requests, and the kind page while the database is away."""

import gzip
import json
import logging

import pytest
import structlog
from csp.decorators import csp_update
from csp.exceptions import CSPNonceError
from csp.utils import build_policy
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from aapm_site.core.http.content_policy import ContentPolicyMiddleware
from aapm_site.core.http.middleware import CompressionMiddleware, MethodsMiddleware, UnavailableMiddleware
from aapm_site.core.http.request_log import RequestLogMiddleware
from aapm_site.core.runtime import health
from aapm_site.core.views import errors


def test_livez_needs_neither_database_nor_a_known_host(client):
    response = client.get("/livez", headers={"host": "10.0.0.7"})

    assert (response.status_code, json.loads(response.content)) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_readyz_is_ready_when_all_migrations_are_applied(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    response = client.get("/readyz", headers={"host": "10.0.0.7"})

    assert (response.status_code, json.loads(response.content)) == (200, {"status": "ready"})


def test_readyz_is_503_while_the_database_is_away(client, monkeypatch):
    class Away:
        def cursor(self):
            raise OperationalError("away")

    monkeypatch.setattr(health, "connection", Away())

    response = client.get("/readyz")

    assert (response.status_code, json.loads(response.content)) == (503, {"status": "not ready"})


@pytest.mark.parametrize(
    ("accepts", "body", "compressed"),
    [("gzip, br", "x" * 2000, True), ("br", "x" * 2000, False), ("gzip", "x" * 100, False)],
)
def test_only_large_bodies_for_readers_who_can_unpack_are_compressed(accepts, body, compressed):
    middleware = CompressionMiddleware(lambda request: HttpResponse(body))

    response = middleware(RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts))

    assert response.has_header("Content-Encoding") is compressed
    content = gzip.decompress(response.content) if compressed else response.content
    assert content.decode() == body


@pytest.mark.parametrize(("is_cacheable", "compressed"), [(True, False), (False, True)])
def test_a_public_page_is_left_to_the_page_cache_only_if_that_may_keep_it(is_cacheable, compressed):
    """A person who is signed in gets a public page past the cache; it is compressed all the same."""

    def page(request):
        response = HttpResponse("x" * 2000)
        response.public_keys = ()
        return response

    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip")
    request.is_cacheable = is_cacheable

    assert CompressionMiddleware(page)(request).has_header("Content-Encoding") is compressed


def test_while_the_database_is_away_what_was_typed_is_given_back():
    def away(request):
        raise OperationalError("server closed the connection")

    response = UnavailableMiddleware(away)(
        RequestFactory().post("/ask/", {"question": "Why does it hurt <b>now</b>?", "password": "hunter2"})
    )

    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "Why does it hurt &lt;b&gt;now&lt;/b&gt;?" in page
    assert "hunter2" not in page


@pytest.mark.django_db
def test_the_headers_of_every_page(client):
    response = client.get("/robots.txt")

    assert set(response["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.fixture
def told(caplog):
    """What the log of requests says, as it is written."""
    caplog.set_level(logging.INFO, logger="aapm_site.core.http.request_log")
    return lambda: [record.msg for record in caplog.records if record.name == "aapm_site.core.http.request_log"]


@pytest.mark.parametrize(("status", "level"), [(200, "info"), (302, "info"), (404, "warning"), (500, "error")])
def test_a_request_is_told_in_one_line_with_its_number(told, status, level):
    middleware = RequestLogMiddleware(lambda request: HttpResponse(status=status))

    middleware(RequestFactory().get("/page/?q=x", headers={"user-agent": "Firefox"}))

    (line,) = told()
    assert len(line.pop("request_id")) == 24
    assert line.pop("timestamp")
    assert line == {
        "event": "request_finished", "code": status, "method": "GET", "route": "(no route)", "ip": "127.0.0.1",
        "user_id": None, "user_agent": "Firefox", "logger": "aapm_site.core.http.request_log", "level": level,
    }  # fmt: skip


def test_each_request_has_a_number_of_its_own_and_leaves_none_behind(told):
    numbers = []

    def view(request):
        numbers.append(structlog.contextvars.get_contextvars()["request_id"])
        return HttpResponse("x")

    middleware = RequestLogMiddleware(view)
    middleware(RequestFactory().get("/"))
    middleware(RequestFactory().get("/"))

    assert [line["request_id"] for line in told()] == numbers
    assert len(set(numbers)) == 2
    assert structlog.contextvars.get_contextvars() == {}


def test_a_number_ends_with_its_request_even_when_that_fails():
    def view(request):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        RequestLogMiddleware(view)(RequestFactory().get("/"))

    assert structlog.contextvars.get_contextvars() == {}


@pytest.mark.django_db
def test_the_line_names_who_is_signed_in_only_where_the_session_was_read(client, told, django_user_model):
    person = django_user_model.objects.create_user("person@example.org", "password-of-a-test")
    client.force_login(person)
    client.get("/account/")
    client.get("/robots.txt")

    assert [(line["route"], line["user_id"]) for line in told()][0] == ("/account/", person.pk)


def test_the_line_takes_the_address_from_the_proxies_that_are_trusted(told, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    middleware = RequestLogMiddleware(lambda request: HttpResponse("x"))

    middleware(RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 192.0.2.7"}))
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    middleware(RequestFactory().get("/", headers={"x-forwarded-for": "6.6.6.6, 192.0.2.7"}))

    assert [line["ip"] for line in told()] == ["192.0.2.7", "127.0.0.1"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/glossary/", "/accounts/login/", "/no-such-page/"])
def test_the_policy_written_once_is_the_one_that_django_csp_writes(client, path):
    sent = client.get(path)["Content-Security-Policy"]

    assert sorted(sent.split("; ")) == sorted(build_policy().split("; "))


def test_a_response_that_asks_for_another_policy_gets_it():
    @csp_update({"form-action": ["https://pay.example"]})
    def view(request):
        return HttpResponse("x")

    middleware = ContentPolicyMiddleware(view)
    plain = ContentPolicyMiddleware(lambda request: HttpResponse("x"))(RequestFactory().get("/"))
    other = middleware(RequestFactory().get("/"))

    assert "form-action 'self' https://pay.example" in other["Content-Security-Policy"]
    assert "pay.example" not in plain["Content-Security-Policy"]


def test_a_nonce_stands_in_the_policy_of_its_own_response_only():
    nonces = []

    def view(request):
        if request.path == "/editor/":
            nonces.append(str(request.csp_nonce))
        return HttpResponse("x")

    middleware = ContentPolicyMiddleware(view)
    first, second = (middleware(RequestFactory().get(path)) for path in ("/editor/", "/"))

    assert f"'nonce-{nonces[0]}'" in first["Content-Security-Policy"]
    assert "nonce-" not in second["Content-Security-Policy"]


def test_a_nonce_that_comes_too_late_is_refused():
    request = RequestFactory().get("/")
    ContentPolicyMiddleware(lambda request: HttpResponse("x"))(request)

    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)


@pytest.mark.django_db
def test_a_visitor_without_a_session_costs_no_query_for_one(client):
    with CaptureQueriesContext(connection) as asked:
        client.get("/glossary/")

    assert [query["sql"] for query in asked if "session" in query["sql"]] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/mail/unsubscribe/a%00b/", "/pay/a%00b/", "/news/a%00b/", "/%00"])
def test_an_address_that_the_database_cannot_be_asked_for_is_refused(client, address):
    assert client.get(address).status_code in {400, 404}
    assert client.get("/mail/unsubscribe/a%00b/").status_code == 400


def test_megabytes_that_were_typed_are_not_given_back_whole():
    request = RequestFactory().post("/ask/", {"question": "q" * 2_000_000, "name": "n" * 2_000_000, "last": "z"})

    assert errors.typed(request) == [("Your question", "q" * 500_000)]


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_ways_of_asking_reach_no_view_and_are_told_which_are_taken(method):
    reached = []
    middleware = MethodsMiddleware(reached.append)

    response = middleware(RequestFactory().generic(method, "/ask/"))

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert reached == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("DELETE", "/demo/v1/x", 200), ("DELETE", "/ask/", 405), ("PUT", "/demo/v1/x", 405), ("DELETE", "/demo", 405)],
)
def test_where_the_demonstration_stands_in_for_a_provider_it_takes_what_that_takes(settings, method, path, status):
    settings.DELETES_BELOW = "/demo/v1/"
    middleware = MethodsMiddleware(lambda request: HttpResponse("x"))

    assert middleware(RequestFactory().generic(method, path)).status_code == status


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_the_three_usual_ways_reach_the_view(method):
    middleware = MethodsMiddleware(lambda request: HttpResponse("x"))

    assert middleware(RequestFactory().generic(method, "/ask/")).status_code == 200
