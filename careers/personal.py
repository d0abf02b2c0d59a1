"""A person's part in employers' teams, for the export of their data and its erasure."""

from typing import Any

from aapm_site.core.registries import PersonalData

from .models import EmployerInvitation, EmployerMember, JobStatusChange


def export(user: Any) -> dict[str, Any]:
    """The teams that the person is on or invited to, and the steps of postings that they took."""
    memberships = EmployerMember.objects.filter(user=user).select_related("employer")
    invitations = EmployerInvitation.objects.filter(email__iexact=user.email).select_related("employer")
    changes = JobStatusChange.objects.filter(by=user).select_related("subject")
    return {
        "teams": [
            {"employer": row.employer.name, "role": row.get_role_display(), "since": row.joined_at}
            for row in memberships
        ],
        "invitations": [{"employer": row.employer.name, "invited_at": row.invited_at} for row in invitations],
        "decisions": [
            {"job": row.subject.title, "from": row.from_status, "to": row.to_status, "at": row.at, "reason": row.reason}
            for row in changes
        ],
    }


def erase(user: Any) -> None:
    """Leave every team and forget the invitations. Postings stay: they are the employer's, not the person's."""
    EmployerMember.objects.filter(user=user).delete()
    EmployerInvitation.objects.filter(email__iexact=user.email).delete()
    EmployerInvitation.objects.filter(invited_by=user).update(invited_by=None)
    JobStatusChange.objects.filter(by=user).update(by=None)


CAREERS = PersonalData(
    "careers",
    ("careers.EmployerMember", "careers.EmployerInvitation", "careers.JobStatusChange"),
    export,
    erase,
    order=30,
)
