"""Many applications at once, each over a connection of its own: ten is ten, and one is one."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from careers.domain import applications
from careers.domain.applications import WantedApplication
from careers.models import Job, JobApplication
from tests import racing

from .factories import live_job, make_employer, make_user

pytestmark = pytest.mark.django_db(transaction=True)
WANTED = WantedApplication("Ines Duarte", "I would like to come.")
PRESSES = 6


def many_jobs(count: int) -> list[Job]:
    employer = make_employer()
    return [live_job(employer, title=f"Job {number}", takes_applications=True) for number in range(count)]


def sent_before(person, jobs: list[Job]) -> None:
    JobApplication.objects.bulk_create(
        JobApplication(
            job=job, user=person, email=person.email, name="I", message="x", status="sent", sent_at=timezone.now()
        )
        for job in jobs
    )


def test_only_ten_are_sent_in_a_day():
    person, jobs = make_user(), many_jobs(8 + PRESSES)
    sent_before(person, jobs[:8])

    said = racing.at_once(*[lambda job=job: applications.apply_to_job(job, WANTED, by=person) for job in jobs[8:]])

    assert sum(isinstance(one, JobApplication) for one in said) == 2
    refused = [type(one) for one in said if not isinstance(one, JobApplication)]
    assert refused == [applications.ApplicationsFull] * (PRESSES - 2)
    assert JobApplication.objects.count() == applications.A_DAY


def test_for_one_position_one_is_sent():
    person, (job,) = make_user(), many_jobs(1)
    said = racing.at_once(*[lambda: applications.apply_to_job(job, WANTED, by=person)] * PRESSES)
    assert sum(isinstance(one, JobApplication) for one in said) == 1
    assert [type(one) for one in said if not isinstance(one, JobApplication)] == [applications.AppliedAlready] * 5


def test_one_link_pressed_twice_at_once_sends_once():
    (job,) = many_jobs(1)
    waiting = [
        JobApplication.objects.create(job=job, email="ines@people.example", name="I", message="x") for _ in range(3)
    ]
    said = racing.at_once(*[lambda one=one: applications.confirm_application(one) for one in [*waiting, waiting[0]]])
    assert sum(isinstance(one, JobApplication) for one in said) == 1
    assert JobApplication.objects.sent().count() == 1


def test_control_without_the_lock_there_would_be_more():
    person, jobs = make_user(), many_jobs(11)
    sent_before(person, jobs[:9])
    both_have_counted = threading.Barrier(2)

    def careless(job) -> None:
        with transaction.atomic():
            count = JobApplication.objects.sent().filter(user=person).count()
            both_have_counted.wait(timeout=20)
            if count < applications.A_DAY:
                sent_before(person, [job])

    racing.at_once(*[lambda job=job: careless(job) for job in jobs[9:]])
    assert JobApplication.objects.count() == applications.A_DAY + 1
