"""Every change that the public can see empties the caches, and nothing else does."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from aapm_site.core.cache import revisions
from careers.domain import jobs
from careers.models import Employer, Job, JobLocation, JobTerms
from careers.states import JobStatus
from content.domain import pages
from content.models import Link, Page, PageVersion, RelatedPage, Resource, ResourceTopic
from membership.models import Term
from tests.careers.factories import ANYWHERE, credits_for, live_job, make_employer, make_job, make_member
from tests.careers.factories import make_user as make_person
from tests.content.asking import answered
from tests.content.makers import page
from tests.factories import staff_user
from tests.membership.factories import make_member as make_academy_member
from tests.membership.factories import make_plan

pytestmark = pytest.mark.django_db

NEVER_SEEN = {JobStatus.DRAFT, JobStatus.AWAITING_PAYMENT, JobStatus.IN_REVIEW, JobStatus.RETURNED}


@contextmanager
def told(expected: bool):
    """What is done inside empties the caches, or leaves them as they are."""
    before = revisions.current()
    yield
    assert (revisions.current() != before) is expected


# --- positions ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", JobStatus)
def test_a_position_is_told_of_from_its_approval_on(status):
    seen = status not in NEVER_SEEN
    with told(seen):
        job = make_job(make_employer(), status=status)
    with told(seen):
        Job.objects.filter(pk=job.pk).update(summary="A short week by the sea.")
    with told(seen):
        JobLocation.objects.filter(job=job).update(postal_code="04101")
    with told(seen):
        JobTerms.objects.create(job=job, call_one_in=5)
    with told(seen):
        JobTerms.objects.filter(job=job).update(call_one_in=6)
    with told(seen):
        Employer.objects.filter(pk=job.employer_id).update(about="We are four.")
    with told(seen):
        JobLocation.objects.filter(job=job).delete()
    with told(seen):
        Job.objects.filter(pk=job.pk).delete()


@pytest.mark.parametrize("before", JobStatus)
@pytest.mark.parametrize("after", JobStatus)
def test_a_step_is_told_of_if_it_leads_from_or_to_what_everybody_sees(before, after):
    job = make_job(make_employer(), status=JobStatus.WITHDRAWN)  # has all moments that any state needs
    moments = {
        status: None if status not in {JobStatus.PAUSED, JobStatus.FILLED, JobStatus.WITHDRAWN} else timezone.now()
        for status in JobStatus
    }
    Job.objects.filter(pk=job.pk).update(status=before, taken_down_at=moments[before])
    with told(before not in NEVER_SEEN or after not in NEVER_SEEN):
        Job.objects.filter(pk=job.pk).update(status=after, taken_down_at=moments[after])


def test_a_position_that_never_went_live_is_withdrawn_in_silence():
    job = make_job(make_employer())
    with told(False):
        Job.objects.filter(pk=job.pk).update(status=JobStatus.WITHDRAWN, taken_down_at=timezone.now())


def test_one_position_of_many_is_enough():
    employer = make_employer()
    make_job(employer)
    shown = live_job(employer)
    with told(True):
        Job.objects.update(benefits="A garden.")
    with told(True):
        Employer.objects.update(about="We are five.")
    with told(False):
        Job.objects.exclude(pk=shown.pk).update(benefits="Two gardens.")
    with told(False):
        Job.objects.filter(pk=0).update(benefits="None.")


def test_an_employer_writes_a_draft_and_sends_it_in():
    employer = make_employer()
    owner = make_member(employer)
    credits_for(employer)
    with told(False):
        job = make_job(employer, places=ANYWHERE)
    with told(False):
        jobs.submit_job(job, by=owner)
    with told(True):
        jobs.approve_job(job, by=staff_user("Careers staff"))


# --- pages ----------------------------------------------------------------------------------------------------------
def test_a_draft_is_written_in_silence():
    with told(False):
        draft = page("draft", status="draft", published_at=None)
    with told(False):
        draft.title = "A draft still"
        pages.save_page(draft)
    with told(False):
        PageVersion.objects.filter(page=draft).update(note="Once more")
    with told(True):
        pages.publish_page(draft, by=staff_user("Content editor"))
    with told(True):
        pages.withdraw_page(draft, by=staff_user("Content editor"))


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"status": "draft", "published_at": None}, False),
        ({"status": "draft"}, False),
        ({"status": "scheduled", "published_at": datetime(2100, 1, 1, tzinfo=UTC)}, True),
        ({"status": "published"}, True),
    ],
    ids=["draft", "withdrawn", "scheduled", "published"],
)
def test_a_page_is_told_of_once_it_has_a_date(fields, seen):
    other = page("other")
    with told(seen):
        made = page("one", **fields)
    with told(seen):
        Page.objects.filter(pk=made.pk).update(summary="In other words.")
    with told(seen):
        PageVersion.objects.filter(page=made).update(note="In other words")
    with told(seen):
        link = RelatedPage.objects.create(page=made, to=other)
    with told(seen):
        link.delete()


def test_a_resource_is_told_of_while_it_is_shown():
    topic = ResourceTopic.objects.create(name="Sleep", slug="sleep")
    with told(False):
        made = Resource.objects.create(title="Rest", url="https://a.example/", topic=topic, is_published=False)
    with told(True):
        Resource.objects.filter(pk=made.pk).update(is_published=True)
    with told(True):
        Resource.objects.filter(pk=made.pk).update(is_published=False)
    with told(False):
        made.delete()


def test_a_link_is_told_of_when_it_breaks_and_when_it_is_mended():
    link = Link.objects.create(url="https://a.example/")
    with told(False):
        Link.objects.filter(pk=link.pk).update(checked_at=timezone.now(), http_status=200)
    with told(True):
        Link.objects.filter(pk=link.pk).update(failures=3, broken_since=timezone.now())
    with told(True):
        Link.objects.filter(pk=link.pk).update(failures=0, broken_since=None)


# --- people ---------------------------------------------------------------------------------------------------------
def test_people_come_and_ask_in_silence():
    plan = make_plan()
    with told(False):
        make_person("somebody-new@example.org")
    with told(False):
        member = make_academy_member((-10, 355), plan=plan)
    with told(False):
        Term.objects.filter(membership__user=member).update(ends_on=timezone.localdate())
    with told(False):
        answered()


def test_many_rows_are_one_revision():
    employer = make_employer()
    for _ in range(3):
        live_job(employer)
    count, _ = revisions.current()
    Job.objects.update(benefits="A garden.")
    assert revisions.current()[0] == count + 1
