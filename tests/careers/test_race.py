"""Two people decide on one position at the same moment, over two real connections."""

import threading
from collections.abc import Callable

import pytest
from django.db import transaction

from aapm_site.core.transitions import NotAllowed
from careers.domain import employers, jobs, reminders
from careers.models import EmployerMember, Job, JobReminder
from careers.states import JobStatus
from tests import racing

from .factories import live_job, make_employer, make_job, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Each step says "done" or why not."""
    outcomes = racing.at_once(*steps)
    assert [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, NotAllowed)] == []
    return [str(one) if isinstance(one, NotAllowed) else "done" for one in outcomes]


@pytest.mark.parametrize("trial", range(5))
def test_approve_and_send_back_at_once_exactly_one_wins(trial):
    job = make_job(status=JobStatus.IN_REVIEW)
    one, other = make_user(), make_user()

    said = at_once(
        lambda: jobs.approve_job(job, by=one),
        lambda: jobs.return_job(job, by=other, reason="Which pay is it?"),
    )

    assert sorted(word == "done" for word in said) == [False, True]
    change = job.status_changes.get()
    assert change.to_status == Job.objects.get(pk=job.pk).status


@pytest.mark.parametrize("trial", range(5))
def test_approve_and_withdraw_at_once_leave_one_true_history(trial):
    """Withdrawing is allowed before and after approval, so both may win, but only one after the other."""
    job = make_job(status=JobStatus.IN_REVIEW)
    member, staff = make_member(job.employer), make_user()

    said = at_once(lambda: jobs.approve_job(job, by=staff), lambda: jobs.withdraw_job(job, by=member))

    steps = list(job.status_changes.order_by("pk").values_list("from_status", "to_status"))
    assert Job.objects.get(pk=job.pk).status == JobStatus.WITHDRAWN
    assert steps in (
        [("in_review", "withdrawn")],
        [("in_review", "approved"), ("approved", "withdrawn")],
    )
    assert said.count("done") == len(steps)


def test_two_staff_who_approve_at_once_send_one_mail():
    job = make_job(status=JobStatus.IN_REVIEW)
    make_member(job.employer)
    said = at_once(*[lambda: jobs.approve_job(job, by=make_user()) for _ in range(4)])
    assert said.count("done") == 1
    assert job.status_changes.count() == 1


def test_control_without_the_lock_both_would_win():
    """The same race, read and written as one must not: it shows that these tests can see a race."""
    job = make_job(status=JobStatus.IN_REVIEW)
    both_have_read = threading.Barrier(2)

    def careless(to: str) -> None:
        with transaction.atomic():
            mine = Job.objects.get(pk=job.pk)
            both_have_read.wait(timeout=20)
            if mine.status != JobStatus.IN_REVIEW:
                raise NotAllowed("Decided already.")
            mine.status_changes.create(from_status=mine.status, to_status=to)

    said = at_once(lambda: careless("returned"), lambda: careless("draft"))

    assert said == ["done", "done"]
    assert job.status_changes.count() == 2


def test_two_owners_cannot_both_leave():
    employer = make_employer()
    make_member(employer)
    make_member(employer)
    first, second = employer.members.all()

    said = at_once(lambda: employers.remove_member(first, by=None), lambda: employers.remove_member(second, by=None))

    assert said.count("done") == 1
    assert EmployerMember.objects.filter(employer=employer, role="owner").count() == 1


def test_two_runs_of_the_reminder_send_one_mail():
    job = live_job(days_ago=25)
    member = make_member(job.employer)

    at_once(*[lambda: reminders.send_reminder(f"{job.pk}:week-before") for _ in range(4)])

    assert JobReminder.objects.filter(job=job).count() == 1
    assert member.emails.count() == 1
