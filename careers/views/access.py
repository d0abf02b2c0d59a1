"""The door of an employer's own pages: signed in, with an address that was proved."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.utils import has_verified_email
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from aapm_site.core.publicforms import within_limit
from aapm_site.core.views.errors import too_many, typed

from ..models import Employer, EmployerMember, Job
from ..rules import may_manage_employer, may_write_jobs

View = Callable[..., HttpResponse]


def confirmed_user(view: View) -> View:
    """Visitors sign in first; people who have not confirmed their address are led to where they can."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_verified_email(request.user):
            messages.warning(request, "Please confirm your e-mail address first; then you can post positions.")
            return redirect("account_email")
        return view(request, *args, **kwargs)

    return login_required(checked)


def limited(name: str, *, times: int, seconds: int) -> Callable[[View], View]:
    """At most so many POSTs from one address: each may write to somebody's mailbox."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not within_limit(request, name, times=times, seconds=seconds):
                return too_many(request, typed=typed(request))
            return view(request, *args, **kwargs)

        return checked

    return mark


def membership_of(request: HttpRequest, employer_id: str) -> EmployerMember:
    """The person's place on the employer's team; somebody else's employer is a 404."""
    member = (
        EmployerMember.objects.select_related("employer__place")
        .filter(user=request.user, employer__public_id=employer_id)
        .first()
    )
    if member is None:
        raise Http404
    return member


def writer_of(request: HttpRequest, employer_id: str) -> EmployerMember:
    """The same, if the person may write postings; a viewer meets a 404 too."""
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


def own_job(request: HttpRequest, job_id: str) -> Job:
    """A posting that the person may change; everybody else's is a 404."""
    job = Job.objects.writable_by(request.user).select_related("employer").filter(public_id=job_id).first()
    if job is None:
        raise Http404
    return job


def employers_of(request: HttpRequest) -> list[Employer]:
    return list(Employer.objects.for_user(request.user))
