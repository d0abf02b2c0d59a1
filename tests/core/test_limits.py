"""Limits count exactly, whatever happens at the same moment or is rolled back afterwards."""

from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection, transaction
from django.test import RequestFactory

from aapm_site.core.http.limits import digest, give_back, network, tidy, within, within_limit
from aapm_site.core.models import LimitCount
from aapm_site.core.tasks import tidy as hourly
from tests.racing import PATIENCE, at_once

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MANY, MOST = 24, 10


def use(subject="192.0.2.1", name="test"):
    return within(name, subject, times=MOST, seconds=600)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_the_limit_pass():
    for number in range(5):
        passed = at_once(*[lambda number=number: use(f"round {number}")] * MANY)

        assert sorted(passed) == [False] * (MANY - MOST) + [True] * MOST
        assert LimitCount.objects.get(subject=digest(f"round {number}")).times == MANY


@pytest.mark.django_db(transaction=True)
def test_counting_in_two_steps_lets_all_of_them_pass():
    """The race of the test above is there: whoever reads first and writes afterwards does not see the others."""
    row = LimitCount.objects.create(name="test", subject="two steps", times=0, ends_at=NOON)
    have_read = Barrier(MANY)

    def use_in_two_steps():
        times = LimitCount.objects.get(pk=row.pk).times + 1
        have_read.wait(PATIENCE)
        LimitCount.objects.filter(pk=row.pk).update(times=times)
        return times <= MOST

    assert at_once(*[use_in_two_steps] * MANY) == [True] * MANY


@pytest.mark.django_db(transaction=True)
def test_a_rollback_does_not_forget_a_use():
    use()
    with transaction.atomic():
        use()
        transaction.set_rollback(True)

    assert LimitCount.objects.get().times == 2


@pytest.mark.django_db(transaction=True)
def test_a_transaction_holds_nobody_up_who_is_counted_too():
    with transaction.atomic():
        use()
        assert at_once(use, use) == [True, True]

    assert LimitCount.objects.get().times == 3


@pytest.mark.django_db
def test_a_use_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        use()


@pytest.mark.django_db
def test_a_limit_counts_for_one_address_and_window():
    def ask(ip):
        return within_limit(RequestFactory(REMOTE_ADDR=ip).post("/ask/"), "test", times=2, seconds=600)

    with time_machine.travel(NOON, tick=False):
        assert [ask("192.0.2.1") for _ in range(3)] == [True, True, False]
        assert ask("192.0.2.2") is True
    with time_machine.travel(NOON + timedelta(seconds=600), tick=False):
        assert ask("192.0.2.1") is True


@pytest.mark.django_db
def test_a_window_begins_with_the_first_use_and_is_not_made_longer_by_others():
    with time_machine.travel(NOON, tick=False):
        assert all(use() for _ in range(MOST))
    with time_machine.travel(NOON + timedelta(seconds=599), tick=False):
        assert not use()
    with time_machine.travel(NOON + timedelta(seconds=600), tick=False):
        assert use()


@pytest.mark.django_db
def test_limits_of_different_names_do_not_meet():
    for _ in range(MOST):
        use(name="one")

    assert not use(name="one")
    assert use(name="another")


@pytest.mark.django_db
def test_a_use_that_is_given_back_does_not_count():
    for _ in range(MOST):
        use()
    give_back("test", "192.0.2.1")

    assert [use(), use()] == [True, False]


@pytest.mark.django_db
def test_nothing_is_given_back_that_was_not_used():
    give_back("test", "192.0.2.1")
    use()
    give_back("test", "192.0.2.1")
    give_back("test", "192.0.2.1")

    assert LimitCount.objects.get().times == 0


@pytest.mark.django_db
def test_the_table_names_nobody():
    use("amara@example.org from 192.0.2.1")

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(core_limitcount)::text, '') FROM core_limitcount")
        kept = cursor.fetchone()[0]
    assert "amara" not in kept
    assert "192.0.2.1" not in kept


@pytest.mark.django_db
@pytest.mark.parametrize("forget", [tidy, hourly])
def test_counts_whose_window_has_ended_are_tidied_away(forget):
    with time_machine.travel(NOON, tick=False):
        use("earlier")
    with time_machine.travel(NOON + timedelta(seconds=300), tick=False):
        use("later")
    with time_machine.travel(NOON + timedelta(seconds=600), tick=False):
        forget()

    assert LimitCount.objects.get().subject == digest("later")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_network_is_what_one_reader_may_vary(address, expected):
    assert network(RequestFactory(REMOTE_ADDR=address).post("/ask/")) == expected


@pytest.mark.django_db
def test_one_network_is_counted_once_however_its_addresses_vary():
    asked = [
        within_limit(RequestFactory(REMOTE_ADDR=f"2001:db8::{number:x}").post("/"), "test", times=3, seconds=600)
        for number in range(1, 6)
    ]

    assert asked == [True, True, True, False, False]
