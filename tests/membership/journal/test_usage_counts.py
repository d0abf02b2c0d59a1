"""Usage by COUNTER 5.1: double clicks, sessions and access as a table, and all of it against a plain count."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from membership.journal.counting import AccessType, UsageKind
from membership.journal.domain import usage, usage_counts
from membership.journal.models import Article, ArticleUsage, SearchUsage

from ..factories import make_article
from .reading import Counted, Pressed, counted_plainly, noted

pytestmark = pytest.mark.django_db
R, D, L = UsageKind.REQUEST, UsageKind.DENIED, UsageKind.LOOK
# Noon in Chicago of a day that is over; the seconds are counted from here.
NOON = datetime(2026, 11, 17, 18, 0, tzinfo=UTC)
DAY = timezone.localdate(NOON)
FIRST = DAY.replace(day=1)

# Who pressed what, at which second; the counts are investigations, requests, the unique ones of both, denials.
TABLE = {
    "one reading": ([("a", R, 0)], (1, 1, 1, 1, 0)),
    "a double click of 29 seconds": ([("a", R, 0), ("a", R, 29)], (1, 1, 1, 1, 0)),
    "a double click of 30 seconds": ([("a", R, 0), ("a", R, 30)], (1, 1, 1, 1, 0)),
    "two readings 31 seconds apart, one session": ([("a", R, 0), ("a", R, 31)], (2, 2, 1, 1, 0)),
    "pressing on and on counts once": ([("a", R, 20 * n) for n in range(10)], (1, 1, 1, 1, 0)),
    "of two pairs each counts once": ([("a", R, 0), ("a", R, 10), ("a", R, 60), ("a", R, 70)], (2, 2, 1, 1, 0)),
    "two readers at one second": ([("a", R, 0), ("b", R, 0)], (2, 2, 2, 2, 0)),
    "page and PDF are two requests of one item": ([("a", R, 0), ("a", R, 5, "file pdf")], (2, 2, 1, 1, 0)),
    "the citation is no request": ([("a", R, 0), ("a", L, 5, "cite.ris")], (2, 1, 1, 1, 0)),
    "the gate": ([("a", D, 0)], (1, 0, 1, 0, 1)),
    "the gate pressed twice": ([("a", D, 0), ("a", D, 12)], (1, 0, 1, 0, 1)),
    "the gate, then let in within 30 seconds: the last stays": ([("a", D, 0), ("a", R, 20)], (1, 1, 1, 1, 0)),
    "the gate, then let in later": ([("a", D, 0), ("a", R, 300)], (2, 1, 1, 1, 1)),
    "the next hour is another session": ([("a", R, 0), ("a", R, 3_600)], (2, 2, 2, 2, 0)),
    "59 minutes are one session": ([("a", R, 0), ("a", R, 3_599)], (2, 2, 1, 1, 0)),
    "a double click over the hour is of the later one": ([("a", R, 3_590), ("a", R, 3_605)], (1, 1, 1, 1, 0)),
}


def press(article: Article, steps) -> list[Pressed]:
    return [
        Pressed(reader, article.pk, use, NOON + timedelta(seconds=second), *part)
        for reader, use, second, *part in steps
    ]


def counts(**which) -> dict[tuple[int | None, str], Counted]:
    rows = ArticleUsage.objects.filter(**which).values_list("article_id", "access", *Counted._fields)
    return {(article, access): Counted(*figures) for article, access, *figures in rows}


@pytest.mark.parametrize(("steps", "expected"), TABLE.values(), ids=TABLE)
def test_the_table(steps, expected):
    article = make_article()
    pressed = press(article, steps)

    assert usage.write_noted(noted(pressed)) == len(steps)
    assert usage_counts.count_day(DAY) == len(steps)

    assert counts() == {(article.pk, "controlled"): Counted(*expected)}
    assert counted_plainly(pressed) == {(article.pk, AccessType.CONTROLLED): Counted(*expected)}


moments = st.builds(
    lambda day, second: NOON + timedelta(days=day, seconds=second), st.integers(0, 2), st.integers(0, 7_300)
)
presses = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.integers(0, 2), st.sampled_from([R, R, D, L]), moments,
        st.sampled_from(["", "", "pdf"]), st.sampled_from(AccessType),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=60)
@given(presses, st.lists(st.integers(0, 2), max_size=3))
def test_days_and_months_are_what_a_plain_count_finds_however_often_they_are_made(drawn, folded):
    with transaction.atomic():
        articles = list(Article.objects.order_by("pk")) or [make_article() for _ in range(2)]
        keys = [*(one.pk for one in articles), None]
        pressed = [
            Pressed(reader, keys[which], use, at, part, access) for reader, which, use, at, part, access in drawn
        ]
        usage.write_noted(noted(pressed))
        for number in range(3):
            usage_counts.count_day(DAY + timedelta(days=number))
        for number in folded:
            usage_counts.fold_day(DAY + timedelta(days=number))
        usage_counts.count_day(DAY)

        plain = counted_plainly(pressed)
        found = {}
        for article, access, *figures in ArticleUsage.objects.values_list("article_id", "access", *Counted._fields):
            before = found.get((article, access), Counted())
            found[article, access] = Counted(*(old + new for old, new in zip(before, figures, strict=True)))
        assert found == {key: value for key, value in plain.items() if key[0] is not None}
        searched = sum(SearchUsage.objects.values_list("searches", flat=True))
        assert searched == sum(value.investigations for key, value in plain.items() if key[0] is None)
        transaction.set_rollback(True)
