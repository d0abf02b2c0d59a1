"""The door of an employer's own pages: signed in, with an address that was proved."""

from typing import Any

from django.http import Http404, HttpRequest

from aapm_site.accounts.access import confirmed_user, limited

from ..models import Employer, EmployerMember, Job
from ..rules import may_manage_employer, may_write_jobs

__all__ = [
    "confirmed_user",
    "employers_of",
    "limited",
    "membership_of",
    "own_job",
    "owner_of",
    "writer_of",
    "writes_now",
]


def membership_of(request: HttpRequest, employer_id: str) -> EmployerMember:
    """The person's place on the employer's team; somebody else's employer is a 404."""
    member = (
        EmployerMember.objects.select_related("employer__place", "employer__reply_clock")
        .filter(user=request.user.pk, employer__public_id=employer_id)
        .first()
    )
    if member is None:
        raise Http404
    return member


def writes_now(member: EmployerMember) -> bool:
    """Whether the person may write jobs and buy: what an organization had that is closed is only read."""
    return may_write_jobs(member.role) and member.employer.closed_at is None


def writer_of(request: HttpRequest, employer_id: str) -> EmployerMember:
    """The same, if the person may write jobs; a viewer meets a 404 too."""
    member = membership_of(request, employer_id)
    if not may_write_jobs(member.role):
        raise Http404
    return member


def owner_of(request: HttpRequest, employer_id: str) -> EmployerMember:
    """The same, if the person may change the employer and its team."""
    member = membership_of(request, employer_id)
    if not may_manage_employer(member.role):
        raise Http404
    return member


def own_job(request: HttpRequest, job_id: str, **marks: Any) -> Any:
    """A job that the person may change, with these annotations; everybody else's is a 404."""
    beside = ("employer", "terms", "statement")
    jobs = Job.objects.writable_by(request.user).select_related(*beside).annotate(**marks)
    job = jobs.filter(public_id=job_id).first()
    if job is None:
        raise Http404
    return job


def employers_of(request: HttpRequest) -> list[Employer]:
    return list(Employer.objects.for_user(request.user))
