"""The balance is what the ledger adds up to, whatever happens in whatever order; and the database holds to it."""

import contextlib

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from aapm_site.core.transitions import NotAllowed
from careers.choices import CreditReason
from careers.credit_types import CreditType
from careers.domain import credit_ledger, credits, jobs
from careers.models import CreditBalance, CreditEntry, Job
from careers.states import JobStatus

from .factories import credits_for, make_employer, make_job, make_member, make_package, make_user, order_of

pytestmark = pytest.mark.django_db

KINDS = (CreditType(30), CreditType(60), CreditType(30, featured=True))
JOBS = 4
kinds, numbers, counts = st.sampled_from(KINDS), st.integers(0, JOBS - 1), st.integers(-4, 4)
steps = st.one_of(
    st.tuples(st.just("give"), counts, kinds),
    st.tuples(st.just("buy"), st.integers(0, 1), kinds),
    st.tuples(st.just("unbuy"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("submit"), numbers, kinds),
    st.tuples(st.just("wait"), numbers, kinds),
    st.tuples(st.sampled_from(("take back", "send back", "approve", "withdraw")), numbers, kinds),
)


class World:
    """An employer with four drafts and two orders of three postings each."""

    def __init__(self) -> None:
        self.employer = make_employer()
        self.owner, self.staff = make_member(self.employer), make_user()
        make_package("pack", postings=3, price=60)
        self.lines = [order_of(self.employer, self.owner, "pack", 2).lines.get() for _ in range(2)]
        self.jobs = [make_job(self.employer, title=f"Job {number}") for number in range(JOBS)]

    def take(self, verb: str, number: int, kind: CreditType | bool) -> None:
        job = Job.objects.get(pk=self.jobs[max(number, 0) % JOBS].pk)
        {
            "give": lambda: credits.give_credits(
                self.employer, number, runs_days=kind.runs_days, featured=kind.featured, by=self.staff, reason="x"
            ),
            "buy": lambda: credits.add_bought_credits([self.lines[number]]),
            "unbuy": lambda: credits.take_back_credits(self.lines[number], 1, forced=kind),
            "submit": lambda: jobs.submit_job(job, by=self.owner, kind=kind),
            "wait": lambda: jobs.await_payment(job, by=self.owner),
            "take back": lambda: jobs.take_job_back(job, by=self.owner),
            "send back": lambda: jobs.return_job(job, by=self.staff, reason="x"),
            "approve": lambda: jobs.approve_job(job, by=self.staff),
            "withdraw": lambda: jobs.withdraw_job(job, by=self.owner),
        }[verb]()

    def check(self) -> None:
        for kind in KINDS:
            entries = CreditEntry.objects.of_kind(kind).filter(employer=self.employer)
            added = entries.aggregate(sum=Sum("change", default=0))["sum"]
            assert credit_ledger.credits_left(self.employer, kind) == added >= 0
        for job in Job.objects.all():
            used = -CreditEntry.objects.filter(job=job).aggregate(sum=Sum("change", default=0))["sum"]
            assert used in (0, 1)
            assert (used == 1) == (credit_ledger.held_credit(job) is not None or job.runs.exists())
            # Who is read, was asked for a change, or was approved, has paid; who waits or starts anew has not.
            if job.status in {JobStatus.IN_REVIEW, JobStatus.RETURNED, JobStatus.APPROVED}:
                assert used == 1
            if job.status in {JobStatus.DRAFT, JobStatus.AWAITING_PAYMENT}:
                assert used == 0
        if Job.objects.filter(status=JobStatus.AWAITING_PAYMENT).exists():
            assert credit_ledger.owned_credits(self.employer) == {}


@hypothesis_settings(max_examples=40)
@given(st.lists(steps, max_size=14))
def test_the_balance_is_the_sum_of_the_ledger_and_never_below_zero(taken):
    with transaction.atomic():
        world = World()
        for verb, number, kind in taken:
            with contextlib.suppress(NotAllowed):
                world.take(verb, number, kind)
            world.check()
        transaction.set_rollback(True)


def test_a_balance_below_zero_is_refused():
    credits_for(make_employer())
    for nonsense in ({"left": -1}, {"runs_days": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CreditBalance.objects.update(**nonsense)


def test_an_employer_has_one_balance_of_a_kind():
    employer = make_employer()
    credits_for(employer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditBalance.objects.create(employer=employer, runs_days=30)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"kind": "given", "change": 0},
        {"kind": "given", "change": -1},
        {"kind": "bought", "change": 1},
        {"kind": "spent", "change": 1},
        {"kind": "spent", "change": -1},
        {"kind": "spent", "change": -2, "with_job": True},
        {"kind": "returned", "change": 2, "with_job": True},
        {"kind": "given", "change": 1, "with_job": True},
        {"kind": "given", "change": 1, "reason": ""},
        {"kind": "taken_back", "change": -1, "reason": ""},
        {"kind": "taken_back", "change": 1},
        {"kind": "stolen", "change": -1},
        {"kind": "given", "change": 1, "runs_days": 0},
    ],
    ids=str,
)
def test_an_entry_that_cannot_be_is_refused(nonsense):
    employer = make_employer()
    fields = {"employer": employer, "runs_days": 30, "reason": "x", **nonsense}
    if fields.pop("with_job", False):
        fields["job"] = make_job(employer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditEntry.objects.create(**fields)


def test_an_entry_is_neither_changed_nor_deleted_and_its_person_can_be_forgotten():
    credits_for(make_employer())
    CreditEntry.objects.update(by=make_user())
    for change in (
        {"change": 5},
        {"reason": "Another."},
        {"employer": make_employer()},
        {"kind": CreditReason.RETURNED},
    ):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            CreditEntry.objects.update(**change)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        CreditEntry.objects.all().delete()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        CreditBalance.objects.all().delete()

    CreditEntry.objects.update(by=None)

    assert CreditEntry.objects.get().change == 1


def test_the_history_keeps_what_a_balance_was_and_what_a_package_cost():
    employer = make_employer()
    credits_for(employer, 2)
    credits_for(employer, 3)
    assert list(CreditBalance.objects.get().events.order_by("pgh_id").values_list("left", flat=True)) == [2, 5]
    package = make_package(price=99)
    package.price = 120
    package.save()
    assert list(package.events.order_by("pgh_id").values_list("price", flat=True)) == [99, 120]
