"""Not one byte of a members' text reaches a visitor: not from the view, not from a cache, not from search."""

import gzip

import pytest
from django.test import Client

from aapm_site.accounts.models import User
from membership.journal.models import Article, Issue
from membership.journal.search import JOURNAL
from tests.core.finding import found
from tests.factories import pass_second_factor

from ..factories import (
    BODY_CANARY,
    CAPTION_CANARY,
    REFERENCE_CANARY,
    day,
    make_article,
    make_figure,
    make_issue,
    make_member,
    make_plan,
    make_user,
)  # fmt: skip

pytestmark = pytest.mark.django_db

CANARIES = [canary.encode() for canary in (BODY_CANARY, REFERENCE_CANARY, CAPTION_CANARY, "CANARY-figure-quokka")]


FIRST_CAPTION = "Steps walked, by group."


@pytest.fixture
def article():
    article = make_article(body=f'<h2>Methods</h2><p>{BODY_CANARY}</p><figure data-figure="fig1"></figure>')
    make_figure(article, key="fig0", label="Figure 0", caption=FIRST_CAPTION, order=1)
    make_figure(article, order=2)
    return article


@pytest.fixture
def page_cache(settings):
    settings.PAGE_CACHE = True


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body_of(response) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return gzip.decompress(content) if response.get("Content-Encoding") == "gzip" else content


def leaks(response) -> list[bytes]:
    return [canary for canary in CANARIES if canary in body_of(response)]


ADDRESSES = (
    "{page}", "{page}?utm=1", "{page}?x.css", "{page}?format=xml", "{page}?page=2", "{page}?preview=1",
    "{page}x.css", "{page}x.css/", "{page}print/", "{page}figures/fig1/", "{page}figures/fig1.svg",
    "/journal/", "/journal/issues/", "/journal/doi/{doi}", "/search/?q=quokka",
    "/sitemap.xml", "/sitemap-articles.xml",
)  # fmt: skip


def addresses(article: Article) -> list[str]:
    page = article.get_absolute_url()
    return [address.format(page=page, doi=article.doi) for address in ADDRESSES] + [article.issue.get_absolute_url()]


def test_a_member_reads_all_of_it(client, article):
    client.force_login(make_member((-10, 100)))

    content = client.get(article.get_absolute_url()).content

    assert [canary for canary in CANARIES[:3] if canary not in content] == []
    assert b'src="/journal/article/' in content


def test_a_visitor_after_a_member_gets_nothing_of_it_anywhere(article, page_cache):
    member, visitor = signed_in(make_member((-10, 100))), Client()

    for address in addresses(article):
        for headers in ({}, {"Accept-Encoding": "gzip"}, {"Range": "bytes=0-100000"}, {"If-None-Match": "*"}):
            read = member.get(address, headers=headers)
            body_of(read)  # to its end, as a browser would
            assert read.get("Cache-Control") == "private, no-store", address
            assert leaks(visitor.get(address, headers=headers)) == [], (address, headers)
            assert leaks(visitor.head(address, headers=headers)) == []


def test_a_visitor_before_a_member_does_not_take_the_text_away(article, page_cache):
    member, visitor = signed_in(make_member((-10, 100))), Client()
    page = article.get_absolute_url()

    first = visitor.get(page)
    second = visitor.get(page)  # out of the cache
    read = member.get(page)

    assert first["Cache-Control"] == second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in first["Vary"]
    assert leaks(first) == leaks(second) == []
    assert CANARIES[0] in body_of(read)
    assert read["Cache-Control"] == "private, no-store"
    assert "ETag" not in read


def test_a_lapsed_member_and_a_stranger_meet_the_gate(article):
    plan = make_plan(reads_journal=False)
    for user in (make_user(), make_member((-800, -400)), make_member((-10, 100), plan=plan)):
        client = signed_in(user)

        response = client.get(article.get_absolute_url())

        assert response.status_code == 200
        assert leaks(response) == []
        assert b'id="gate"' in response.content
        assert f"Figure 0. {FIRST_CAPTION}".encode() in response.content
        assert response["Cache-Control"] == "private, no-store"
        assert client.get(f"{article.get_absolute_url()}figures/fig1/").status_code == 404


def test_an_inactive_members_old_session_reads_nothing(article):
    user = make_member((-10, 100))
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert leaks(client.get(article.get_absolute_url())) == []


def test_the_gate_says_why_and_offers_to_join(client, article):
    content = client.get(article.get_absolute_url()).content.decode()

    assert "You are not signed in, and the full text of an article belongs to membership." in content
    assert '<a class="btn" href="/membership/join/">Join now</a>' in content
    assert f"/accounts/login/?next=%2Fjournal%2Farticle%2F{article.slug}%2F" in content
    assert "Why can’t I read this?" in content
    assert "To ask about sleep." in content
    assert "People who sleep badly hurt more." in content


def test_a_free_article_is_open_to_everybody_and_kept_by_the_cache(client, article, page_cache):
    Article.objects.update(free_to_read=True)

    response = client.get(article.get_absolute_url())

    assert CANARIES[0] in response.content
    assert response["Cache-Control"].startswith("public")
    assert b'id="gate"' not in response.content


def test_a_figure_is_for_readers_and_cannot_run(article):
    address = f"{article.get_absolute_url()}figures/fig1/"
    client = signed_in(make_member((-10, 100)))

    response = client.get(address)

    assert response.status_code == 200
    assert b"CANARY-figure-quokka" in body_of(response)
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert Client().get(address).status_code == 404
    assert Client().get(f"{article.get_absolute_url()}figures/none/").status_code == 404


def test_what_is_not_out_yet_exists_for_editors_only(page_cache):
    later = make_article(published_on=day(5))
    in_a_later_issue = make_article(make_issue(published_on=day(3)), published_on=day(-3))
    member, editor = signed_in(make_member((-10, 100))), signed_in(make_user(is_superuser=True))
    pass_second_factor(editor)

    for article in (later, in_a_later_issue):
        for address in (article.get_absolute_url(), f"/journal/doi/{article.doi}"):
            assert Client().get(address).status_code == 404
            assert member.get(address).status_code == 404
        assert editor.get(article.get_absolute_url()).status_code == 200
        assert article.title not in Client().get("/journal/").content.decode()
    assert Client().get(in_a_later_issue.issue.get_absolute_url()).status_code == 404


def test_an_advance_article_is_out_before_its_issue_and_stays_when_it_moves_in():
    article = make_article(title="Ahead of all", is_advance=True, doi="10.5555/ahead")
    Article.objects.update(issue=None)
    page = article.get_absolute_url()

    def seen() -> tuple[bool, bool, bool]:
        listed = [Client().get(address).content.decode() for address in ("/journal/advance/", "/journal/", page)]
        assert leaks(Client().get(page)) == []
        return "Ahead of all" in listed[0], "Ahead of all" in listed[1], ">advance article<" in listed[2]

    assert seen() == (True, True, True)
    assert found("Ahead", make_user(), JOURNAL)[0].meta.endswith("advance article · full text for members")
    waiting = make_issue(published_on=day(3))
    Article.objects.update(issue=waiting)
    assert seen() == (True, True, True)
    assert Client().get(waiting.get_absolute_url()).status_code == 404
    Issue.objects.update(published_on=day(0))
    assert seen() == (False, True, False)  # in the current issue, which the journal's page shows
    assert Client().get("/journal/doi/10.5555/AHEAD")["Location"] == page


def test_search_finds_by_public_words_only(article):
    member, visitor = make_member((-10, 100)), Client().get("/").wsgi_request.user

    for user in (member, visitor):
        assert found("quokka", user, JOURNAL) == []
        assert [hit.title for hit in found("sleeping badly", user, JOURNAL)] == [article.title]
        assert [hit.title for hit in found("Okafor", user, JOURNAL)] == [article.title]
    (hit,) = found("badly", visitor, JOURNAL)
    assert str(hit.excerpt) == "People who sleep <mark>badly</mark> hurt more …"
    assert "full text for members" in hit.meta
    assert "full text for members" not in found("badly", member, JOURNAL)[0].meta


def test_structured_data_says_that_the_text_is_not_free(client, article):
    content = client.get(article.get_absolute_url()).content.decode()

    assert '"isAccessibleForFree": false' in content
    assert '"cssSelector": ".full-text"' in content
    assert 'class="prose full-text' in content
