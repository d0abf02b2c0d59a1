"""Corrections and retractions are marked on both articles, wherever either is named."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from membership.journal.models import Article, ArticleRelation
from membership.journal.queries.notices import notices_of
from membership.journal.search import JOURNAL
from tests.core.finding import found

from ..factories import day, make_article, make_issue, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(title="Sleep cures all", doi="10.5555/PM.1")


def notice(kind: str, **fields) -> Article:
    made = make_article(title="A notice of the editors", doi=None, **fields)
    ArticleRelation.objects.create(article=made, kind=kind, doi="10.5555/pm.1")
    return made


def page(article: Article) -> str:
    return Client().get(article.get_absolute_url()).content.decode()


def test_a_retraction_stands_on_both_pages_and_wherever_the_article_is_named(article):
    retraction = notice("retracted-article")

    here, there = page(article), page(retraction)

    assert "This article has been retracted. Do not rely on it." in here
    assert f'href="{retraction.get_absolute_url()}">A notice of the editors</a>' in here
    assert "<title>RETRACTED: Sleep cures all" in here
    assert '"headline": "RETRACTED: Sleep cures all"' in here
    assert '<meta name="citation_title" content="RETRACTED: Sleep cures all">' in here
    assert "RETRACTED: Sleep cures all. Pain Med." in here
    assert "This notice retracts an article." in there
    assert f'href="{article.get_absolute_url()}">Sleep cures all</a>' in there
    assert "taken-back" not in there
    for ending in ("ris", "bib"):
        told = Client().get(f"{article.get_absolute_url()}cite.{ending}").content.decode()
        assert "RETRACTED: Sleep cures all" in told
    for address in (article.issue.get_absolute_url(), "/journal/"):
        listed = Client().get(address).content.decode()
        assert ('class="taken-back">Retracted:</strong> ' in listed) is ("Sleep cures all" in listed)
    (hit,) = found("cures", make_user(), JOURNAL)
    assert hit.title == "RETRACTED: Sleep cures all"


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("corrected-article", "This article has been corrected.", "This notice corrects an article."),
        ("object-of-concern", "The editors have expressed concern about", "This notice expresses concern about"),
        ("commentary-article", "There is a comment on this article.", "This comments on an article."),
        ("companion", "A related article.", "A related article."),
    ],
)
def test_other_notices_stand_on_both_pages_and_retract_nothing(article, kind, here, there):
    other = notice(kind)

    assert here in page(article)
    assert there in page(other)
    assert "RETRACTED" not in page(article)


def test_a_notice_that_is_not_out_says_nothing(article):
    for made in (
        notice("retracted-article", published_on=day(3)),
        notice("retracted-article", issue=make_issue(published_on=day(3))),
    ):
        assert notices_of(article.pk, "10.5555/PM.1", day(0)) == ()
        assert len(notices_of(article.pk, "10.5555/PM.1", day(3))) > 0
        made.relations.all().delete()
    assert "RETRACTED" not in page(article)


def test_an_article_that_names_its_own_retraction_is_taken_back_and_the_notice_may_be_elsewhere(article):
    ArticleRelation.objects.create(article=article, kind="retraction-forward", doi="10.9999/else")

    shown = page(article)

    assert "<title>RETRACTED: Sleep cures all" in shown
    assert 'href="https://doi.org/10.9999/else">doi:10.9999/else</a>' in shown


def test_the_loudest_stands_first_and_each_once(article):
    notice("commentary-article")
    notice("corrected-article")
    notice("retracted-article")

    assert [one.tone for one in notices_of(article.pk, "10.5555/PM.1", day(0))] == ["bad", "warn", ""]


@pytest.mark.parametrize("number", [1, 5])
def test_notices_cost_two_queries(article, number):
    for _ in range(number):
        notice("corrected-article")
        ArticleRelation.objects.create(article=article, kind="companion", doi=make_article().doi)

    with CaptureQueriesContext(connection) as captured:
        assert len(notices_of(article.pk, "10.5555/PM.1", day(0))) == 2 * number
    assert len(captured) == 2
