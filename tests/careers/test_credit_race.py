"""Twenty people, or signals, meet over one employer's postings, each over a connection of its own."""

import threading
import time

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from aapm_site.billing.models import Customer
from aapm_site.billing.signals import invoice_paid
from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.core.transitions import NotAllowed
from careers.choices import CreditReason
from careers.credit_types import CreditType
from careers.domain import credit_ledger, credits, employers, jobs
from careers.models import CreditBalance, CreditEntry, Job
from careers.states import JobStatus
from tests import racing

from .factories import credits_for, make_employer, make_job, make_member, make_package, make_user, order_of, pay

pytestmark = pytest.mark.django_db(transaction=True)

MONTH = CreditType(30)


def outcomes(*steps) -> list:
    found = racing.at_once(*steps)
    assert [one for one in found if isinstance(one, Exception) and not isinstance(one, NotAllowed)] == []
    return found


def test_twenty_positions_want_the_last_posting_and_one_gets_it():
    employer = make_employer()
    owner = make_member(employer)
    credits_for(employer)
    drafts = [make_job(employer, title=f"Job {number}") for number in range(20)]

    said = outcomes(*[lambda job=job: jobs.submit_job(job, by=owner) for job in drafts])

    assert sum(isinstance(one, NotAllowed) for one in said) == 19
    assert Job.objects.filter(status=JobStatus.IN_REVIEW).count() == 1
    assert CreditEntry.objects.filter(kind=CreditReason.SPENT).count() == 1
    assert CreditBalance.objects.get().left == 0


def test_one_position_sent_twenty_times_uses_one_posting():
    employer = make_employer()
    owner, job = make_member(employer), make_job(employer)
    credits_for(employer, 20)
    said = outcomes(*[lambda: jobs.submit_job(job, by=owner) for _ in range(20)])
    assert sum(isinstance(one, NotAllowed) for one in said) == 19
    assert CreditBalance.objects.get().left == 19


def test_the_conditional_update_alone_holds_without_the_employers_lock():
    """Two lines of defense: here the first is left out, and the balance is still never below zero."""
    employer = make_employer()
    credits_for(employer)
    drafts = [make_job(employer, title=f"Job {number}") for number in range(20)]

    def spend(job):
        with transaction.atomic():
            credit_ledger.spend_credit(job, MONTH, by=None)

    said = outcomes(*[lambda job=job: spend(job) for job in drafts])

    assert sum(isinstance(one, credit_ledger.TooFew) for one in said) == 19
    assert CreditBalance.objects.get().left == 0


def test_control_without_the_condition_two_would_use_the_last_posting():
    """Read, then write, as one must not: it shows that these tests can see a race."""
    employer = make_employer()
    credits_for(employer)
    drafts = [make_job(employer, title=f"Job {number}") for number in range(2)]
    both_have_read = threading.Barrier(2)

    def careless(job):
        with transaction.atomic():
            left = CreditBalance.objects.get().left
            both_have_read.wait(timeout=20)
            if left < 1:
                raise NotAllowed("None is left.")
            CreditBalance.objects.update(left=left - 1)
            CreditEntry.objects.create(employer=employer, runs_days=30, kind=CreditReason.SPENT, change=-1, job=job)

    outcomes(*[lambda job=job: careless(job) for job in drafts])

    assert CreditEntry.objects.filter(kind=CreditReason.SPENT).count() == 2


def test_twenty_signals_of_one_invoice_give_its_postings_once():
    employer = make_employer()
    owner = make_member(employer)
    make_package("three-pack", postings=3, price=200)
    order = order_of(employer, owner)

    def signal():
        with transaction.atomic():
            invoice_paid.send(sender=None, invoice=order.invoice)

    outcomes(*[signal for _ in range(20)])

    assert [entry.change for entry in CreditEntry.objects.all()] == [3]
    assert CreditBalance.objects.get().left == 3


def test_a_position_that_begins_to_wait_while_a_payment_is_being_booked_does_not_miss_it():
    """The posting is there and not committed yet: who looks now must wait for it, or the position would for ever."""
    employer = make_employer()
    owner, job = make_member(employer), make_job(employer)
    booked, looked = threading.Event(), threading.Event()

    def book() -> None:
        with transaction.atomic():
            credits.give_credits(employer, 1, by=make_user(), reason="A gift.")
            booked.set()
            # Whoever does not wait is through long before this ends.
            looked.wait(timeout=1)

    def begin_to_wait() -> Job:
        booked.wait(timeout=20)
        try:
            return jobs.await_payment(job, by=owner)
        finally:
            looked.set()

    _, refused = outcomes(book, begin_to_wait)

    assert "You have 1 posting left" in str(refused)
    assert Job.objects.get().status == JobStatus.DRAFT
    assert credit_ledger.owned_credits(employer) == {MONTH: 1}


def test_taking_back_and_paying_at_once_end_and_add_up():
    """Both touch the employer, its positions and its balance: they take their locks in one order."""
    employer = make_employer()
    owner = make_member(employer)
    make_package("three-pack", postings=3, price=200)
    credits_for(employer, 5)
    sent = [jobs.submit_job(make_job(employer, title=f"Job {number}"), by=owner) for number in range(5)]
    waiting = [jobs.await_payment(make_job(employer, title=f"Waits {number}"), by=owner) for number in range(4)]
    order = order_of(employer, owner)

    outcomes(
        *[lambda job=job: jobs.take_job_back(job, by=owner) for job in sent],
        *[lambda job=job: jobs.withdraw_job(job, by=owner) for job in waiting[:2]],
        lambda: pay(order),
        lambda: credits.give_credits(employer, 2, by=make_user(), reason="A gift."),
    )

    held = sum(credit_ledger.held_credit(job) is not None for job in Job.objects.all())
    assert credit_ledger.credits_left(employer, MONTH) + held == 5 + 3 + 2
    assert not Job.objects.filter(status=JobStatus.AWAITING_PAYMENT).exists()


def somebody_waits_for_this() -> bool:
    """Whether another transaction waits for a row that the present one has locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
            "AND transactionid = pg_current_xact_id_if_assigned()::xid)"
        )
        return cursor.fetchone()[0]


def rename(employer, owner) -> None:
    employers.edit_employer(employer, by=owner, name="New Name")


def rename_in_the_admin(employer, owner) -> None:
    staff = make_user(is_staff=True)
    staff.groups.add(Group.objects.get(name=CAREERS_STAFF))
    client = Client()
    client.force_login(staff)
    data = {"name": "New Name", "slug": employer.slug, "kind": employer.kind, "website": "", "about": ""}
    data |= {f"{form}-{key}_FORMS": "0" for form in ("members", "invitations") for key in ("TOTAL", "INITIAL")}
    assert client.post(reverse("admin:careers_employer_change", args=[employer.pk]), data).status_code == 302


@pytest.mark.parametrize("change", [rename, rename_in_the_admin])
def test_a_new_name_and_an_order_that_is_paid_at_once_do_not_wait_for_each_other(settings, change):
    """An order has locked the account and goes on to the employer while its name is changed."""
    settings.STAFF_MFA_REQUIRED = False
    employer = make_employer()
    owner = make_member(employer)
    customer, locked = employers.customer_of(employer, by=owner), threading.Event()

    def order() -> None:
        with transaction.atomic():
            Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
            locked.set()
            ends = time.monotonic() + 60
            while not somebody_waits_for_this() and time.monotonic() < ends:
                time.sleep(0.01)
            credit_ledger.lock_employer(employer.pk)

    def change_name() -> None:
        assert locked.wait(timeout=20)
        change(employer, owner)

    assert outcomes(order, change_name) == [None, None]
    customer.refresh_from_db()
    assert customer.name == "New Name"


def test_two_who_meet_make_one_account_for_their_employer():
    employer = make_employer()
    people = [make_member(employer) for _ in range(2)]
    found = outcomes(*[lambda who=who: employers.customer_of(employer, by=who) for who in people * 5])
    assert len({customer.pk for customer in found}) == 1


def test_a_refused_use_leaves_the_balance_alone():
    employer = make_employer()
    credits_for(employer)
    CreditBalance.objects.update(left=F("left"))
    with pytest.raises(credit_ledger.TooFew), transaction.atomic():
        credit_ledger.remove_credits(employer, MONTH, 2, CreditReason.TAKEN_BACK, reason="x")
    assert CreditBalance.objects.get().left == 1
