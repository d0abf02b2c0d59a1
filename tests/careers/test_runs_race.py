"""People who meet over the days of positions, each over a connection of their own."""

import threading

import pytest
from django.db import transaction

from aapm_site.billing.domain import payments
from aapm_site.core.transitions import NotAllowed
from careers.choices import DaysReason
from careers.domain import books, days_ledger, jobs, renewals, runs
from careers.models import CreditBalance, DaysBalance, DaysEntry, Job, JobRun
from tests import racing

from .factories import credits_for, make_employer, make_job, make_member, make_package, order_of, pay

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(*steps) -> list:
    found = racing.at_once(*steps)
    assert [one for one in found if isinstance(one, Exception) and not isinstance(one, NotAllowed)] == []
    return found


def live(employer) -> Job:
    credits_for(employer)
    return jobs.approve_job(jobs.submit_job(make_job(employer), by=None), by=None)


def test_twenty_renewals_with_one_posting_left_and_one_gets_it():
    employer = make_employer()
    owner = make_member(employer)
    positions = [live(employer) for _ in range(4)]
    credits_for(employer)

    said = outcomes(*[lambda job=job: renewals.renew_job(job, by=owner) for job in positions * 5])

    assert sum(isinstance(one, NotAllowed) for one in said) == 19
    assert JobRun.objects.count() == 5
    assert CreditBalance.objects.get().left == 0
    assert list(books.find_faults()) == []


def test_one_press_that_is_sent_six_times_renews_once_and_six_presses_six_times():
    employer = make_employer()
    job = live(employer)
    credits_for(employer, 12)
    seen = runs.mark_of(list(job.runs.all()))

    said = outcomes(*[lambda: renewals.renew_job(job, by=None, seen=seen) for _ in range(6)])
    assert sum(isinstance(one, renewals.DaysOvertaken) for one in said) == 5
    assert CreditBalance.objects.get().left == 11

    outcomes(*[lambda: renewals.renew_job(job, by=None) for _ in range(6)])  # what no page has shown is not compared
    assert CreditBalance.objects.get().left == 5


def test_ten_who_lengthen_with_days_for_one():
    employer = make_employer()
    job = live(employer)
    days_ledger.add_days(employer, False, 10, DaysReason.GIVEN, reason="x")
    said = outcomes(*[lambda: renewals.lengthen_job(job, 7, by=None) for _ in range(10)])
    assert sum(isinstance(one, NotAllowed) for one in said) == 9
    assert (DaysBalance.objects.get().left, JobRun.objects.get().lengthened_days) == (3, 7)
    assert list(books.find_faults()) == []


def test_a_position_filled_twenty_times_gives_its_days_back_once():
    employer = make_employer()
    owner, job = make_member(employer), live(employer)
    said = outcomes(*[lambda: jobs.fill_job(job, by=owner) for _ in range(20)])
    assert sum(isinstance(one, NotAllowed) for one in said) == 19
    assert [entry.change for entry in DaysEntry.objects.all()] == [29]


def test_control_without_the_condition_ten_would_use_the_same_days():
    """Read, then write, as one must not: it shows that these tests can see a race."""
    employer = make_employer()
    days_ledger.add_days(employer, False, 10, DaysReason.GIVEN, reason="x")
    both_have_read = threading.Barrier(2)

    def careless():
        with transaction.atomic():
            left = DaysBalance.objects.get().left
            both_have_read.wait(timeout=20)
            DaysBalance.objects.update(left=left - 7)

    outcomes(careless, careless)
    assert DaysBalance.objects.get().left == 3


@pytest.mark.parametrize("first", ["the bank", "the employer"])
def test_filling_at_the_moment_at_which_the_check_bounces(first):
    """Whoever has the employer's lock goes on; the other one waits, and counts what stands then."""
    make_package("three-pack", postings=3, price=200)
    employer = make_employer()
    owner = make_member(employer)
    order = order_of(employer, owner)
    pay(order)
    employer.refresh_from_db()
    job = jobs.approve_job(jobs.submit_job(make_job(employer), by=owner), by=None)
    done, met = threading.Event(), threading.Event()

    def bounce() -> None:
        payments.return_payment_unpaid(order.payments.get(), by=None, reason="Not covered.")

    def fill() -> None:
        jobs.fill_job(job, by=owner)

    one, other = (bounce, fill) if first == "the bank" else (fill, bounce)

    def goes_first() -> None:
        with transaction.atomic():
            one()
            done.set()
            met.wait(timeout=1)  # whoever does not wait for the lock is through by then

    def goes_second() -> None:
        assert done.wait(timeout=20)
        other()
        met.set()

    assert outcomes(goes_first, goes_second) == [None, None]
    assert (CreditBalance.objects.get().left, DaysBalance.objects.get().left) == (0, 0)
    changes = DaysEntry.objects.order_by("pk").values_list("kind", "change")
    assert list(changes) == [(DaysReason.FILLED, 29), (DaysReason.TAKEN_BACK, -29)]
    order.refresh_from_db()
    pay(order, "4712")
    assert (CreditBalance.objects.get().left, DaysBalance.objects.get().left) == (2, 29)
    assert list(books.find_faults()) == []


def test_twenty_at_once_end_and_add_up():
    """Filling, renewing, pausing and reopening take their locks in one order."""
    employer = make_employer()
    owner = make_member(employer)
    positions = [live(employer) for _ in range(4)]
    credits_for(employer, 6)
    outcomes(
        *[lambda job=job: jobs.fill_job(job, by=owner) for job in positions],
        *[lambda job=job: renewals.renew_job(job, by=owner) for job in positions],
        *[lambda job=job: jobs.pause_job(job, by=owner) for job in positions],
        *[lambda job=job: renewals.lengthen_job(job, 7, by=owner) for job in positions],
        *[lambda job=job: renewals.reopen_job(job, by=owner) for job in positions],
    )
    assert list(books.find_faults()) == []
