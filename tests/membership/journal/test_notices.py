"""Corrections and retractions are marked on both articles, wherever either is named."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from membership.journal.domain import notices
from membership.journal.models import Article, ArticleRelation
from membership.journal.queries.notices import notices_of
from membership.journal.search import JOURNAL
from tests.core.finding import found
from tests.factories import staff_client
from tests.racing import at_once

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


# As the editor does it ------------------------------------------------------------------------------------------------
def tie(article: Article) -> str:
    return reverse("admin:membership_article_tie_notice", args=[article.pk])


def test_an_editor_ties_a_notice_to_an_article_and_takes_that_back(article):
    made = make_article(title="A notice of the editors", doi="10.5555/pm.notice")
    editor = staff_client("Journal editor")

    said = editor.post(
        tie(made), {"kind": "retracted-article", "doi": "https://doi.org/10.5555/pm.1"}, follow=True
    ).text

    assert "This notice retracts an article. Both pages say so: doi:10.5555/PM.1." in said
    assert "This notice retracts an article. doi:10.5555/PM.1 <small>(written here)</small>" in said
    made.refresh_from_db()
    relation = ArticleRelation.objects.get()
    assert (relation.noted_by is not None, made.free_to_read) == (True, True)
    assert "<title>RETRACTED: Sleep cures all" in page(article)
    assert "This notice retracts an article." in page(made)
    (hit,) = found("cures", make_user(), JOURNAL)
    assert hit.title == "RETRACTED: Sleep cures all"

    back = reverse("admin:membership_article_untie_notice", args=[made.pk])
    assert editor.post(back, {"relation": relation.pk}).status_code == 302
    again = editor.post(back, {"relation": relation.pk})
    assert "Somebody has taken it back already, or it was delivered." in again.text
    assert "RETRACTED" not in page(article)


@pytest.mark.parametrize(
    ("doi", "said"),
    [
        ("10.5555/nowhere", "There is no article with the DOI 10.5555/nowhere here."),
        ("10.5555/pm.notice", "This is the article’s own DOI."),
        ("no doi", "A DOI looks like 10.5555/pm.2026.0801."),
        ("", "Give the DOI of the article of which this one speaks."),
    ],
)
def test_what_cannot_be_tied_is_said_with_what_was_typed(article, doi, said):
    made = make_article(doi="10.5555/pm.notice")

    answer = staff_client("Journal editor").post(tie(made), {"kind": "corrected-article", "doi": doi})

    assert (answer.status_code, said in answer.text, f'value="{doi}"' in answer.text or not doi) == (422, True, True)
    assert not ArticleRelation.objects.exists()


def test_the_same_is_said_once_and_never_by_both_of_each_other(article):
    made = make_article(doi="10.5555/pm.notice")
    notices.tie_notice(made, doi="10.5555/pm.1", kind="retracted-article", by=None)

    with pytest.raises(notices.NotTied, match="says that already"):
        notices.tie_notice(made, doi="10.5555/PM.1", kind="retracted-article", by=None)
    with pytest.raises(notices.NotTied, match="The other article says the same of this one"):
        notices.tie_notice(article, doi="10.5555/pm.notice", kind="retracted-article", by=None)


def test_a_delivery_takes_away_what_deliveries_said_and_leaves_what_editors_wrote(article):
    made = make_article(doi="10.5555/pm.notice")
    notices.tie_notice(made, doi="10.5555/pm.1", kind="retracted-article", by=None)
    delivered = ArticleRelation.objects.create(article=made, kind="commentary", doi="10.5555/pm.1")
    with pytest.raises(notices.NotTied, match="This stands in what the publisher delivered"):
        notices.untie_notice(delivered)

    notices.keep_delivered(made, [("companion", "10.5555/pm.1"), ("retracted-article", "10.5555/PM.1")])

    said = ArticleRelation.objects.order_by("kind")
    assert [(one.kind, one.noted_at is None) for one in said] == [("companion", True), ("retracted-article", False)]


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_tie_the_same_at_once_one_does():
    make_article(title="Sleep cures all", doi="10.5555/PM.1")
    made = make_article(doi="10.5555/pm.notice")

    done = at_once(*[lambda: notices.tie_notice(made, doi="10.5555/pm.1", kind="retracted-article", by=None)] * 2)

    assert sorted(type(one).__name__ for one in done) == ["ArticleRelation", "NotTied"]
