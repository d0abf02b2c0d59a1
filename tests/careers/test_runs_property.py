"""A thousand steps at random: nobody is live on more days than were bought or given, and the books fit after each."""

import contextlib
from collections import defaultdict
from datetime import date, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from aapm_site.billing.domain import payments
from aapm_site.billing.models import Order
from aapm_site.billing.states import OrderStatus
from aapm_site.core.transitions import NotAllowed
from careers.choices import CreditReason, DaysReason
from careers.credit_types import CreditType
from careers.domain import books, credits, jobs, renewals
from careers.domain.days import give_days
from careers.models import CreditEntry, DaysEntry, Employer, Job, JobRun
from careers.run_dates import MOST_PAUSED

from .factories import make_employer, make_job, make_member, make_package, make_user, order_of, pay

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Chicago")
JOBS, ORDERS = 4, 2
EXAMPLES, STEPS = 25, 40  # a thousand
OF_A_JOB = (
    "submit", "submit", "approve", "approve", "pause", "resume", "resume", "fill", "withdraw", "reopen", "renew",
    "lengthen", "take back",
)  # fmt: skip
OF_AN_ORDER = ("pay", "pay", "bounce")
steps = st.one_of(
    st.tuples(st.sampled_from(OF_A_JOB), st.integers(0, JOBS - 1), st.integers(7, 40)),
    st.tuples(st.sampled_from(OF_A_JOB), st.integers(0, JOBS - 1), st.integers(7, 40)),
    st.tuples(st.sampled_from(OF_AN_ORDER), st.integers(0, ORDERS - 1), st.just(0)),
    st.tuples(st.just("clock"), st.just(0), st.sampled_from((0, 1, 3, 11, 40, 100))),
    st.tuples(st.sampled_from(("give", "give days")), st.just(0), st.integers(-2, 3)),
)


class Market:
    """An employer with jobs, two orders, and a clock; it notes on which days each job could be read."""

    def __init__(self) -> None:
        self.at = datetime(2032, 2, 20, 12, tzinfo=ZONE)  # a leap day and the change to summer time are near
        self.employer = make_employer()
        self.owner, self.staff = make_member(self.employer), make_user()
        make_package("pack", postings=3, price=60)
        self.orders = [order_of(self.employer, self.owner, "pack") for _ in range(ORDERS)]
        self.jobs = [make_job(self.employer, title=f"Job {number}") for number in range(JOBS)]
        self.seen: dict[int, set[date]] = defaultdict(set)
        self.checks = 0

    def take(self, verb: str, number: int, count: int) -> None:
        job = Job.objects.get(pk=self.jobs[number % JOBS].pk)
        order = Order.objects.get(pk=self.orders[number % ORDERS].pk)
        employer = Employer.objects.get(pk=self.employer.pk)
        {
            "submit": lambda: jobs.submit_job(job, by=self.owner, kind=CreditType(30)),
            "approve": lambda: jobs.approve_job(job, by=self.staff),
            "take back": lambda: jobs.take_job_back(job, by=self.owner),
            "pause": lambda: jobs.pause_job(job, by=self.owner),
            "resume": lambda: jobs.resume_job(job, by=self.owner),
            "fill": lambda: jobs.fill_job(job, by=self.owner),
            "withdraw": lambda: number != 1 or jobs.withdraw_job(job, by=self.owner),
            "reopen": lambda: renewals.reopen_job(job, by=self.owner),
            "renew": lambda: renewals.renew_job(job, by=self.owner, kind=CreditType(30)),
            "lengthen": lambda: renewals.lengthen_job(job, count, by=self.owner),
            "pay": lambda: self.pay(order),
            "bounce": lambda: self.bounce(order),
            "give": lambda: credits.give_credits(employer, count, by=self.staff, reason="x"),
            "give days": lambda: give_days(employer, count * 9, by=self.staff, reason="x"),
            "clock": lambda: self.wait(count),
        }[verb]()

    def pay(self, order: Order) -> None:
        if order.status == OrderStatus.AWAITING_PAYMENT:
            self.checks += 1
            pay(order, f"check {self.checks}")

    def bounce(self, order: Order) -> None:
        if order.status == OrderStatus.PAID:
            payments.return_payment_unpaid(order.payments.latest("pk"), by=self.staff, reason="Not covered.")

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.at += timedelta(days=1)
            self.note()

    def note(self) -> None:
        """Who can be read today."""
        for key in Job.objects.live(self.at).values_list("pk", flat=True):
            self.seen[key].add(self.at.date())

    def worth(self) -> int:
        """The days that were bought or given, less those that were taken back."""
        papers = (CreditReason.BOUGHT, CreditReason.GIVEN, CreditReason.TAKEN_BACK)
        days = (DaysReason.GIVEN, DaysReason.TAKEN_BACK, DaysReason.RESTORED)
        postings = CreditEntry.objects.filter(kind__in=papers).aggregate(sum=Sum(F("change") * F("runs_days")))
        return (postings["sum"] or 0) + (
            DaysEntry.objects.filter(kind__in=days).aggregate(sum=Sum("change"))["sum"] or 0
        )

    def check(self) -> None:
        self.note()
        assert list(books.find_faults()) == []
        paused = dict(JobRun.objects.order_by().values_list("job").annotate(sum=Sum("paused_days")))
        assert max(paused.values(), default=0) <= MOST_PAUSED
        had = JobRun.objects.aggregate(sum=Sum(F("days") + F("lengthened_days") - F("returned_days")))["sum"] or 0
        # What runs used and may still use is covered, and nobody was seen on a day that no run has.
        assert had <= self.worth()
        assert sum(map(len, self.seen.values())) <= had + sum(paused.values())


@hypothesis_settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=STEPS, max_size=STEPS))
def test_nobody_is_live_on_more_days_than_were_bought_or_given(taken):
    with transaction.atomic():
        market = Market()
        with patch.object(timezone, "now", lambda: market.at):
            market.take("pay", 0, 0)
            for verb, number, count in taken:
                with contextlib.suppress(NotAllowed):
                    market.take(verb, number, count)
                market.check()
        transaction.set_rollback(True)
