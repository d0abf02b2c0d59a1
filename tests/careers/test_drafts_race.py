"""Two recruiters, or two tabs, at the same moment, each over a connection of its own."""

import threading

import pytest
from django.db import transaction

from aapm_site.core.transitions import NotAllowed
from careers.choices import MemberRole
from careers.domain import drafts, jobs
from careers.models import Job, JobDraftVersion
from careers.states import JobStatus
from tests import racing

from .factories import credits_for, make_employer, make_job, make_member

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_who_save_at_once_one_is_in_line_and_all_words_are_kept():
    employer = make_employer()
    job = make_job(employer)
    people = [make_member(employer, MemberRole.POSTER) for _ in range(5)]

    kept = racing.at_once(
        *[lambda who=who: drafts.keep_typed(job, {"title": [who.email]}, by=who, token="") for who in people]
    )

    assert sum(one.is_in_line for one in kept) == 1
    assert sorted(row.fields["title"][0] for row in JobDraftVersion.objects.all()) == sorted(p.email for p in people)
    assert JobDraftVersion.objects.filter(is_aside=True).count() == 4


def test_control_without_the_lock_both_would_be_in_line():
    employer = make_employer()
    job = make_job(employer)
    both_have_looked = threading.Barrier(2)

    def careless(words: str) -> None:
        with transaction.atomic():
            overtaken = job.draft_versions.in_line().exists()
            both_have_looked.wait(timeout=20)
            JobDraftVersion.objects.create(job=job, fields={"title": [words]}, is_aside=overtaken)

    racing.at_once(lambda: careless("one"), lambda: careless("two"))
    assert JobDraftVersion.objects.filter(is_aside=False).count() == 2


def test_a_draft_sent_twice_goes_once_and_uses_one_posting():
    employer = make_employer()
    owner = make_member(employer)
    job = make_job(employer)
    credits_for(employer, 3)

    said = racing.at_once(*[lambda: jobs.submit_job(Job.objects.get(pk=job.pk), by=owner)] * 4)

    assert sum(isinstance(one, Job) for one in said) == 1
    assert sum(isinstance(one, NotAllowed) for one in said) == 3
    assert Job.objects.get().status == JobStatus.IN_REVIEW
    assert employer.balances.get().left == 2
