"""How the table and the walk meet: one request by one kind of person, and what came of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from unittest import mock
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.test import Client, RequestFactory

SIGN_IN = "sign in"
STAFF_SIGN_IN = "staff sign in"
REFUSED = {SIGN_IN, STAFF_SIGN_IN, 403, 404, 405, 410}

# What a browser says of a form: that it stood on a page of ours, or elsewhere.
TOKEN = "k" * 32
OF_OURS = {"X-CSRFToken": TOKEN, "Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
FROM_ELSEWHERE = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

# Tables that a mere visit may write: the session, its list, the shared cache, and the counters.
VISITS = {"django_session", "usersessions_usersession", "core_cache", "core_count", "core_limitcount"}


def outcome(response: HttpResponse) -> int | str:
    """The status, or where a redirect leads: a sign-in page by its name, other pages as “→/path/”."""
    if response.status_code not in {301, 302, 303}:
        return response.status_code
    target = unquote(urlsplit(response["Location"]).path)
    if target == "/accounts/login/":
        return SIGN_IN
    return STAFF_SIGN_IN if target == "/admin/login/" else f"→{target}"


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@cache
def _site() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def ask(client: Client, method: str, address: str, **headers: str) -> HttpResponse:
    """One request without any data, with the cookies of this browser; they stay as they were.

    Leaner than the test client, which copies every template's context: there are thousands of these. A POST proves, as
    a form of ours does, that it comes from here, unless `headers` say otherwise; nothing is excused from the proof.
    """
    factory = RequestFactory()
    factory.cookies = client.cookies
    if method == "POST":
        factory.cookies = SimpleCookie({name: one.value for name, one in client.cookies.items()})
        factory.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        headers = headers or OF_OURS
    request = factory.generic(method, address, content_type="application/x-www-form-urlencoded", headers=headers)
    return _site().get_response(request)


@contextmanager
def without_words() -> Iterator[None]:
    """Answers whose pages are not built from their templates: who gets which page has been decided before."""
    render = Template.render

    def only_letters(template: Template, context: Any = None, request: HttpRequest | None = None) -> str:
        return render(template, context) if request is None else ""

    with mock.patch.object(Template, "render", only_letters):
        yield


def knock(client: Client, method: str, address: str, **headers: str) -> int | str:
    """What comes of one request."""
    response = ask(client, method, address, **headers)
    let_go(response)
    return outcome(response)


def let_go(response: HttpResponse) -> None:
    """Close its files. close() would also announce the request's end, and drop the connection with the world on it."""
    for close in response._resource_closers:
        close()


def agrees(seen: int | str, expected: int | str) -> bool:
    """“→/jobs/” stands for every address that begins so: numbers differ from run to run."""
    if isinstance(expected, str) and expected.startswith("→"):
        return isinstance(seen, str) and seen.startswith(expected)
    return seen == expected


def tables() -> list[str]:
    """Every table of the database, but those that a visit may write."""
    with connection.cursor() as cursor:
        return sorted(set(connection.introspection.table_names(cursor)) - VISITS)


def fingerprint() -> dict[str, str]:
    """Each table's content as one hash: equal before and after means that nothing was written."""
    return hashes(tables())


def hashes(names: Iterable[str]) -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{name}\" t")
            found[name] = cursor.fetchone()[0]
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [name for name in before if before[name] != after[name]]
