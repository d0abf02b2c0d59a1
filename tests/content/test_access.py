"""Members' pages: a gate for everybody else, and not a word of the text anywhere."""

import pytest
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from content.models import Page
from content.queries.access import Reader
from content.search import PAGES
from tests.content.makers import chicago, news, page
from tests.core.finding import found
from tests.factories import client_of, staff_client, user

pytestmark = pytest.mark.django_db

CANARY = "CANARYTEXT"


class Everyone(BaseBackend):
    """Stands for the members' own backend: people at member.example read members' pages."""

    asked: list = []

    def has_perm(self, user_obj, perm, obj=None):
        self.asked.append(obj)
        return perm == "content.read_page" and getattr(user_obj, "email", "").endswith("@member.example")


@pytest.fixture
def members(settings):
    Everyone.asked.clear()
    settings.AUTHENTICATION_BACKENDS = [
        "aapm_site.accounts.backends.AccountBackend",
        "content.backends.PublicPagesBackend",
        "tests.content.test_access.Everyone",
    ]


@pytest.fixture
def secret():
    return page(
        "handbook", title="Member handbook", summary="What it holds.", audience="members", body=f"<p>{CANARY}</p>"
    )


def test_a_visitor_meets_the_gate(client, secret):
    response = client.get("/handbook/")

    assert response.status_code == 200
    assert CANARY not in response.text
    assert "What it holds." in response.text
    assert '<a class="btn" href="/membership/join/">Join now</a>' in response.text
    assert "You are not signed in, and this page belongs to membership." in response.text
    assert 'href="/accounts/login/?next=%2Fhandbook%2F">Sign in and read on' in response.text


def test_somebody_who_is_signed_in_without_membership_meets_the_gate(secret, members):
    response = client_of(user()).get("/handbook/")

    assert CANARY not in response.text
    assert "You are signed in, but your account has no membership." in response.text
    assert response["Cache-Control"] == "private, no-store"


def test_a_member_reads_in_private(secret, members):
    response = client_of(user("amara@member.example")).get("/handbook/")

    assert CANARY in response.text
    assert 'id="gate"' not in response.text
    assert response["Cache-Control"] == "private, no-store"


def test_a_members_page_never_reaches_a_visitor_through_the_cache(client, secret, members, settings):
    settings.PAGE_CACHE = True
    member = client_of(user("amara@member.example"))

    for _ in range(2):
        assert CANARY in member.get("/handbook/").text
        assert CANARY not in client.get("/handbook/").text
        assert CANARY not in client.get("/handbook/?utm=1").text


def test_a_members_text_stands_in_no_metadata(client, secret):
    text = client.get("/handbook/").text

    assert CANARY not in text
    assert '"isAccessibleForFree": false' in text


def test_search_finds_it_for_members_only(secret, members):
    member = user("amara@member.example")

    assert found(CANARY, AnonymousUser(), PAGES) == []
    assert found("handbook", AnonymousUser(), PAGES) == []
    assert found(CANARY, user(), PAGES) == []
    assert [hit.url for hit in found(CANARY, member, PAGES)] == ["/handbook/"]


def test_sitemaps_name_public_pages_only(client, secret):
    page("about")
    news("open")
    news("closed", audience="members")

    text = client.get("/sitemap-pages.xml").text + client.get("/sitemap-news.xml").text

    assert "/about/" in text
    assert "/news/open/" in text
    assert "/handbook/" not in text
    assert "/news/closed/" not in text


def test_the_archive_shows_members_the_entry(members):
    news("secret", chicago(2018, 12, 14, 9, 0), audience="members", body=f"<p>{CANARY}</p>")

    assert CANARY in client_of(user("amara@member.example")).get("/2018/12/14/").text
    assert CANARY not in client_of(user()).get("/2018/12/14/").text


def test_access_is_asked_once_for_each_audience(members):
    entries = [page(f"one-{place}", audience="members") for place in range(5)]
    entries += [page(f"two-{place}", audience="group:headache") for place in range(5)]
    reader = Reader(user("amara@member.example"))

    assert all(reader.may_read(entry) for entry in entries)
    assert len([asked for asked in Everyone.asked if asked]) == 2


@pytest.mark.parametrize(
    ("status", "audience", "readable"),
    [("published", "public", True), ("draft", "public", False), ("published", "members", False)],
)
def test_visitors_read_what_is_public_and_published(status, audience, readable):
    made = page("about", status=status, audience=audience)

    assert AnonymousUser().has_perm("content.read_page", made) is readable


def test_editors_read_what_they_edit(secret):
    assert CANARY in staff_client("Content editor").get("/handbook/").text
    assert CANARY not in staff_client("Careers staff").get("/handbook/").text


def test_a_draft_is_nowhere(client):
    page("draft", status="draft", body=f"<p>{CANARY}</p>", published_at=chicago(2018, 12, 14, 9, 0))

    assert client.get("/draft/").status_code == 404
    assert client.get("/2018/12/14/").status_code == 404
    assert found(CANARY, AnonymousUser(), PAGES) == []
    assert Page.objects.published(timezone.now()).count() == 0
