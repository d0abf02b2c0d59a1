"""Full texts that everybody reads on some days: after an embargo, and while the editors have chosen them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from aapm_site.core.cache import lifetime, page_cache
from membership.access import AccessReason, decide, reach_of
from membership.journal.domain.words import write_words
from membership.journal.models import Article
from membership.journal.models.article import ArticleTraits, free_on
from membership.journal.queries import article_search
from membership.journal.queries.article_search import ArticleCriteria
from membership.journal.queries.issues import midnight, next_boundary
from membership.states import FreeKind
from tests.core.finding import found

from ..factories import BODY_CANARY, day, make_article, make_issue, make_member

pytestmark = pytest.mark.django_db
OPEN, OVER, CHOSEN = FreeKind.OPEN, FreeKind.EMBARGO_OVER, FreeKind.CHOSEN
D = {number: date(2026, 3, number) for number in range(1, 12)}

# free_to_read, free_from, chosen_from, chosen_until; then the day, what it is on it, and when that may change next.
CASES = [
    ((False, None, None, None), 5, None, None),
    ((True, None, None, None), 5, OPEN, None),
    ((False, 6, None, None), 5, None, 6),
    ((False, 6, None, None), 6, OVER, None),
    ((False, 6, None, None), 7, OVER, None),
    ((False, None, 4, 6), 3, None, 4),
    ((False, None, 4, 6), 4, CHOSEN, 7),
    ((False, None, 4, 6), 6, CHOSEN, 7),
    ((False, None, 4, 6), 7, None, None),
    ((False, None, 4, 4), 4, CHOSEN, 5),
    ((False, 5, 4, 6), 4, CHOSEN, 5),
    ((False, 5, 4, 6), 5, OVER, 7),
    ((True, 5, 4, 6), 4, OPEN, 5),
    ((False, 9, 4, 6), 7, None, 9),
]


def traits(free_to_read, *days):
    made = ArticleTraits()
    made.free_to_read = free_to_read
    made.free_from, made.chosen_from, made.chosen_until = (D.get(number) for number in days)
    return made


@pytest.mark.parametrize(("fields", "on", "kind", "changes"), CASES)
def test_what_it_is_on_a_day_and_when_that_changes(fields, on, kind, changes):
    made = traits(*fields)
    assert made.free_on(D[on]) is kind
    assert made.free_changes_after(D[on]) == D.get(changes)


def test_a_query_says_the_same():
    issue = make_issue(published_on=D[1])
    for fields, on, kind, _ in CASES:
        made = traits(*fields)
        row = make_article(issue, published_on=D[1], **vars(made))
        write_words(row, "<p>The quokka slept.</p>")
        assert Article.objects.filter(free_on(D[on]), pk=row.pk).exists() is bool(kind), (fields, on)
        visitor = AnonymousUser()
        assert decide(visitor, row, D[on]).allowed is bool(kind)
        hits = article_search.find(ArticleCriteria("quokka"), reach_of(visitor, D[on]), D[on])
        assert ((row.pk, True) in hits) is bool(kind)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 3, 6), date(2026, 3, 5)), (date(2026, 3, 6), None), (None, D[6])]
)
def test_a_choice_has_two_days_in_order(first, last):
    with pytest.raises(IntegrityError, match="chosen_for_a_time"), transaction.atomic():
        make_article(chosen_from=first, chosen_until=last)


def test_the_first_change_of_all_ends_what_is_remembered():
    issue = make_issue(published_on=day(-20))
    assert next_boundary(day(0)) is None
    for fields, first in (
        ({"free_from": day(30)}, 30),
        ({"chosen_from": day(-3), "chosen_until": day(19)}, 20),
        ({"chosen_from": day(10), "chosen_until": day(12)}, 10),
        ({"chosen_from": day(-5), "chosen_until": day(0)}, 1),
    ):
        make_article(issue, published_on=day(-20), **fields)
        assert next_boundary(day(0)) == midnight(day(first))


def test_the_page_opens_says_why_and_closes_again_out_of_the_cache_too(client, settings):
    settings.PAGE_CACHE = True
    made = make_article(chosen_from=day(0), chosen_until=day(2))
    until = f"{day(2):%B} {day(2).day}, {day(2).year}"
    address, closes = made.get_absolute_url(), midnight(day(3))
    with time_machine.travel(closes - timedelta(seconds=30), tick=False):
        for _ in range(2):
            content = client.get(address).content.decode()
            assert BODY_CANARY in content
            assert f"Editors’ choice: free for everybody until {until}" in content
            assert '"isAccessibleForFree":true' in content.replace(" ", "")
        (kept,) = page_cache.pages.entries.values()
        assert kept.ends == pytest.approx(lifetime.moment(closes), abs=15)
        assert f"until {until}" in client.get("/journal/").content.decode()
        assert [hit.title for hit in found(made.title, AnonymousUser())] == [made.title]
    page_cache.pages.clear()  # its clock is no calendar
    with time_machine.travel(closes + timedelta(seconds=1), tick=False):
        content = client.get(address).content.decode()
        assert BODY_CANARY not in content
        assert 'id="gate"' in content
        assert "Chosen by the editors" not in client.get("/journal/").content.decode()


def test_an_embargo_ends_at_midnight_and_a_lapsed_reader_learns_when(client):
    made, former = make_article(free_from=day(5)), make_member((-800, -400))
    assert decide(former, made, day(4)).reason is AccessReason.LAPSED
    client.force_login(former)
    words = f"It is free for everybody from {day(5):%B} {day(5).day}, {day(5).year}"
    assert words in client.get(made.get_absolute_url()).content.decode()
    after = decide(former, made, day(5))
    assert (after.allowed, after.reason) == (True, AccessReason.EMBARGO_OVER)
