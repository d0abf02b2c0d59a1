"""Letters about applications: to the person as they wish, and to those of the team who want them.

What goes to a team names nobody: the name stands on the page, where it can be hidden and erased.
"""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email

from ..letters import APPLICATIONS
from ..models import Employer, EmployerMember, Job, JobApplication
from ..rules import WRITERS
from ..states import JobStatus


def tell_sent(application: JobApplication) -> None:
    """A receipt to the person, which comes whatever they wish, and word to the team."""
    _write_to_person(application, "application_receipt")
    tell_team(application, "application_new")


def tell_person(application: JobApplication, event: str, **context: Any) -> None:
    """Tell the person what has changed, unless they want no letters."""
    if application.wants_letters:
        _write_to_person(application, event, **context)


def _write_to_person(application: JobApplication, event: str, **context: Any) -> None:
    job = application.job
    known = {
        "name": application.name,
        "title": job.title,
        "number": job.number,
        "employer": application.employer_for_person,
        "employer_within": application.employer_within,
        "state": application.status,
        "confidential": job.confidential,
        "url": absolute(application.get_absolute_url()),
    }
    to = application.user.email if application.user else application.email
    queue_email(
        to, f"careers/{event}", {**known, **context}, user=application.user, kind=f"{APPLICATIONS.name}.{event}"
    )


def tell_team(application: JobApplication, event: str) -> None:
    """Tell those of the team who want to hear of applications."""
    job = application.job
    context = {
        "title": job.title,
        "number": job.number,
        "employer": job.employer.name,
        "confidential": job.confidential,
        "url": absolute(reverse("careers:applicant-detail", args=[application.public_id])),
        "list_url": absolute(reverse("careers:applicant-list", args=[job.public_id])),
    }
    for member in readers_of(job.employer):
        queue_email(
            member.user.email,
            f"careers/{event}",
            {**context, "name": member.user.display_name},
            user=member.user,
            kind=f"{APPLICATIONS.name}.{event}",
        )


def readers_of(employer: Employer) -> QuerySet[EmployerMember]:
    """Those who write jobs and have not said that they want no such letters."""
    members = employer.members.filter(role__in=WRITERS, user__is_active=True, wants_applications=True)
    return members.select_related("user").order_by("pk")


def tell_of_end(job: Job) -> None:
    """Tell everybody whose application is open that the job has ended, as they wish."""
    for application in job.applications.open().select_related("user", "job__employer").order_by("pk"):
        tell_person(application, "application_ended", is_filled=job.status == JobStatus.FILLED)
