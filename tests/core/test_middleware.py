"""Health, compression, headers, and the kind page while the database is away."""

import gzip
import json

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from aapm_site.core.http.middleware import CompressionMiddleware, UnavailableMiddleware
from aapm_site.core.runtime import health


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
