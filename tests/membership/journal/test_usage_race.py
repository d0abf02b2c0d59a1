"""Writers and counts that meet, and a count that is broken off: nothing is lost, and nothing counts twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from membership.journal.counting import AccessType, UsageKind
from membership.journal.domain import usage, usage_counts
from membership.journal.models import ArticleUsage, UsageEvent, UsageSalt
from tests import racing

from ..factories import day, make_article
from .reading import BROWSER

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 6, 20


def openings(article, writer: int = 0, each: int = EACH) -> list[usage.Noted]:
    noon = timezone.localtime().replace(hour=12, minute=0) - timedelta(days=1)
    opening = usage.Opening(UsageKind.REQUEST, "", article.pk, AccessType.OPEN, 2026)
    return [usage.Noted(noon, opening, f"192.0.2.{writer} {number}", BROWSER) for number in range(each)]


def requests() -> int:
    return sum(ArticleUsage.objects.values_list("requests", flat=True))


def test_many_processes_write_a_day_that_is_counted_and_folded_at_that_moment():
    article = make_article()
    writers = [lambda writer=writer: usage.write_noted(openings(article, writer)) for writer in range(WRITERS)]
    others = [lambda: usage_counts.count_due_day(f"{day(-1)}"), lambda: usage_counts.fold_day(day(-1))]

    said = racing.at_once(*writers, *others)
    assert said[:WRITERS] == [EACH] * WRITERS
    for row in usage_counts.due_days(timezone.now() + usage.ONE_DAY):  # yesterday is due by then, at whatever hour
        usage_counts.count_due_day(row.key)

    assert requests() == WRITERS * EACH
    assert racing.at_once(*[lambda: usage_counts.fold_day(day(-1))] * 3).count(0) >= 2
    assert (requests(), UsageEvent.objects.count()) == (WRITERS * EACH, 0)


def test_whoever_counts_waits_for_whoever_writes_so_that_no_opening_is_behind_its_salt():
    article = make_article()
    usage.write_noted(openings(article, 9))  # which makes the salt
    has_salt, may_end = threading.Event(), threading.Event()

    def writes():
        with transaction.atomic():
            usage.write_noted(openings(article))
            has_salt.set()
            return may_end.wait(1)

    def counts():
        has_salt.wait(20)
        usage_counts.count_due_day(f"{day(-1)}")
        return requests()

    assert racing.at_once(writes, counts) == [False, 2 * EACH]
    assert UsageSalt.objects.count() == 0


@pytest.mark.parametrize("step", [usage_counts.count_day, usage_counts.fold_day])
def test_a_count_that_is_broken_off_changes_nothing(step, monkeypatch):
    article = make_article()
    usage.write_noted(openings(article))
    usage_counts.count_day(day(-1))
    before = list(ArticleUsage.objects.values()), UsageEvent.objects.count()

    class Killed(BaseException):
        pass

    def breaks_off(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "INSERT INTO membership_articleusage" in sql:
            raise Killed
        return result

    with pytest.raises(Killed), connection.execute_wrapper(breaks_off):
        step(day(-1))
    assert (list(ArticleUsage.objects.values()), UsageEvent.objects.count()) == before
