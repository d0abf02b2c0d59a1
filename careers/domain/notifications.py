"""Mail to an employer's team and to the staff, queued in the transaction of the step that it is about."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import compose_email, queue_email, queue_emails
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.registry import is_confirmed

from ..models import Employer, EmployerInvitation, FellowshipOffer, Job, OwnerRecovery
from ..rules import WRITERS
from .employer_decisions import is_known_to_staff


def facts_of(job: Job) -> dict[str, Any]:
    """What letters to a team and to the staff say of a job."""
    board = absolute(reverse("careers:employer-board", args=[job.employer.public_id]))
    return {
        "title": job.title,
        "number": job.number,
        "employer": job.employer.name,
        "places": job.places_text,
        "board_url": f"{board}#job-{job.number}",
        "job_url": absolute(job.get_absolute_url()),
        "starts_on": timezone.localdate(job.starts_at) if job.starts_at else None,
        "ends_on": timezone.localdate(job.ends_at) if job.ends_at else None,
    }


def _write_to(employer: Employer, event: str, context: dict[str, Any]) -> None:
    """One mail to each person of the team who writes jobs."""
    members = employer.members.filter(role__in=WRITERS, user__is_active=True).select_related("user")
    for member in members:
        queue_email(
            member.user.email,
            f"careers/{event}",
            {**context, "name": member.user.display_name},
            user=member.user,
            kind=f"careers.{event}",
        )


def tell_team(job: Job, event: str, **context: Any) -> None:
    """Tell the team's writers about one of its jobs."""
    _write_to(job.employer, event, {**facts_of(job), **context})


def sender_receipt(job: Job, what: str, *, by: User) -> OutgoingEmail:
    """A receipt for whoever sent a job to review: what was sent, what it uses and what follows."""
    context = {**facts_of(job), "what": what, "name": by.display_name, "closes_on": job.closes_on}
    return compose_email(by.email, "careers/job_sent", context, user=by, kind="careers.job_sent")


def tell_of_gift(employer: Employer, what: str, reason: str) -> None:
    """Tell the team's writers that staff gave them credits."""
    url = absolute(reverse("careers:employer-credits", args=[employer.public_id]))
    _write_to(employer, "credits_given", {"employer": employer.name, "what": what, "reason": reason, "url": url})


def tell_of_days(employer: Employer, what: str, reason: str) -> None:
    """Tell the team's writers that staff gave them days."""
    url = absolute(reverse("careers:employer-credits", args=[employer.public_id]))
    _write_to(employer, "days_given", {"employer": employer.name, "what": what, "reason": reason, "url": url})


def tell_program(offer: FellowshipOffer, event: str, **context: Any) -> None:
    """Tell the team's writers about one of its fellowship offers."""
    _write_to(offer.employer, event, {**_offer_facts(offer), **context})


def tell_staff_of_offer(offer: FellowshipOffer) -> None:
    """One mail to the staff's address: somebody has to read it."""
    context = {**_offer_facts(offer), "admin_url": admin_address(offer)}
    queue_email(settings.STAFF_EMAIL, "careers/fellowship_submitted", context, kind="careers.fellowship_submitted")


def _offer_facts(offer: FellowshipOffer) -> dict[str, Any]:
    return {
        "title": offer.program,
        "employer": offer.employer.name,
        "places": offer.place.label,
        "opens_on": offer.round.opens_on,
        "closes_on": offer.round.closes_on,
        "url": absolute(offer.get_absolute_url()),
        "own_url": absolute(reverse("careers:fellowship-own", args=[offer.employer.public_id])),
    }


def tell_owners(employer: Employer, owners: Sequence[User], changes: Sequence[str]) -> None:
    """Tell the owners of a team what staff have changed of it."""
    url = absolute(reverse("careers:employer-team", args=[employer.public_id]))
    for owner in owners:
        queue_email(
            owner.email,
            "careers/team_changed",
            {"employer": employer.name, "changes": changes, "name": owner.display_name, "url": url},
            user=owner,
            kind="careers.team_changed",
        )


def tell_of_new_owner(recovery: OwnerRecovery, event: str, people: Sequence[User], *, token: str) -> None:
    """Tell a team that it is to get a new owner, that it has, or that it was stopped."""
    facts = {
        "employer": recovery.employer.name,
        "new_owner": recovery.new_owner.email,
        "due_at": recovery.due_at,
        "url": absolute(reverse("careers:owner-objection", args=[token])),
    }
    for person in people:
        queue_email(
            person.email,
            f"careers/{event}",
            {**facts, "name": person.display_name},
            user=person,
            kind=f"careers.{event}",
        )


def admin_address(row: Any) -> str:
    """Where staff find it."""
    return absolute(reverse(f"admin:careers_{row._meta.model_name}_change", args=[row.pk]))


def tell_staff(job: Job, event: str, **context: Any) -> None:
    """One mail to the staff's address, with the way to the job in the admin."""
    queue_emails([staff_letter(job, event, **context)])


def staff_letter(job: Job, event: str, **context: Any) -> OutgoingEmail:
    """The same, to be queued with others."""
    return compose_email(
        settings.STAFF_EMAIL,
        f"careers/{event}",
        {**facts_of(job), "admin_url": admin_address(job), **context},
        kind=f"careers.{event}",
    )


def invite_to_team(invitation: EmployerInvitation) -> None:
    """Tell the invited person. The link alone opens nothing: it asks to sign in with this very address.

    The address may be anybody's, so of what was typed it reads the inviter's confirmed address and, once staff have
    verified the organization, its name. A mailed link does not do: whoever owns a domain may call themselves anything.
    """
    employer: Employer = invitation.employer
    by = invitation.invited_by
    queue_email(
        invitation.email,
        "careers/team_invitation",
        {
            "employer": employer.name if is_known_to_staff(employer) else "",
            "role": invitation.get_role_display(),
            "by": by.email if by else "",
            "url": absolute(reverse("careers:employer-home")),
        },
        kind="careers.team_invitation",
        vouched=by is not None and is_confirmed(by.email),
    )
