"""The journal's feed: what came out, told with what everybody may read."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.utils import timezone

from membership.journal.models import ArticleRelation
from tests.membership.factories import BODY_CANARY, make_article, make_issue

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client):
    response = client.get("/journal/feed/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert BODY_CANARY not in response.text
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


def words(entry, name):
    return entry.findtext(f"{ATOM}{name}")


def test_the_newest_articles_with_their_authors_and_summaries(client, settings):
    today = timezone.localdate()
    issue = make_issue(published_on=today - timedelta(days=20))
    old = make_article(issue, title="Older", published_on=today - timedelta(days=20))
    new = make_article(None, title="Ahead & new", published_on=today, is_advance=True, plain_summary="")
    make_article(make_issue(volume=99, published_on=today + timedelta(days=3)), title="Not yet")

    first, second = entries(client)

    assert (words(first, "title"), words(second, "title")) == ("Ahead & new", "Older")
    assert words(first, "summary") == "Objective. To ask about sleep."
    assert words(second, "summary") == "People who sleep badly hurt more."
    assert second.find(f"{ATOM}link").get("href") == f"{settings.SITE_ORIGIN}/journal/article/{old.slug}/"
    assert words(first, "id").endswith(f",2026:article/{new.pk}")
    assert words(first, "published").startswith(f"{today.isoformat()}T00:00:00-0")


def test_what_was_taken_back_says_so_and_empty_says_the_same_to_all(client):
    assert entries(client) == []
    made = make_article(title="Wrong", is_advance=True)
    ArticleRelation.objects.create(article=make_article(is_advance=True), kind="retracted-article", doi=made.doi)
    assert "RETRACTED: Wrong" in [words(entry, "title") for entry in entries(client)]


def test_a_day_of_publication_puts_an_issue_in_the_feed_at_its_midnight(client):
    issue = make_issue(published_on=date(2026, 12, 10))
    make_article(issue, title="Of December", published_on=date(2026, 12, 10))
    with time_machine.travel("2026-12-09T23:30:00-06:00", tick=False):
        assert entries(client) == []
    with time_machine.travel("2026-12-10T00:30:00-06:00", tick=False):
        assert [words(entry, "title") for entry in entries(client)] == ["Of December"]


@pytest.mark.parametrize("number", [1, 40])
def test_the_feed_costs_the_same_for_one_and_for_many(client, number, django_assert_num_queries):
    for _ in range(number):
        make_article(is_advance=True)
    with django_assert_num_queries(2):  # when it changes next, and the articles
        assert len(entries(client)) == min(number, 30)
