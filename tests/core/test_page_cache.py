"""The page cache: one answer for every visitor, gone with the next change, and never anything private."""

import gzip
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from aapm_site.core.cache import page_cache, revisions
from aapm_site.core.cache.page_cache import PageCacheMiddleware, expires_at, public_page
from aapm_site.core.http import view_counts
from aapm_site.core.models import Count

pytestmark = pytest.mark.django_db


class Site:
    """One view behind the middleware, called as a visitor's browser would."""

    def __init__(self, view):
        self.calls = 0
        self.view = view
        self.middleware = PageCacheMiddleware(self._call)

    def _call(self, request):
        self.calls += 1
        request.user = AnonymousUser()
        return self.view(request)

    def get(self, path="/page/", cookies=None, method="get", **headers):
        request = getattr(RequestFactory(), method)(path, **headers)
        request.COOKIES.update(cookies or {})
        return self.middleware(request)


@pytest.fixture(autouse=True)
def _cache_on(settings, monkeypatch):
    settings.PAGE_CACHE = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0.0)


@pytest.fixture
def page():
    @public_page(keys=("page",))
    def view(request):
        return HttpResponse(f"<p>{request.GET.urlencode()}</p>" + "x" * 1000)

    return Site(view)


def test_the_second_visitor_is_answered_from_memory_without_a_query(page, django_assert_num_queries, monkeypatch):
    page.get()
    monkeypatch.setattr(page_cache, "ASK_EVERY", 60.0)

    with django_assert_num_queries(0):
        second = page.get(HTTP_ACCEPT_ENCODING="gzip, br")

    assert page.calls == 1
    assert second["Content-Encoding"] == "gzip"
    assert gzip.decompress(second.content).startswith(b"<p></p>")
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second["Vary"] == "Cookie, Accept-Encoding"


def test_a_reader_without_gzip_gets_plain_text(page):
    page.get(HTTP_ACCEPT_ENCODING="gzip")

    response = page.get(HTTP_ACCEPT_ENCODING="gzip;q=0")

    assert page.calls == 1
    assert not response.has_header("Content-Encoding")
    assert response.content.startswith(b"<p></p>")


def test_a_session_passes_the_cache_by(page, settings):
    page.get()

    page.get(cookies={settings.SESSION_COOKIE_NAME: "x"})

    assert page.calls == 2


def test_an_authorization_header_passes_the_cache_by(page):
    page.get(HTTP_AUTHORIZATION="Basic eA==")
    page.get()

    assert page.calls == 2


def test_named_query_keys_make_pages_and_others_are_dropped(page):
    one = page.get("/page/?page=1&utm=a")
    two = page.get("/page/?page=2&utm=b")
    again = page.get("/page/?utm=evil&page=1")

    assert page.calls == 2
    assert one.content[:15] == b"<p>page=1</p>xx"
    assert two.content[:15] == b"<p>page=2</p>xx"
    assert again.content == one.content


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_X_ORIGINAL_URL", "HTTP_ACCEPT_LANGUAGE"])
def test_a_header_outside_the_key_changes_nothing(page, header):
    first = page.get(**{header: "evil.example"})

    assert page.get().content == first.content


def test_another_host_is_another_page(page):
    page.get()
    page.get(HTTP_HOST="other.example")

    assert page.calls == 2


def test_a_revision_empties_the_cache(page):
    page.get()

    revisions.touch()
    page.get()

    assert page.calls == 2


def test_a_change_while_the_page_is_made_is_not_missed():
    @public_page()
    def view(request):
        revisions.touch()
        return HttpResponse("old" * 300)

    site = Site(view)
    site.get()
    site.get()

    assert site.calls == 2


def test_while_the_database_is_away_cached_reading_goes_on(page, monkeypatch):
    page.get()

    def away():
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(revisions, "current", away)
    page.get()

    assert page.calls == 1


def test_a_page_ends_at_its_own_date():
    @public_page()
    def view(request):
        expires_at(request, timezone.now() + timedelta(days=1))
        expires_at(request, timezone.now() - timedelta(seconds=1))
        return HttpResponse("x")

    site = Site(view)
    site.get()
    site.get()

    assert site.calls == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda response: response.set_cookie("a", "b"),
        lambda response: response.__setitem__("Cache-Control", "private, no-store"),
        lambda response: setattr(response, "status_code", 404),
        lambda response: delattr(response, "public_keys"),
    ],
    ids=["cookie", "private", "not found", "not public"],
)
def test_what_is_never_kept(spoil):
    @public_page()
    def view(request):
        return HttpResponse("x")

    def spoiled(request):
        response = view(request)
        spoil(response)
        return response

    site = Site(spoiled)
    site.get()
    site.get()

    assert site.calls == 2


def test_what_is_not_public_is_private():
    response = Site(lambda request: HttpResponse("mine")).get()

    assert response["Cache-Control"] == "private, no-store"


def test_a_known_etag_gets_304_without_a_body(page):
    first = page.get()

    second = page.get(HTTP_IF_NONE_MATCH=first["ETag"])

    assert second.status_code == 304
    assert second.content == b""


def test_head_is_answered_but_not_kept(page):
    page.get(method="head")
    page.get(method="head")

    assert page.calls == 2


def test_the_oldest_pages_leave_when_the_budget_is_spent(page, monkeypatch):
    monkeypatch.setattr(page_cache, "ENTRIES", 2)
    for number in (1, 2, 3):
        page.get(f"/page/?page={number}")

    assert len(page_cache.pages.entries) == 2
    page.get("/page/?page=1")
    assert page.calls == 4


def test_views_are_counted_from_memory_too_and_robots_are_not():
    @public_page()
    def view(request):
        view_counts.count(request, "page-view", "7")
        return HttpResponse("x")

    site = Site(view)
    for _ in range(3):
        site.get(HTTP_USER_AGENT="Mozilla/5.0 Firefox/140")
    site.get(HTTP_USER_AGENT="Googlebot/2.1")
    view_counts.flush()

    assert site.calls == 1
    assert view_counts.total("page-view", "7") == 3


def test_counts_add_to_the_row_of_the_day():
    today = timezone.localdate()
    Count.objects.create(kind="k", key="1", on=today, times=4)

    view_counts.add([("k", "1"), ("k", "2")], "Mozilla/5.0")
    view_counts.flush()

    assert view_counts.totals("k", ["1", "2", "3"]) == {"1": 5, "2": 1}
    assert view_counts.daily("k", "1", today) == [(today, 5)]


def test_counts_wait_while_the_database_is_away(monkeypatch):
    view_counts.add([("k", "1")], "Mozilla/5.0")

    class Away:
        def cursor(self):
            raise OperationalError("away")

    with monkeypatch.context() as patched:
        patched.setattr(view_counts, "connection", Away())
        view_counts.flush()
    view_counts.flush()

    assert view_counts.total("k", "1") == 1
