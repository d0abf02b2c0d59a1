"""Twenty thousand entries: every list, the feed and the search ask as often as with twenty, and each by an index."""

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.core import finding, vocabulary
from content.models import Category, Contributor, Page
from content.states import NEWS_KINDS
from tests.content.makers import page
from tests.plans import whole_walks

FEW, MANY = 20, 20_000
TABLE = "content_page"
FREQUENT, RARE, ABSENT, SLIP = "treatment", "zebrafish", "xylophone", "zebrafisch"

# One in ten is a page of its own, the others news and statements, spread evenly over 25 years. Every text has the
# frequent word, two the rare one; one in fifty is for members and one in forty a draft.
KIND = "(ARRAY['page', 'news', 'statement', 'news', 'news', 'news', 'statement', 'news', 'news', 'news'])[n %% 10 + 1]"
TOPIC = "(ARRAY['Nerve', 'Back', 'Opioid', 'Headache', 'Children', 'Surgery', 'Cancer'])[n %% 7 + 1]"
COLUMNS = {
    "kind": KIND,
    "slug": "'entry-' || n",
    "path": f"CASE {KIND} WHEN 'page' THEN '/entry-' ELSE '/news/entry-' END || n || '/'",
    "title": f"{TOPIC} || ' update ' || n",
    "summary": f"'What is new in ' || {TOPIC} || ' care, number ' || n || '.'",
    "body": (
        f"'<p>About treatment and ' || {TOPIC} || '.' || repeat(' A plain sentence about the care of people.', 8)"
        " || CASE WHEN n IN (3, %(count)s - 1) THEN ' A zebrafish.' ELSE '' END || '</p>'"
    ),
    "audience": "CASE WHEN n %% 50 = 0 THEN 'members' ELSE 'public' END",
    "status": "CASE WHEN n %% 40 = 0 THEN 'draft' ELSE 'published' END",
    "published_at": "timestamptz '2026-01-15 15:00Z' - interval '25 years' * ((n - 1) / %(count)s.0)",
}


def make(count):
    """Entries, a third of the news on one shelf and by one author; then what PostgreSQL knows of them."""
    author = Contributor.objects.create(name="Office", slug="office")
    shelf = Category.objects.create(name="Care", slug="care")
    # Every other column is that of an entry which was made as usual, so that a new column needs no word here.
    pattern = page("pattern")
    names = [field.column for field in Page._meta.concrete_fields if not field.primary_key and not field.generated]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(COLUMNS.get(name, f'pattern."{name}"') for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO content_page ({columns}) SELECT {values} FROM content_page AS pattern, "
            "generate_series(1, %(count)s) AS n WHERE pattern.id = %(pattern)s",
            {"count": count, "pattern": pattern.pk},
        )
    pattern.delete()
    third = Page.objects.news().annotate(third=F("pk") % 3).filter(third=0)
    third.update(author=author)
    through = Page.categories.through
    through.objects.bulk_create(through(page_id=key, category=shelf) for key in third.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('content_page_search')")
        cursor.execute("ANALYZE content_page, content_page_categories, content_category, content_contributor")
    vocabulary.gather()


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    """The many entries, for the tests of this file alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        make(MANY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def few(db):
    make(FEW)


# Each address, with the queries that it costs whatever the number of entries.
ADDRESSES = {
    "/": 4,
    "/{at:%Y}/": 7,
    "/{at:%Y/%m}/": 7,
    "/{at:%Y/%m/%d}/": 7,
    "/news/": 5,
    "/news/page/2/": 5,
    "/news/category/care/": 6,
    "/news/by/office/": 6,
    f"/search/?q={FREQUENT}": 3,
    f"/search/?q={FREQUENT}&page=5": 3,
    f"/search/?q={FREQUENT}&kind=page": 3,
    f"/search/?q={RARE}": 3,
    f"/search/?q={ABSENT}": 4,
    f"/search/?q={SLIP}": 5,
    "/search/?q=nerve+update": 3,
    "/search/?q=the": 4,
    "/search/?q=-nerve": 4,
    f"/search/suggest/?q={FREQUENT}": 1,
    "/search/suggest/?q=nerv+updat": 1,
    "/search/suggest/?q=xy": 1,
}


def asked(address):
    """The queries of one visit, by somebody without a session."""
    newest = Page.objects.filter(kind__in=NEWS_KINDS, status="published").latest("published_at").published_at
    place = address.format(at=timezone.localtime(newest))
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(place)
    assert response.status_code == 200, place
    return queries.captured_queries


@pytest.mark.parametrize(("address", "number"), ADDRESSES.items())
def test_few_entries(few, address, number):
    assert len(asked(address)) == number


@pytest.mark.parametrize(("address", "number"), ADDRESSES.items())
def test_many_entries_cost_as_many_queries_and_each_goes_by_an_index(many, db, address, number):
    queries = asked(address)
    assert len(queries) == number
    assert whole_walks(queries, TABLE) == []


# The last pages of long lists, which the few do not have.
DEEP = {"/news/page/1700/": 5, "/{at:%Y}/page/2/": 7, "/2015/page/140/": 7, "/news/category/care/page/500/": 6}


@pytest.mark.parametrize(("address", "number"), DEEP.items())
def test_so_do_the_last_pages(many, db, address, number):
    queries = asked(address)
    assert len(queries) == number
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
    assert [hit.title for hit in finding.suggest("nerve update 18901", 3)][0] == "Nerve update 18901"
    # What is for members, or a draft, is no candidate: number 50 is both sought and there.
    assert Client().get('/search/?q="update 50"').context["found"] == 0
