"""Whose address the other side of an application reads: nobody's, before both have said that they show theirs.

Whoever writes locks the application, then their place on the team. Whoever takes a place away locks it before it looks
for what goes with it (domain/employers.py, privacy.py).
"""

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..application_states import JobApplicationStatus
from ..models import EmployerMember, JobApplication, TeamAddress
from . import application_letters as letters
from .applications import UNKNOWN_YET, locked_application

COLLEAGUE_SHOWS = "A colleague shows their address here already, and the applicant reads one only."
BOTH_SHOW = "Both of you show your addresses, so the other has read yours. It cannot be taken back."


@transaction.atomic
def show_address(application: JobApplication, *, by: User | None, by_employer: bool) -> JobApplication:
    """This side shows its address, and the other reads it once it shows its own. The other side hears of it.

    For an employer it is the address of who presses. NotAllowed after a withdrawal or an erasure, before the employer
    has opened it, while one does not know who the other is, and where a colleague shows theirs.
    """
    locked = locked_application(application)
    _refuse(locked)
    if by_employer:
        _show_of_team(locked, by)
    elif locked.person_shows_at is None:
        locked.person_shows_at = timezone.now()
        locked.save(update_fields=["person_shows_at"])
        letters.tell_team(locked, "application_address_shown")
    return locked


def _refuse(application: JobApplication) -> None:
    if application.is_withdrawn:
        raise NotAllowed("This application is withdrawn, so nobody's address is shown.")
    if application.status == JobApplicationStatus.SENT:
        raise NotAllowed("The employer has not opened the application yet.")
    if not application.revealed.employer_knows_person:
        raise NotAllowed(UNKNOWN_YET)


def _show_of_team(application: JobApplication, by: User | None) -> None:
    members = EmployerMember.objects.select_for_update(of=("self",), no_key=True)
    member = members.filter(employer=application.job.employer_id, user=by).first()
    if member is None:
        raise NotAllowed("You are not on the team any more.")
    shown = TeamAddress.objects.filter(application=application).first()
    if shown is None:
        application.team_address = TeamAddress.objects.create(application=application, member=member)
        letters.tell_person(application, "application_address_offered")
    elif shown.member_id != member.pk:
        raise NotAllowed(COLLEAGUE_SHOWS)


@transaction.atomic
def hide_address(application: JobApplication, *, by_employer: bool) -> JobApplication:
    """Take it back, as long as the other side has not shown its own. Nothing to take back is no error."""
    locked = locked_application(application)
    if locked.addresses_shown:
        raise NotAllowed(BOTH_SHOW)
    if by_employer:
        TeamAddress.objects.filter(application=locked).delete()
    else:
        locked.person_shows_at = None
        locked.save(update_fields=["person_shows_at"])
    return locked
