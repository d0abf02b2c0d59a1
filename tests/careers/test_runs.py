"""The days of positions: what a posting gives, what comes back, what pauses add, and that the books agree."""

from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.billing.domain import payments
from aapm_site.core.transitions import NotAllowed
from careers import run_dates
from careers.choices import DaysReason
from careers.credit_types import CreditType
from careers.domain import books, credits, days_ledger, job_changes, jobs, renewals, runs
from careers.models import CreditBalance, DaysBalance, DaysEntry, Employer, Job, JobChange, JobRun
from careers.presenters.days import comes_back
from careers.states import JobStatus

from .factories import (
    credits_for,
    live_job,
    make_employer,
    make_job,
    make_member,
    make_package,
    make_user,
    order_of,
    pay,
)

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Chicago")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands at noon of a day; `clock(day, hour)` sets it."""

    def set_to(day: date, hour: int = 12) -> datetime:
        at = datetime.combine(day, time(hour), tzinfo=ZONE)
        monkeypatch.setattr(timezone, "now", lambda: at)
        return at

    set_to(date(2031, 5, 1))
    return set_to


def approved(employer: Employer | None = None, *, days: int = 30, featured: bool = False, **fields) -> Job:
    """A job that went the whole way, with one posting."""
    employer = employer or make_employer()
    credits_for(employer, runs_days=days, featured=featured)
    job = make_job(employer, **fields)
    sent = jobs.submit_job(job, by=None, kind=CreditType(days, featured))
    return jobs.approve_job(sent, by=None)


def left(employer: Employer, featured: bool = False) -> int:
    return days_ledger.days_left(employer, featured)


def day_of(moment) -> date:
    return timezone.localdate(moment)


def balanced() -> bool:
    assert list(books.find_faults()) == []
    return True


# Pure dates -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (date(2028, 2, 1), 29, date(2028, 2, 29)),  # a leap year
        (date(2027, 2, 1), 29, date(2027, 3, 1)),
        (date(2031, 3, 1), 30, date(2031, 3, 30)),  # over the change to summer time
        (date(2031, 10, 20), 30, date(2031, 11, 18)),  # and back
        (date(2031, 12, 31), 1, date(2031, 12, 31)),
    ],
)
def test_the_last_of_so_many_days(first, days, last):
    assert run_dates.last_of(first, days) == last
    assert run_dates.end_of(last) == datetime.combine(last, time.max, tzinfo=ZONE)
    assert run_dates.unused(first, last, first) == days - 1
    assert run_dates.unused(first, last, first - timedelta(days=3)) == days
    assert run_dates.unused(first, last, last) == 0
    assert run_dates.unused(first, last, last + timedelta(days=40)) == 0


@pytest.mark.parametrize(
    ("since", "until", "first", "had", "added"),
    [
        (date(2031, 5, 10), date(2031, 5, 10), date(2031, 5, 1), 0, 0),
        (date(2031, 5, 10), date(2031, 5, 11), date(2031, 5, 1), 0, 1),
        (date(2031, 3, 8), date(2031, 3, 10), date(2031, 3, 1), 0, 2),  # the night that is an hour short
        (date(2028, 2, 28), date(2028, 3, 1), date(2028, 2, 1), 0, 2),  # with February 29
        (date(2031, 5, 1), date(2031, 7, 30), date(2031, 5, 1), 0, 90),
        (date(2031, 5, 1), date(2031, 7, 31), date(2031, 5, 1), 0, 90),
        (date(2031, 5, 1), date(2031, 5, 21), date(2031, 5, 1), 85, 5),
        (date(2031, 5, 1), date(2031, 5, 21), date(2031, 5, 1), 90, 0),
        (date(2031, 5, 1), date(2031, 5, 21), date(2031, 5, 15), 0, 6),  # paused before its first day
        (date(2031, 5, 1), date(2031, 5, 10), date(2031, 5, 15), 0, 0),
    ],
)
def test_what_a_pause_adds(since, until, first, had, added):
    assert run_dates.paused_between(since, until, first, had) == added


@pytest.mark.parametrize(
    ("last", "today", "first"),
    [
        (date(2028, 2, 28), date(2028, 2, 20), date(2028, 2, 29)),
        (date(2031, 5, 30), date(2031, 5, 30), date(2031, 5, 31)),
        (date(2031, 5, 30), date(2031, 5, 31), date(2031, 5, 31)),
        (date(2031, 5, 30), date(2031, 6, 20), date(2031, 6, 20)),
    ],
)
def test_a_renewal_begins_when_no_day_is_lost(last, today, first):
    assert run_dates.first_of_renewal(last, today) == first


# A run of each posting ------------------------------------------------------------------------------------------------
def test_approval_makes_the_run_of_the_posting_that_was_used(clock):
    job = approved(days=30)
    run = job.runs.get()
    assert (run.first_day, run.last_day, run.days, run.featured) == (date(2031, 5, 1), date(2031, 5, 30), 30, False)
    assert run.credit_entry.job == job
    assert job.ends_at == run_dates.end_of(run.last_day)
    assert jobs.credit_ledger.held_credit(job) is None
    assert balanced()


def test_a_position_without_a_run_gets_one_from_its_dates():
    job = live_job(days_ago=10)
    run = runs.runs_of(job)[0]
    assert (run.first_day, run.last_day) == (day_of(job.starts_at), day_of(job.ends_at))
    assert (run.credit_entry, run.paused_days) == (None, 0)
    assert runs.runs_of(job) == [run]
    assert balanced()


def test_the_database_refuses_a_run_that_does_not_add_up(clock):
    run = approved().runs.get()
    for nonsense in (
        {"last_day": date(2031, 6, 1)},
        {"days": 31},
        {"returned_days": 31, "last_day": date(2031, 4, 29)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            JobRun.objects.filter(pk=run.pk).update(**nonsense)


def test_days_behind_the_last_day_to_apply_come_back_at_approval(clock):
    job = approved(days=30, closes_on=date(2031, 5, 10))
    assert day_of(job.ends_at) == date(2031, 5, 10)
    assert (left(job.employer), job.runs.get().returned_days) == (20, 20)
    assert DaysEntry.objects.get().kind == DaysReason.CLOSED
    assert balanced()


def test_a_last_day_to_apply_that_is_over_is_not_approved(clock):
    job = make_job(closes_on=date(2031, 4, 30))
    credits_for(job.employer)
    sent = jobs.submit_job(job, by=None)
    with pytest.raises(NotAllowed, match="April 30, 2031"):
        jobs.approve_job(sent, by=None)
    assert JobRun.objects.count() == 0


# What comes back ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("day", "back"), [(1, 29), (11, 19), (30, 0)])
@pytest.mark.parametrize("how", ["filled", "withdrawn"])
def test_what_ends_early_gives_its_days_back_and_today_counts(clock, day, back, how):
    job = approved()
    clock(date(2031, 5, day), 23)
    step = jobs.fill_job if how == "filled" else jobs.withdraw_job
    step(job, by=make_member(job.employer))
    assert left(job.employer) == back
    assert [entry.kind for entry in DaysEntry.objects.all()] == ([how] if back else [])
    assert job.runs.get().last_day == date(2031, 5, day)
    assert balanced()


def test_what_never_began_gives_all_of_it_back(clock):
    job = approved(wished_start_on=date(2031, 6, 1))
    jobs.withdraw_job(job, by=make_member(job.employer))
    assert left(job.employer) == 30
    assert job.runs.get().last_day == date(2031, 5, 31)
    assert balanced()


def test_what_is_over_gives_nothing_back(clock):
    job = approved()
    clock(date(2031, 6, 20))
    jobs.fill_job(job, by=make_member(job.employer))
    assert DaysEntry.objects.count() == 0
    assert balanced()


def test_before_approval_the_posting_comes_back_and_no_days(clock):
    employer = make_employer()
    credits_for(employer)
    sent = jobs.submit_job(make_job(employer), by=None)
    jobs.withdraw_job(sent, by=make_member(employer))
    assert (CreditBalance.objects.get().left, DaysEntry.objects.count()) == (1, 0)
    assert balanced()


def test_featured_days_are_an_account_of_their_own(clock):
    employer = make_employer()
    job = approved(employer, featured=True)
    plain = approved(employer)
    jobs.correct_job(plain, by=None, fields={"featured": True})
    clock(date(2031, 5, 11))
    for one in (job, plain):
        jobs.fill_job(one, by=make_member(employer))
    assert (left(employer, True), left(employer)) == (19, 19)
    with pytest.raises(NotAllowed, match="fewer than 20"):
        renewals.lengthen_job(approved(employer, featured=True), 20, by=None)
    assert balanced()


# Pauses ---------------------------------------------------------------------------------------------------------------
def test_a_pause_moves_the_last_day(clock):
    job = approved()
    clock(date(2031, 5, 10))
    paused = jobs.pause_job(job, by=make_member(job.employer))
    assert day_of(paused.resumable_until) == date(2031, 8, 28)
    clock(date(2031, 5, 20))
    back = jobs.resume_job(paused, by=None)
    assert (day_of(back.ends_at), back.is_live(), back.resumable_until) == (date(2031, 6, 9), True, None)
    assert job.runs.get().paused_days == 10
    assert balanced()


def test_a_pause_across_the_end_keeps_the_days(clock):
    job = approved()
    clock(date(2031, 5, 30))
    paused = jobs.pause_job(job, by=make_member(job.employer))
    clock(date(2031, 7, 15))
    assert not Job.objects.get(pk=job.pk).is_past()
    back = jobs.resume_job(paused, by=None)
    assert (day_of(back.ends_at), back.is_live()) == (date(2031, 7, 15), True)
    assert balanced()


@pytest.mark.parametrize(("day", "comes_back"), [(date(2031, 8, 28), True), (date(2031, 8, 29), False)])
def test_pauses_add_ninety_days_and_no_more(clock, day, comes_back):
    job = approved()
    paused = jobs.pause_job(job, by=make_member(job.employer))
    clock(day)
    assert Job.objects.get(pk=job.pk).is_past() is not comes_back
    if comes_back:
        assert day_of(jobs.resume_job(paused, by=None).ends_at) == day
    else:
        with pytest.raises(NotAllowed, match="last day"):
            jobs.resume_job(paused, by=None)
    assert balanced()


def test_several_pauses_share_the_ninety_days(clock):
    job = approved(days=60)
    for begins, ends in ((date(2031, 5, 5), date(2031, 7, 4)), (date(2031, 7, 10), date(2031, 9, 30))):
        clock(begins)
        jobs.pause_job(Job.objects.get(pk=job.pk), by=make_member(job.employer))
        clock(ends)
        if ends < date(2031, 9, 1):
            jobs.resume_job(Job.objects.get(pk=job.pk), by=None)
    with pytest.raises(NotAllowed, match="last day"):
        jobs.resume_job(Job.objects.get(pk=job.pk), by=None)
    clock(date(2031, 9, 20))
    jobs.resume_job(Job.objects.get(pk=job.pk), by=None)
    run = job.runs.get()
    assert (run.paused_days, run.last_day) == (90, date(2031, 9, 27))
    assert balanced()


def test_what_is_filled_while_it_is_paused_gives_back_what_it_had_when_it_was_paused(clock):
    job = approved()
    clock(date(2031, 5, 10))
    paused = jobs.pause_job(job, by=make_member(job.employer))
    clock(date(2031, 6, 10))
    jobs.fill_job(paused, by=make_member(job.employer))
    assert left(job.employer) == 20
    assert balanced()


def test_no_pause_leads_past_the_last_day_to_apply(clock):
    job = approved(closes_on=date(2031, 5, 25))
    assert left(job.employer) == 5
    clock(date(2031, 5, 10))
    paused = jobs.pause_job(job, by=make_member(job.employer))
    clock(date(2031, 5, 20))
    back = jobs.resume_job(paused, by=None)
    assert (day_of(back.ends_at), left(job.employer)) == (date(2031, 5, 25), 15)
    assert balanced()


# Renewals -------------------------------------------------------------------------------------------------------------
def test_an_early_renewal_adds_its_days_at_the_end_and_no_bump(clock):
    job = approved()
    credits_for(job.employer)
    clock(date(2031, 5, 20))
    done = renewals.renew_job(job, by=None)
    assert [(run.first_day, run.last_day) for run in job.runs.all()] == [
        (date(2031, 5, 1), date(2031, 5, 30)),
        (date(2031, 5, 31), date(2031, 6, 29)),
    ]
    assert (done.starts_at, day_of(done.ends_at)) == (job.starts_at, date(2031, 6, 29))
    assert done.get_absolute_url() == job.get_absolute_url()
    assert CreditBalance.objects.get().left == 0
    assert balanced()


def test_what_ended_a_short_time_ago_is_live_again_from_today(clock):
    job = approved()
    credits_for(job.employer, runs_days=60)
    clock(date(2031, 8, 28))
    done = renewals.renew_job(job, by=None)
    assert (done.is_live(), day_of(done.ends_at), done.starts_at) == (True, date(2031, 10, 26), job.starts_at)
    assert balanced()


@pytest.mark.parametrize("why", ["long ago", "changed", "long ago, with a last day to apply"])
def test_what_ended_long_ago_or_has_changed_is_read_again(clock, why):
    job = approved(closes_on=date(2031, 5, 30) if "apply" in why else None)
    credits_for(job.employer)
    clock(date(2031, 5, 10))
    if why == "changed":
        jobs.edit_job(job, by=None, fields={"summary": "Another summary."})
    clock(date(2031, 6, 10) if why == "changed" else date(2031, 8, 30))
    sent = renewals.renew_job(Job.objects.get(pk=job.pk), by=None)
    assert (sent.status, job.runs.count()) == (JobStatus.IN_REVIEW, 1)
    assert CreditBalance.objects.get().left == 0
    assert balanced()
    done = jobs.approve_job(sent, by=None)
    assert (done.starts_at, done.is_live(), job.runs.count()) == (job.starts_at, True, 2)
    assert day_of(done.ends_at) == timezone.localdate() + timedelta(days=29)
    assert balanced()


def by_staff_approved(job: Job) -> None:
    """A new title, as staff approve it, and words that went at once before."""
    jobs.edit_job(job, by=None, fields={"summary": "Another summary."})
    JobChange.objects.create(job=job, wanted={"title": "Another title"})
    job_changes.approve_change(job, by=None)


def corrected(job: Job) -> None:
    jobs.correct_job(job, by=None, fields={"summary": "Without the slip."})


def changed_then_corrected(job: Job) -> None:
    jobs.edit_job(job, by=None, fields={"summary": "Another summary."})
    corrected(job)


@pytest.mark.parametrize(
    ("what", "status"),
    [
        (by_staff_approved, JobStatus.APPROVED),
        (corrected, JobStatus.APPROVED),
        (changed_then_corrected, JobStatus.IN_REVIEW),
    ],
)
def test_what_staff_themselves_have_read_since_is_not_read_again(clock, what, status):
    job = approved()
    credits_for(job.employer)
    clock(date(2031, 5, 10))
    what(job)
    clock(date(2031, 6, 10))
    assert renewals.renew_job(Job.objects.get(), by=None).status == status
    assert balanced()


def test_a_change_of_what_is_read_again_ends_with_its_renewal(clock):
    job = approved()
    credits_for(job.employer)
    JobChange.objects.create(job=job, wanted={"title": "Another title"})
    clock(date(2031, 10, 1))
    sent = renewals.renew_job(job, by=None)
    assert (sent.status, JobChange.objects.get().outcome) == (JobStatus.IN_REVIEW, "ended")


def test_a_position_is_renewed_for_a_year_ahead_and_not_without_end(clock):
    job = approved()
    credits_for(job.employer, 3, runs_days=365)
    credits_for(job.employer)
    assert day_of(renewals.renew_job(job, by=None, kind=CreditType(365)).ends_at) == date(2032, 5, 29)
    with pytest.raises(NotAllowed, match="for more than a year already"):
        renewals.renew_job(job, by=None, kind=CreditType(365))
    clock(date(2031, 5, 30))
    assert day_of(renewals.renew_job(job, by=None, kind=CreditType(365)).ends_at) == date(2033, 5, 29)
    assert balanced()


def test_a_renewal_that_is_taken_back_before_it_is_read_gives_its_posting_back(clock):
    job = approved()
    credits_for(job.employer)
    clock(date(2031, 10, 1))
    sent = renewals.renew_job(job, by=None)
    for step in (jobs.take_job_back, jobs.submit_job, jobs.withdraw_job):
        sent = step(sent, by=make_member(job.employer))
        assert balanced()
    assert (CreditBalance.objects.get().left, left(job.employer)) == (1, 0)


def test_a_renewal_uses_a_posting_of_its_own_kind_only(clock):
    job = approved()
    credits_for(job.employer, featured=True)
    with pytest.raises(NotAllowed, match="not featured left"):
        renewals.renew_job(job, by=None)
    with pytest.raises(NotAllowed, match="like its own"):
        renewals.renew_job(job, by=None, kind=CreditType(30, True))
    credits_for(job.employer)
    credits_for(job.employer, runs_days=60)
    with pytest.raises(NotAllowed, match="more than one length"):
        renewals.renew_job(job, by=None)
    assert day_of(renewals.renew_job(job, by=None, kind=CreditType(60)).ends_at) == date(2031, 7, 29)


@pytest.mark.parametrize("state", ["draft", "paused", "filled", "withdrawn"])
def test_what_does_not_run_is_not_renewed(clock, state):
    job = make_job() if state == "draft" else approved()
    credits_for(job.employer)
    member = make_member(job.employer)
    steps = {"paused": jobs.pause_job, "filled": jobs.fill_job, "withdrawn": jobs.withdraw_job}
    if state in steps:
        job = steps[state](job, by=member)
    with pytest.raises(NotAllowed):
        renewals.renew_job(job, by=member)
    assert CreditBalance.objects.get().left == 1


def test_what_was_paused_for_too_long_is_live_again_when_it_is_renewed(clock):
    job = approved()
    credits_for(job.employer)
    paused = jobs.pause_job(job, by=make_member(job.employer))
    clock(date(2031, 9, 10))
    done = renewals.renew_job(paused, by=None)
    assert (done.is_live(), done.taken_down_at, day_of(done.ends_at)) == (True, None, date(2031, 10, 9))
    assert balanced()


# Days of the account --------------------------------------------------------------------------------------------------
def give_days(employer: Employer, count: int, featured: bool = False) -> None:
    days_ledger.add_days(employer, featured, count, DaysReason.GIVEN, reason="For the test.")


def test_days_of_the_account_lengthen_a_position(clock):
    job = approved()
    give_days(job.employer, 20)
    done = renewals.lengthen_job(job, 12, by=None)
    assert (day_of(done.ends_at), left(job.employer), done.starts_at) == (date(2031, 6, 11), 8, job.starts_at)
    assert balanced()


def test_of_what_ended_a_short_time_ago_they_begin_today(clock):
    job = approved()
    give_days(job.employer, 20)
    clock(date(2031, 6, 10))
    done = renewals.lengthen_job(job, 7, by=None)
    assert (done.is_live(), day_of(done.ends_at)) == (True, date(2031, 6, 16))
    assert balanced()


@pytest.mark.parametrize(
    ("days", "said"),
    [(6, "7 or more"), (0, "7 or more"), (-7, "7 or more"), (21, "fewer than 21"), (340, "365"), (10**12, "365")],
)
def test_other_numbers_of_days_are_refused(clock, days, said):
    job = approved()
    give_days(job.employer, 20)
    with pytest.raises(NotAllowed, match=said):
        renewals.lengthen_job(job, days, by=None)
    assert (left(job.employer), balanced()) == (20, True)


def test_a_paused_position_is_lengthened_too(clock):
    job = approved()
    give_days(job.employer, 10)
    paused = jobs.pause_job(job, by=make_member(job.employer))
    clock(date(2031, 6, 10))
    renewals.lengthen_job(paused, 10, by=None)
    back = jobs.resume_job(paused, by=None)
    assert (back.is_live(), day_of(back.ends_at)) == (True, date(2031, 7, 19))
    assert balanced()


def test_a_later_last_day_takes_the_place_of_the_last_day_to_apply(clock):
    job = approved(closes_on=date(2031, 5, 10))
    done = renewals.lengthen_job(job, 20, by=None)
    assert (done.closes_on, day_of(done.ends_at)) == (None, date(2031, 5, 30))


# Reopen ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("day", "ends"), [(11, date(2031, 5, 30)), (12, date(2031, 5, 30)), (15, date(2031, 6, 2))])
def test_what_was_filled_too_soon_is_reopened_with_the_days_that_came_back(clock, day, ends):
    job = approved()
    clock(date(2031, 5, 11))
    filled = jobs.fill_job(job, by=make_member(job.employer))
    clock(date(2031, 5, day))
    done = renewals.reopen_job(filled, by=None)
    assert (done.is_live(), day_of(done.ends_at), done.starts_at) == (True, ends, job.starts_at)
    assert left(job.employer) == 0
    assert balanced()


def test_it_is_refused_when_the_days_were_used_and_says_how_many(clock):
    employer = make_employer()
    job, other = approved(employer), approved(employer)
    clock(date(2031, 5, 11))
    filled = jobs.fill_job(job, by=make_member(employer))
    renewals.lengthen_job(other, 8, by=None)
    with pytest.raises(NotAllowed, match="19 days came back .* 8 of them are not in your account"):
        renewals.reopen_job(filled, by=None)
    assert (left(employer), balanced()) == (11, True)


@pytest.mark.parametrize(("day", "opens"), [(25, True), (26, False)])
def test_it_is_open_for_fourteen_days(clock, day, opens):
    job = approved()
    clock(date(2031, 5, 11))
    filled = jobs.fill_job(job, by=make_member(job.employer))
    clock(date(2031, 5, day))
    if opens:
        assert renewals.reopen_job(filled, by=None).is_live()
    else:
        with pytest.raises(NotAllowed, match="14 days"):
            renewals.reopen_job(filled, by=None)
    assert balanced()


def test_two_runs_come_back_as_they_were(clock):
    job = approved()
    credits_for(job.employer)
    renewals.renew_job(job, by=None)
    clock(date(2031, 5, 11))
    filled = jobs.fill_job(Job.objects.get(pk=job.pk), by=make_member(job.employer))
    assert left(job.employer) == 49
    clock(date(2031, 5, 16))
    done = renewals.reopen_job(filled, by=None)
    assert [(run.first_day, run.last_day) for run in job.runs.all()] == [
        (date(2031, 5, 1), date(2031, 6, 3)),
        (date(2031, 6, 4), date(2031, 7, 3)),
    ]
    assert (day_of(done.ends_at), left(job.employer)) == (date(2031, 7, 3), 0)
    assert balanced()


def test_neither_what_was_withdrawn_nor_what_was_over_is_reopened(clock):
    withdrawn = jobs.withdraw_job(job := approved(), by=make_member(job.employer))
    over = approved()
    clock(date(2031, 6, 5))
    filled = jobs.fill_job(over, by=make_member(over.employer))
    for one in (withdrawn, filled):
        with pytest.raises(NotAllowed):
            renewals.reopen_job(one, by=None)
    assert balanced()


# Payments that come back ----------------------------------------------------------------------------------------------
def bounce(order) -> None:
    payments.return_payment_unpaid(order.payments.latest("pk"), by=None, reason="Not covered.")


@pytest.fixture
def bought():
    """An employer that paid for three postings, and one of its positions that is live."""
    make_package("three-pack", postings=3, price="222.75", member_price=200)
    employer = make_employer()
    owner = make_member(employer)
    order = order_of(employer, owner)
    pay(order)
    employer.refresh_from_db()
    sent = jobs.submit_job(make_job(employer), by=owner)
    return employer, owner, order, jobs.approve_job(sent, by=None)


def test_days_that_came_back_go_with_a_check_that_bounces_and_come_again_with_the_money(bought):
    employer, owner, order, job = bought
    jobs.fill_job(job, by=owner)
    assert left(employer) == 29
    bounce(order)
    assert (CreditBalance.objects.get().left, left(employer), balanced()) == (0, 0, True)
    order.refresh_from_db()
    pay(order, "4712")
    assert (CreditBalance.objects.get().left, left(employer), balanced()) == (2, 29, True)


def test_days_that_come_back_while_the_order_is_not_paid_are_held_too(bought):
    employer, owner, order, job = bought
    assert comes_back(job) == "29 days come back to your account."
    bounce(order)
    assert comes_back(job) == "29 days are left; all of them are held until your open order is paid."
    jobs.fill_job(job, by=owner)
    assert (left(employer), balanced()) == (0, True)
    with pytest.raises(NotAllowed, match="29 of them are not in your account"):
        renewals.reopen_job(job, by=owner)
    order.refresh_from_db()
    pay(order, "4712")
    assert left(employer) == 29
    assert renewals.reopen_job(job, by=owner).is_live()
    assert balanced()


def test_no_more_days_are_held_than_the_unpaid_postings_are_worth(bought):
    employer, _, order, _ = bought
    give_days(employer, 100)
    bounce(order)
    assert left(employer) == 70  # one posting of thirty days is used and not paid
    credits.give_credits(employer, 1, by=make_user(), reason="For the trouble.")
    sent = jobs.submit_job(make_job(employer), by=None)
    jobs.take_job_back(sent, by=None)  # the posting that comes back pays the debt, so the days are free
    assert (CreditBalance.objects.get().left, left(employer), balanced()) == (0, 100, True)


# The books ------------------------------------------------------------------------------------------------------------
def test_the_books_tell_what_does_not_fit(clock):
    job = approved(closes_on=date(2031, 5, 20))
    make_package()
    said = StringIO()
    call_command("check_books", stdout=said)
    assert "balance" in said.getvalue()
    CreditBalance.objects.update(left=7)
    DaysBalance.objects.update(left=3)
    JobRun.objects.update(returned_days=11, last_day=date(2031, 5, 19))
    said = "\n".join(books.find_faults())
    for part in (f"{job.employer} has 7 postings", "has 3 days", "gave 11 days back", f"Position {job.pk} ends at"):
        assert part in said
