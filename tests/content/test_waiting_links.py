"""A text may link to a page that is not public yet: readers get the words, and the link once it is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.domain import pages
from content.models import Page, Redirect
from content.queries.waiting_links import without_dead_ends
from tests.content.makers import news, page

pytestmark = pytest.mark.django_db


def told(html: str) -> str:
    return without_dead_ends(html, timezone.now())


def test_a_link_waits_for_its_page_and_comes_by_itself(client):
    waits = page("nerve-blocks", status="draft")
    page(
        "shingles",
        body='<p>Ask about <a href="/nerve-blocks/#what">nerve <em>blocks</em></a> and <a href="/">us</a>.</p>',
    )
    assert (
        '<p>Ask about nerve <em>blocks</em> and <a href="/" rel="noopener">us</a>.</p>' in client.get("/shingles/").text
    )

    pages.publish_page(waits, by=None)

    assert 'Ask about <a href="/nerve-blocks/#what"' in client.get("/shingles/").text


@pytest.mark.parametrize(
    ("linked", "is_there"),
    [
        ("/public/", True),
        ("/public/?q=1#part", True),
        ("/members/", True),
        ("/news/an-entry/", True),
        ("/moved/", True),
        ("/ask/", True),
        ("/glossary/#nerve-block", True),
        ("/static/img/logo.svg", True),
        ("https://example.org/draft/", True),
        ("#draft", True),
        ("/draft/", False),
        ("/scheduled/", False),
        ("/ended/", False),
        ("/trashed/", False),
        ("/never-was/", False),
        ("/answers/never-was/", False),
    ],
)
def test_only_what_nobody_finds_loses_its_link(linked, is_there):
    now = timezone.now()
    page("public"), page("members", audience="members"), news("an-entry")
    page("draft", status="draft")
    page("scheduled", status="scheduled", published_at=now + timedelta(days=1))
    page("ended", unpublish_at=now - timedelta(minutes=1))
    page("trashed", status="trashed", trashed_at=now)
    Redirect.objects.create(old_path="/moved/", url="/public/", origin="hand")
    html = f'<p>See <a class="download" href="{linked}" rel="noopener">this</a>.</p>'

    assert told(html) == (html if is_there else "<p>See this.</p>")


def test_it_costs_one_query_while_everything_answers():
    page("one"), page("two")
    body = '<a href="/one/">a</a> <a href="/two/">b</a> <a href="/ask/">c</a> <a href="/one/#x">d</a>'

    def cost(html: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            told(html)
        return len(asked)

    assert (cost(body), cost("<p>None.</p>"), cost('<a href="/ask/">c</a>')) == (1, 0, 0)
    Page.objects.update(status="draft")
    assert cost(body) == 2
