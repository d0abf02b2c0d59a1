"""Many presses of “Save” at once, each over a connection of its own: a hundred is a hundred."""

import threading

import pytest
from django.db import transaction

from careers.domain import saved_jobs
from careers.models import SavedJob
from tests import racing

from .factories import make_user
from .test_saved import many_jobs

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 10


def test_only_as_many_are_saved_as_fit():
    person, jobs = make_user(), many_jobs(95 + PRESSES)
    SavedJob.objects.bulk_create(SavedJob(user=person, job=job) for job in jobs[:95])

    said = racing.at_once(*[lambda job=job: saved_jobs.save_job(person, job) for job in jobs[95:]])

    assert sorted(one for one in said if isinstance(one, int)) == [96, 97, 98, 99, 100]
    refused = [one for one in said if not isinstance(one, int)]
    assert [type(one) for one in refused] == [saved_jobs.SavedListFull] * (PRESSES - 5)
    assert SavedJob.objects.count() == saved_jobs.LIMIT


def test_the_same_position_is_saved_once():
    person, (job,) = make_user(), many_jobs(1)
    said = racing.at_once(*[lambda: saved_jobs.save_job(person, job)] * PRESSES)
    assert said == [1] * PRESSES
    assert SavedJob.objects.count() == 1


def test_control_without_the_lock_there_would_be_more():
    person, jobs = make_user(), many_jobs(101)
    SavedJob.objects.bulk_create(SavedJob(user=person, job=job) for job in jobs[:99])
    both_have_counted = threading.Barrier(2)

    def careless(job) -> None:
        with transaction.atomic():
            count = SavedJob.objects.for_user(person).count()
            both_have_counted.wait(timeout=20)
            if count < saved_jobs.LIMIT:
                SavedJob.objects.create(user=person, job=job)

    racing.at_once(*[lambda job=job: careless(job) for job in jobs[99:]])
    assert SavedJob.objects.count() == saved_jobs.LIMIT + 1
