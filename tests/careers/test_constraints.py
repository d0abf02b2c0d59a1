"""The database itself refuses nonsense, whoever writes it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import ProtectedError

from careers.domain import employers
from careers.models import Employer, EmployerMember, Job, JobLocation, Package
from careers.states import JobStatus

from .factories import live_job, make_employer, make_job, make_member

pytestmark = pytest.mark.django_db

# Fixed, so that all processes of a parallel run name the cases alike.
MOMENT = datetime(2030, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"status": "live"},
        {"setting": "castle"},
        {"employment_type": "always"},
        {"remote": "maybe"},
        {"pay_period": "decade"},
        {"runs_days": 0},
        {"runs_days": 366},
        {"pay_min": 10, "pay_max": 9},
        {"pay_min": 10, "pay_max": None},
        {"pay_min": -1, "pay_max": 5},
        {"pay_min": None, "pay_max": None},
        {"starts_at": None},
        {"starts_at": MOMENT, "ends_at": MOMENT - timedelta(days=1)},
        {"starts_at": None, "ends_at": None},
        {"status": JobStatus.IN_REVIEW, "starts_at": None},
        {"public_employer_name": ""},
        {"apply_url": "", "apply_email": ""},
        {"taken_down_at": MOMENT},
        {"status": JobStatus.PAUSED},
    ],
    ids=str,
)
def test_a_job_that_cannot_be_is_refused(nonsense):
    job = live_job()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**nonsense)


def test_a_job_without_pay_needs_an_attested_reason():
    job = live_job()
    Job.objects.filter(pk=job.pk).update(pay_min=None, pay_max=None, pay_exemption="By rank.")
    job.refresh_from_db()
    assert not job.shows_pay


def test_a_draft_may_have_gaps():
    make_job(pay_min=None, pay_max=None, apply_email="", summary="", body="")


def test_one_place_is_named_once():
    job = make_job()
    with pytest.raises(IntegrityError), transaction.atomic():
        JobLocation.objects.create(job=job, city="Portland", state_code="ME")


def test_a_person_is_on_a_team_once_and_in_a_known_role():
    employer = make_employer()
    user = make_member(employer)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmployerMember.objects.create(employer=employer, user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmployerMember.objects.update(role="king")


def test_an_employer_with_jobs_is_not_deleted():
    job = make_job()
    with pytest.raises(ProtectedError):
        job.employer.delete()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"price": -1},
        {"member_price": 200},
        {"postings": 0},
        {"postings": 101},
        {"runs_days": 0},
        {"runs_days": 366},
        {"tax_rate": 101},
        {"tax_rate": -1},
        {"currency": "usd"},
        {"currency": "JPY"},
        {"currency": ""},
    ],
    ids=str,
)
def test_a_rate_that_cannot_be_is_refused(nonsense):
    Package.objects.create(slug="one", name="One", price=99, member_price=79)
    with pytest.raises(IntegrityError), transaction.atomic():
        Package.objects.filter(slug="one").update(**nonsense)


def test_an_employer_with_an_account_is_not_deleted_and_one_without_is():
    employer, other = make_employer(), make_employer("Another")
    employers.customer_of(employer, by=make_member(employer))
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        Employer.objects.filter(pk=employer.pk).delete()
    assert Employer.objects.filter(pk=other.pk).delete()[0] == 1


def test_the_body_is_sanitized_by_every_way_in():
    bad = '<p onclick="x()">Hello</p><script>alert(1)</script>'
    job = make_job(body=bad)
    assert Job.objects.get(pk=job.pk).body == "<p>Hello</p>"
    Job.objects.filter(pk=job.pk).update(body=bad)
    assert Job.objects.get(pk=job.pk).body == "<p>Hello</p>"
