"""Postings that employers own: how they are used, come back, are given, and what waits for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.billing.domain import credit_notes, payments, refunds
from aapm_site.billing.models import Order, Payment
from aapm_site.billing.signals import invoice_paid, invoice_reversed
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.choices import CreditReason
from careers.credit_types import CreditType
from careers.domain import credit_ledger, credits, jobs
from careers.models import CreditBalance, CreditEntry, Employer, Job, Package
from careers.states import JobStatus

from .factories import (
    credits_for,
    make_employer,
    make_job,
    make_member,
    make_package,
    make_user,
    order_of,
    pay,
)

pytestmark = pytest.mark.django_db

MONTH, SHOWN = CreditType(30), CreditType(30, featured=True)


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer):
    return make_member(employer)


@pytest.fixture
def _rates():
    make_package("single-30", price=99)
    make_package("three-pack", postings=3, price="222.75")


def ledger(employer) -> list[tuple[str, int]]:
    return list(CreditEntry.objects.filter(employer=employer).order_by("pk").values_list("kind", "change"))


def status_of(job) -> str:
    return Job.objects.get(pk=job.pk).status


def test_a_hundred_postings_twenty_times_fit_the_ledger(employer, owner):
    make_package("most", postings=100, price=5000)
    pay(order_of(employer, owner, "most", quantity=20))
    assert ledger(employer) == [("bought", 2000)]
    credits.take_back_credits(Order.objects.get().lines.get(), 20)
    add = credit_ledger.add_credits(employer, MONTH, 40_000, CreditReason.GIVEN, reason="More than sixteen bits hold.")
    assert (add.change, credit_ledger.owned_credits(employer)) == (40_000, {MONTH: 40_000})


@pytest.mark.usefixtures("_rates")
@pytest.mark.parametrize(
    "step", [lambda line: credits.add_bought_credits([line]), lambda line: credits.take_back_credits(line, 1)]
)
def test_what_was_bought_for_an_employer_that_is_gone_is_refused_with_the_way_on(employer, owner, step):
    line = order_of(employer, owner, "single-30").lines.get()
    Employer.objects.update(customer=None)
    with pytest.raises(NotAllowed, match="belongs to no employer any more.*Cancel the order"):
        step(line)
    assert ledger(employer) == []


# Used and given back -------------------------------------------------------------------------------------------------
def test_sending_to_review_uses_one_and_takes_its_days_and_place(employer, owner):
    credits_for(employer, 2, runs_days=60, featured=True)

    done = jobs.submit_job(make_job(employer), by=owner)

    assert (done.status, done.runs_days, done.featured) == (JobStatus.IN_REVIEW, 60, True)
    assert ledger(employer) == [("given", 2), ("spent", -1)]
    assert credit_ledger.owned_credits(employer) == {CreditType(60, featured=True): 1}
    entry = CreditEntry.objects.get(kind=CreditReason.SPENT)
    assert (entry.job, entry.by) == (done, owner)


def test_without_any_it_stays_a_draft_and_the_way_on_is_named(employer, owner):
    job = make_job(employer)
    with pytest.raises(NotAllowed, match="let this position wait"):
        jobs.submit_job(job, by=owner)
    assert (status_of(job), ledger(employer)) == (JobStatus.DRAFT, [])


def test_of_several_kinds_one_is_chosen(employer, owner):
    credits_for(employer)
    credits_for(employer, featured=True)
    job = make_job(employer)
    with pytest.raises(NotAllowed, match="choose which one"):
        jobs.submit_job(job, by=owner)
    with pytest.raises(NotAllowed, match="Of 90 days there is no posting left"):
        jobs.submit_job(job, by=owner, kind=CreditType(90))
    assert status_of(job) == JobStatus.DRAFT

    assert jobs.submit_job(job, by=owner, kind=SHOWN).featured is True

    assert credit_ledger.owned_credits(employer) == {MONTH: 1}


def test_what_came_back_for_a_change_is_sent_again_without_another(employer, owner):
    credits_for(employer, 2)
    sent = jobs.submit_job(make_job(employer), by=owner)
    back = jobs.return_job(sent, by=make_user(), reason="Which pay is it?")
    with pytest.raises(NotAllowed, match="has its posting already"):
        jobs.await_payment(back, by=owner)

    jobs.submit_job(back, by=owner)

    assert ledger(employer) == [("given", 2), ("spent", -1)]
    assert credit_ledger.owned_credits(employer) == {MONTH: 1}


def test_what_was_read_for_nothing_before_needs_one_when_it_is_sent_again(employer, owner):
    back = make_job(employer, status=JobStatus.RETURNED)
    with pytest.raises(NotAllowed):
        jobs.submit_job(back, by=owner)
    credits_for(employer)
    assert jobs.submit_job(back, by=owner).status == JobStatus.IN_REVIEW
    assert credit_ledger.owned_credits(employer) == {}


@pytest.mark.parametrize("step", [jobs.take_job_back, jobs.withdraw_job])
def test_before_it_is_approved_the_posting_comes_back(employer, owner, step):
    credits_for(employer, featured=True)
    sent = jobs.submit_job(make_job(employer), by=owner)

    done = step(sent, by=owner)

    assert ledger(employer) == [("given", 1), ("spent", -1), ("returned", 1)]
    assert credit_ledger.owned_credits(employer) == {SHOWN: 1}
    assert (done.featured, Job.objects.get().featured) == (False, False)


def test_a_returned_position_that_is_withdrawn_gives_its_posting_back(employer, owner):
    credits_for(employer)
    back = jobs.return_job(jobs.submit_job(make_job(employer), by=owner), by=make_user(), reason="No.")
    jobs.withdraw_job(back, by=owner)
    assert credit_ledger.owned_credits(employer) == {MONTH: 1}


def test_after_approval_nothing_comes_back(employer, owner):
    credits_for(employer)
    live = jobs.approve_job(jobs.submit_job(make_job(employer), by=owner), by=make_user())
    jobs.withdraw_job(live, by=owner)
    assert ledger(employer) == [("given", 1), ("spent", -1)]


def test_positions_that_were_in_review_before_stay_valid(employer, owner):
    old = make_job(employer, status=JobStatus.IN_REVIEW)
    assert jobs.take_job_back(old, by=owner).status == JobStatus.DRAFT
    assert ledger(employer) == []
    assert jobs.approve_job(make_job(employer, status=JobStatus.IN_REVIEW), by=make_user()).is_live()


def test_sending_takes_ten_queries(employer, owner):
    credits_for(employer)
    job = make_job(employer)
    with CaptureQueriesContext(connection) as captured:
        jobs.submit_job(job, by=owner)
    # The employer's lock; the job's, with its statement, versions and what it holds; kinds, balance, entry; whether the
    # sender's address is confirmed; the step and the change; both mails, and what sends them. Savepoints besides.
    asked = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) == 10
    assert len(captured) <= 20


# Waiting -------------------------------------------------------------------------------------------------------------
def test_the_oldest_that_waits_goes_first_and_the_others_go_on_waiting(employer, owner, settings):
    settings.STAFF_EMAIL = "careers@aapm.example"
    second, first = (make_job(employer, title=title) for title in ("Second", "First"))
    first = jobs.await_payment(first, by=owner)
    second = jobs.await_payment(second, by=owner)
    assert (first.status, OutgoingEmail.objects.count()) == (JobStatus.AWAITING_PAYMENT, 0)

    credits.give_credits(employer, 1, runs_days=90, featured=True, by=make_user(), reason="A gift.")

    done = Job.objects.get(pk=first.pk)
    assert (done.status, done.runs_days, done.featured) == (JobStatus.IN_REVIEW, 90, True)
    assert status_of(second) == JobStatus.AWAITING_PAYMENT
    step = done.status_changes.first()
    assert (step.from_status, step.to_status, step.by) == ("awaiting_payment", "in_review", None)
    assert list(OutgoingEmail.objects.order_by("pk").values_list("to", "template")) == [
        (owner.email, "careers/credits_given"),
        ("careers@aapm.example", "careers/job_submitted"),
        (owner.email, "careers/job_released"),
    ]


def test_what_comes_back_goes_on_to_the_position_that_waits(employer, owner):
    credits_for(employer)
    sent = jobs.submit_job(make_job(employer, title="Sent"), by=owner)
    waiting = jobs.await_payment(make_job(employer, title="Waiting"), by=owner)

    jobs.take_job_back(sent, by=owner)

    assert status_of(waiting) == JobStatus.IN_REVIEW
    assert credit_ledger.owned_credits(employer) == {}
    assert ledger(employer) == [("given", 1), ("spent", -1), ("returned", 1), ("spent", -1)]


def test_nobody_waits_who_owns_a_posting_or_has_not_finished_writing(employer, owner):
    with pytest.raises(NotAllowed, match="where to apply"):
        jobs.await_payment(make_job(employer, apply_email=""), by=owner)
    credits_for(employer, 2)
    job = make_job(employer)
    with pytest.raises(NotAllowed, match="You have 2 postings left"):
        jobs.await_payment(job, by=owner)
    assert status_of(job) == JobStatus.DRAFT


@pytest.mark.parametrize(("step", "status"), [(jobs.take_job_back, "draft"), (jobs.withdraw_job, "withdrawn")])
def test_what_waits_can_be_taken_back_and_costs_nothing(employer, owner, step, status):
    waiting = jobs.await_payment(make_job(employer), by=owner)
    step(waiting, by=owner)
    assert (status_of(waiting), ledger(employer)) == (status, [])
    credits.give_credits(employer, 1, by=make_user(), reason="A gift.")
    assert status_of(waiting) == status


# Given by staff ------------------------------------------------------------------------------------------------------
def test_staff_give_and_take_back_with_a_reason(employer, owner):
    staff = make_user()
    credits.give_credits(employer, 5, by=staff, reason="  For the fellowship fair. ")
    entry = CreditEntry.objects.get()
    assert (entry.kind, entry.change, entry.by, entry.reason) == ("given", 5, staff, "For the fellowship fair.")
    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.subject) == (owner.email, "Yours now: 5 postings of 30 days each")
    assert "For the fellowship fair." in letter.text

    credits.give_credits(employer, -2, by=staff, reason="Given twice.")

    assert ledger(employer) == [("given", 5), ("taken_back", -2)]
    with pytest.raises(NotAllowed, match="has 3 left of 30 days, so 4 cannot be taken back"):
        credits.give_credits(employer, -4, by=staff, reason="All.")
    with pytest.raises(NotAllowed, match="has 0 left"):
        credits.give_credits(employer, -1, runs_days=90, by=staff, reason="All.")
    assert credit_ledger.owned_credits(employer) == {MONTH: 3}


@pytest.mark.parametrize(
    ("count", "reason", "sentence"),
    [(1, "  ", "a reason"), (0, "x", "between 1 and 100"), (101, "x", "between 1"), (-101, "x", "between 1")],
)
def test_a_gift_has_a_reason_and_an_end(employer, count, reason, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        credits.give_credits(employer, count, by=make_user(), reason=reason)
    assert (ledger(employer), OutgoingEmail.objects.count()) == ([], 0)


# Bought --------------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("_rates")
def test_a_paid_invoice_gives_what_was_bought_once_and_sends_what_waits(employer, owner):
    waiting = jobs.await_payment(make_job(employer), by=owner)
    order = order_of(employer, owner, quantity=2)
    assert ledger(employer) == []

    pay(order)

    assert ledger(employer) == [("bought", 6), ("spent", -1)]
    assert status_of(waiting) == JobStatus.IN_REVIEW
    invoice_paid.send(sender=None, invoice=order.invoice)
    assert ledger(employer) == [("bought", 6), ("spent", -1)]
    assert CreditEntry.objects.get(kind="bought").order_line == order.lines.get()


@pytest.mark.usefixtures("_rates")
def test_what_was_sold_is_what_stood_on_the_order(employer, owner):
    order = order_of(employer, owner)
    Package.objects.update(postings=9, runs_days=90, is_active=False)
    pay(order)
    assert credit_ledger.owned_credits(employer) == {MONTH: 3}


@pytest.mark.usefixtures("_rates")
def test_unused_postings_go_back_with_the_money_and_used_ones_keep_it(employer, owner):
    order = order_of(employer, owner, quantity=2)
    pay(order)
    line = order.lines.get()

    assert credits.take_back_credits(line, 1) == 3
    assert credit_ledger.owned_credits(employer) == {MONTH: 3}
    jobs.submit_job(make_job(employer), by=owner)
    with pytest.raises(NotAllowed, match="Only 2 of 3 postings are unused"):
        invoice_reversed.send(sender=None, invoice=order.invoice, lines=[(line, 1)], forced=False)
    assert ledger(employer) == [("bought", 6), ("taken_back", -3), ("spent", -1)]


@pytest.mark.usefixtures("_rates")
def test_a_refusal_rolls_the_credit_note_back(employer, owner):
    order = order_of(employer, owner, "single-30")
    pay(order)
    jobs.submit_job(make_job(employer), by=owner)
    line = order.lines.get()
    with pytest.raises(NotAllowed, match="has been used"):
        credit_notes.issue_credit_note(order, by=make_user(), reason="Changed mind.", pieces={line.pk: 1})
    assert order.invoice.credit_notes.count() == 0


@pytest.mark.usefixtures("_rates")
def test_a_payment_that_came_back_takes_what_is_left_and_the_next_one_gives_it_again(employer, owner):
    order = order_of(employer, owner)
    pay(order)
    jobs.submit_job(make_job(employer), by=owner)
    payment = order.payments.get()

    payments.return_payment_unpaid(payment, by=make_user(), reason="No cover.")

    assert ledger(employer) == [("bought", 3), ("spent", -1), ("taken_back", -2)]
    assert Order.objects.get().is_unpaid
    pay(Order.objects.get(), reference="4712")
    assert ledger(employer)[-1] == ("bought", 2)
    assert credit_ledger.owned_credits(employer) == {MONTH: 2}


@pytest.mark.usefixtures("_rates")
def test_pieces_that_a_credit_note_took_off_before_the_payment_are_not_given(employer, owner):
    order = order_of(employer, owner, quantity=2)
    line = order.lines.get()
    note = credit_notes.issue_credit_note(order, by=make_user(), reason="One was too many.", pieces={line.pk: 1})
    payments.record_payment(
        order,
        by=None,
        method="check",
        amount=order.invoice.total - note.total,
        received_on=timezone.localdate(),
        reference="1",
    )
    assert not Order.objects.get().is_unpaid
    assert credit_ledger.owned_credits(employer) == {MONTH: 3}


@pytest.mark.usefixtures("_rates")
def test_a_whole_refund_takes_everything_back(employer, owner):
    order = order_of(employer, owner)
    pay(order)
    refunds.take_back_and_refund(
        order,
        by=make_user(),
        reason="The search ended.",
        method="check",
        pieces={order.lines.get().pk: 1},
        reference="9",
        refunded_on=timezone.localdate(),
    )
    assert CreditBalance.objects.get().left == 0


@pytest.mark.usefixtures("_rates")
def test_lines_of_other_rooms_are_theirs(employer, owner):
    order = order_of(employer, owner)
    pay(order)
    line = order.lines.get()
    line.sku = "membership:dues"
    invoice_reversed.send(sender=None, invoice=order.invoice, lines=[(line, 1)], forced=True)
    assert credit_ledger.owned_credits(employer) == {MONTH: 3}


@pytest.mark.usefixtures("_rates")
@pytest.mark.parametrize("step", [jobs.take_job_back, jobs.withdraw_job])
def test_what_comes_back_goes_to_the_order_that_is_not_paid_any_more(employer, owner, step):
    """The check bounced while its posting was used: taken back from review, it is nobody's before the order is paid."""
    order = order_of(employer, owner, "single-30")
    pay(order)
    job = jobs.submit_job(make_job(employer), by=owner)
    payments.return_payment_unpaid(Payment.objects.get(), by=None, reason="No funds.")

    step(job, by=owner)

    assert credit_ledger.owned_credits(employer) == {}
    assert ledger(employer) == [("bought", 1), ("spent", -1), ("returned", 1), ("taken_back", -1)]
    pay(order, "4712")
    assert credit_ledger.owned_credits(employer) == {MONTH: 1}


def test_a_short_draft_is_not_sent_from_its_preview_either(employer, owner):
    credits_for(employer)
    job = make_job(employer, body="<p>Come and see.</p>")
    with pytest.raises(NotAllowed, match="a description of at least 120 characters"):
        jobs.submit_job(job, by=owner)
    assert credit_ledger.owned_credits(employer) == {MONTH: 1}
