"""Atom feeds: whole, stable, safe whatever was written, and silent about members' texts."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from content.models import Category, Contributor, Page
from tests.content.makers import chicago, news, page

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address):
    """The feed's root and its entries."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    return root, root.findall(f"{ATOM}entry")


def titles(client, address):
    return [entry.findtext(f"{ATOM}title") for entry in read(client, address)[1]]


def test_the_feed_of_the_news(client, settings):
    author = Contributor.objects.create(name="Lena Hart", slug="lena-hart", credentials="MD")
    made = news("entry", chicago(2026, 1, 2, 9, 0), title="An <entry> & more", summary="1 < 2", author=author)
    made.categories.add(Category.objects.create(name="Advocacy", slug="advocacy"))

    root, (entry,) = read(client, "/feeds/news/")

    assert root.findtext(f"{ATOM}id") == "tag:localhost,2026:feeds/news"
    assert entry.findtext(f"{ATOM}id") == f"tag:localhost,2026:entry/{made.pk}"
    assert entry.findtext(f"{ATOM}title") == "An <entry> & more"
    assert entry.findtext(f"{ATOM}summary") == "1 &lt; 2"
    assert entry.find(f"{ATOM}link").get("href") == f"{settings.SITE_ORIGIN}/news/entry/"
    assert entry.findtext(f"{ATOM}published") == "2026-01-02T15:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == made.updated_at.isoformat()
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Lena Hart, MD"
    assert [label.get("term") for label in entry.findall(f"{ATOM}category")] == ["News", "Advocacy"]
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"{settings.SITE_ORIGIN}/feeds/news/"


def test_an_entry_keeps_its_name_when_it_moves(client):
    made = news("entry")
    before = read(client, "/feeds/news/")[1][0].findtext(f"{ATOM}id")
    Page.objects.filter(pk=made.pk).update(slug="moved", path="/news/moved/")

    assert read(client, "/feeds/news/")[1][0].findtext(f"{ATOM}id") == before


def test_a_short_text_stands_in_full_and_a_long_one_does_not(client, settings):
    news("short", chicago(2026, 1, 2, 9, 0), body='<p>Few <a href="/ask/">words</a>.</p>')
    news("long", chicago(2026, 1, 1, 9, 0), body=f"<p>{'Many words. ' * 100}</p>")

    _, (short, long) = read(client, "/feeds/news/")

    assert (
        short.findtext(f"{ATOM}content")
        == f'<p>Few <a href="{settings.SITE_ORIGIN}/ask/" rel="noopener">words</a>.</p>'
    )
    assert long.find(f"{ATOM}content") is None


def test_a_members_entry_shows_only_title_and_summary(client):
    made = news("secret", title="For members", summary="About it.", audience="members", body="<p>CANARY-4711</p>")
    day = timezone.localdate(made.published_at)

    for address in ("/feeds/news/", f"/feeds/{day:%Y/%m/%d}/"):
        assert titles(client, address) == ["For members"]
        assert "CANARY-4711" not in client.get(address).text


def test_feeds_of_a_category_and_of_the_answers(client):
    shelf = Category.objects.create(name="Advocacy", slug="advocacy", description="What we ask.")
    news("in").categories.add(shelf)
    news("out")
    page("answered", kind="answer", title="Is it normal?")

    assert titles(client, "/feeds/category/advocacy/") == ["In"]
    assert titles(client, "/feeds/answers/") == ["Is it normal?"]
    assert client.get("/feeds/category/nothing/").status_code == 404


def test_feeds_of_the_archives_hold_every_kind(client):
    at = chicago(2018, 12, 14, 9, 0)
    for kind in ("page", "initiative", "news", "statement"):
        page(f"a-{kind}", kind=kind, published_at=at)
    news("other", chicago(2018, 11, 1, 9, 0))

    assert len(titles(client, "/feeds/2018/")) == 5
    assert len(titles(client, "/feeds/2018/12/")) == 4
    assert len(titles(client, "/feeds/2018/12/14/")) == 4


@pytest.mark.parametrize(
    "address", ["/feeds/2017/", "/feeds/2018/13/", "/feeds/2018/02/31/", "/feeds/0000/", "/feeds/"]
)
def test_where_there_is_nothing_there_is_no_feed(client, address):
    news("entry", chicago(2018, 12, 14, 9, 0))

    assert client.get(address).status_code == 404


def test_what_is_not_public_is_not_in_a_feed(client):
    now = timezone.now()
    news("draft", status="draft")
    news("ahead", now + timedelta(hours=1), status="scheduled")
    news("over", now - timedelta(days=3), unpublish_at=now - timedelta(days=1))

    assert titles(client, "/feeds/news/") == []


def test_a_feed_without_entries_is_the_same_for_everybody(client):
    Category.objects.create(name="Advocacy", slug="advocacy")

    response = client.get("/feeds/category/advocacy/")

    assert response["Last-Modified"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert "<updated>2026-01-01T00:00:00+00:00</updated>" in response.text


def test_hostile_words_leave_the_feed_whole(client):
    hostile = "</title><script>x()</script>]]>&\x01\x0b\u202e"
    shelf = Category.objects.create(name="A]]><b>", slug="a", description=hostile)
    news("entry", title=hostile, summary=hostile, body=f"<p>{hostile}</p>").categories.add(shelf)

    for address in ("/feeds/news/", "/feeds/category/a/"):
        _, (entry,) = read(client, address)

        assert entry.findtext(f"{ATOM}title") == "</title><script>x()</script>]]>&"
        assert "<script" not in entry.findtext(f"{ATOM}summary")
        assert "<script" not in entry.findtext(f"{ATOM}content")


def test_a_feed_holds_the_newest_and_costs_the_same(client, django_assert_num_queries):
    shelf = Category.objects.create(name="Advocacy", slug="advocacy")
    news("entry", chicago(2018, 12, 14, 9, 0)).categories.add(shelf)
    with django_assert_num_queries(3):
        client.get("/feeds/news/")
    for number in range(50):
        news(f"entry-{number}", chicago(2019, 1, 1, 9, 0) + timedelta(minutes=number)).categories.add(shelf)

    with django_assert_num_queries(3):
        found = titles(client, "/feeds/news/")

    assert (len(found), found[0]) == (30, "Entry 49")


def test_a_feed_can_be_asked_whether_it_has_changed(client, settings):
    settings.PAGE_CACHE = True
    news("entry")

    first = client.get("/feeds/news/")

    assert first.has_header("Last-Modified")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get("/feeds/news/", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/", "/feeds/news/"),
        ("/news/", "/feeds/news/"),
        ("/news/entry/", "/feeds/news/"),
        ("/news/archive/", "/feeds/news/"),
        ("/news/category/advocacy/", "/feeds/category/advocacy/"),
        ("/2018/", "/feeds/2018/"),
        ("/2018/12/", "/feeds/2018/12/"),
        ("/2018/12/14/", "/feeds/2018/12/14/"),
        ("/answers/answered/", "/feeds/answers/"),
    ],
)
def test_pages_name_their_feed(client, address, feed):
    news("entry", chicago(2018, 12, 14, 9, 0)).categories.add(Category.objects.create(name="Advocacy", slug="advocacy"))
    page("answered", kind="answer")

    text = client.get(address).text

    assert '<link rel="alternate" type="application/atom+xml"' in text
    assert f'href="{feed}"' in text
