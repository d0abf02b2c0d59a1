"""Twenty thousand entries: every list, the feed and the search ask as often as with twenty, and each by an index."""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from aapm_site.core.search import engine
from benchmarks.entries import ABSENT, FREQUENT, RARE, SLIP, make
from content.models import Page
from content.states import NEWS_KINDS
from tests.plans import whole_walks

FEW, MANY = 20, 20_000
TABLE = "content_page"


def unmake():
    with connection.cursor() as cursor:
        for table in ("content_page_categories", TABLE, "content_category", "content_contributor", "core_searchword"):
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture(scope="module")
def few(django_db_setup, django_db_blocker, tmp_path_factory):
    """What each address costs while there are few entries."""
    plain = {
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "PAGE_CACHE": False,
    }
    with override_settings(**plain), django_db_blocker.unblock(), transaction.atomic():
        make(FEW)
        numbers = {address: len(asked(address)) for address in ADDRESSES}
        transaction.set_rollback(True)
    return numbers


@pytest.fixture(scope="module")
def many(few, django_db_setup, django_db_blocker):
    """The many entries, for the tests of this file alone; written and tidied up as on a running site."""
    with django_db_blocker.unblock():
        try:
            make(MANY)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE) content_page, content_page_categories, content_category")
            yield
        finally:
            unmake()


ADDRESSES = (
    "/",
    "/{at:%Y}/",
    "/{at:%Y/%m}/",
    "/{at:%Y/%m/%d}/",
    "/news/",
    "/news/page/2/",
    "/news/archive/",
    "/news/category/care/",
    "/news/by/office/",
    "/feeds/news/",
    "/feeds/category/care/",
    "/feeds/{at:%Y}/",
    f"/search/?q={FREQUENT}",
    f"/search/?q={FREQUENT}&page=2",
    f"/search/?q={FREQUENT}&kind=page",
    f"/search/?q={RARE}",
    f"/search/?q={ABSENT}",
    f"/search/?q={SLIP}",
    "/search/?q=nerve+update",
    "/search/?q=the",
    "/search/?q=-nerve",
    f"/search/suggest/?q={FREQUENT}",
    "/search/suggest/?q=nerv+updat",
    "/search/suggest/?q=xy",
    "/entry-9999999/",
)
# The last pages of long lists, which the few do not have, and a page of the same list that they do.
DEEP = {
    "/news/page/1700/": "/news/page/2/",
    "/2015/page/140/": "/{at:%Y}/",
    "/news/category/care/page/500/": "/news/category/care/",
    "/news/by/office/page/500/": "/news/by/office/",
}


def asked(address):
    """The queries of one visit, by somebody without a session."""
    newest = Page.objects.filter(kind__in=NEWS_KINDS, status="published").latest("published_at").published_at
    place = address.format(at=timezone.localtime(newest))
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(place)
    assert response.status_code == (404 if "9999" in place else 200), place
    return queries.captured_queries


@pytest.mark.parametrize("address", ADDRESSES)
def test_many_entries_cost_as_many_queries_as_few_and_each_goes_by_an_index(few, many, db, address):
    queries = asked(address)
    assert len(queries) == few[address] > 0
    assert whole_walks(queries, TABLE) == []


@pytest.mark.parametrize(("address", "like"), DEEP.items())
def test_so_do_the_last_pages(few, many, db, address, like):
    queries = asked(address)
    assert len(queries) == few[like]
    assert whole_walks(queries, TABLE) == []


def test_a_walk_is_noticed(many, db):
    """Without the index for words, the search reads all there is."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX content_page_search")
    assert len(whole_walks(asked(f"/search/?q={RARE}"), TABLE)) >= 1


def test_the_search_finds_among_many(many, db):
    rare = Client().get(f"/search/?q={RARE}").context
    assert rare["found"] == 2
    assert Client().get(f"/search/?q={SLIP}").context["corrected"] == RARE
    frequent = Client().get(f"/search/?q={FREQUENT}").context
    assert frequent["number"] == "More than 100 results"
    assert [choice.number for choice in frequent["choices"]] == ["100+"] * 4
    assert engine.suggest("opioid update 18902", 3)[0].title == "Opioid update 18902"
    # What is for members, or a draft, is no candidate: number 50 is both sought and there.
    assert Client().get('/search/?q="update 50"').context["found"] == 0
