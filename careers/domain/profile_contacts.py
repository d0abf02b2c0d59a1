"""What happens to a request for contact: asked, answered, withdrawn, and the yes taken back.

Whoever asks locks the employer, then the profile. A step of a request locks its row.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed, move
from aapm_site.mail.domain.queue import queue_email

from ..choices import OpenedFrom
from ..contact_states import CONTACT_OPEN, CONTACT_REFUSED, ContactStatus
from ..letters import PROFILES
from ..models import Employer, Job, Profile, ProfileContact, ProfileOpening
from ..queries.blocked import is_blocked_for
from . import credit_ledger
from .application_letters import readers_of
from .profile_openings import NOT_THERE, record_opening

A_DAY = 10
LEFT_ALONE = 90  # days after a no, or after a yes that was taken back
NOT_ABOUT_THIS = (
    "Choose one of your positions that is live and has your name on it: a request says who asks, so it cannot be about "
    "a confidential one."
)


class ContactsUsedUp(NotAllowed):
    """The employer has asked as many people as one may in a day."""


@dataclass(frozen=True)
class WantedContact:
    """About which position, which of the reasons, and what the employer adds in its own words."""

    job: Job
    reason: str
    words: str = ""


@transaction.atomic
def ask_for_contact(profile: Profile, employer: Employer, wanted: WantedContact, *, by: User) -> ProfileContact:
    """Ask somebody whose profile the employer has opened. They get a letter without a word that was typed.

    Locks the employer, so that of many presses at once none goes over the limit. Raises NotAllowed for a profile that
    is not to be found or was never opened, for a position that is not open or is confidential, while another request
    is open, for LEFT_ALONE days after a no; ContactsUsedUp at the limit.
    """
    credit_ledger.lock_employer(employer.pk)
    seen = Profile.objects.visible_to(employer).select_for_update(of=("self",), no_key=True)
    found = seen.select_related("user").filter(pk=profile.pk).first()
    if found is None or not ProfileOpening.objects.filter(profile=found, employer=employer).exists():
        raise NotAllowed(NOT_THERE)
    if not Job.objects.live().filter(pk=wanted.job.pk, employer=employer, confidential=False).exists():
        raise NotAllowed(NOT_ABOUT_THIS)
    _refuse_again(found, employer)
    made = ProfileContact.objects.create(
        profile=found, employer=employer, job=wanted.job, reason=wanted.reason, words=wanted.words.strip(), asked_by=by
    )
    _tell_person(made, found.user)
    return made


def _refuse_again(profile: Profile, employer: Employer) -> None:
    now = timezone.now()
    asked = ProfileContact.objects.filter(employer=employer)
    own = asked.filter(profile=profile)
    if own.filter(status__in=CONTACT_OPEN).exists():
        raise NotAllowed("You have asked this person already.")
    if own.filter(status__in=CONTACT_REFUSED, closed_at__gt=now - timedelta(days=LEFT_ALONE)).exists():
        raise NotAllowed(f"This person said no. Please leave them alone for {LEFT_ALONE} days.")
    if asked.filter(asked_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise ContactsUsedUp(f"You have asked {A_DAY} people within a day, and that is all. Go on tomorrow.")


def withdraw_contact(contact: ProfileContact, *, by: Actor) -> ProfileContact:
    """The employer takes back what nobody has answered yet; the person sees nothing of it any more."""
    return move(contact, ContactStatus.WITHDRAWN, by=by)


@transaction.atomic
def answer_contact(contact: ProfileContact, status: str, *, by: Actor) -> ProfileContact:
    """The person says yes or no, or takes the yes back. The team hears that somebody did, and reads who on its page."""
    if status not in {ContactStatus.AGREED, *CONTACT_REFUSED}:
        raise NotAllowed("A person cannot take this step.")
    done = move(contact, status, by=by)
    _tell_team(done)
    return done


def is_shown_after_yes(profile: Profile, employer: Employer) -> bool:
    """Whether the person's yes to this employer holds: it ends with a pause, and with their list."""
    agreed = ProfileContact.objects.filter(profile=profile, employer=employer, status=ContactStatus.AGREED)
    rests = Q(active=False) | Q(paused_at__isnull=False) | Q(hidden_at__isnull=False) | Q(user__is_active=False)
    is_resting = Profile.objects.filter(rests, pk=profile.pk).exists()
    return not is_resting and agreed.exists() and not is_blocked_for(profile.user, employer)


@transaction.atomic
def open_after_yes(profile: Profile, employer: Employer, user: User, *, part: str = OpenedFrom.CONTACT) -> Profile:
    """Somebody of the employer opens the whole profile, or its CV; it is none of the day's fifty. The person reads it.

    Raises NotAllowed where the yes does not hold any more, and for a CV that is not there.
    """
    locked = Profile.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=profile.pk)
    if not is_shown_after_yes(locked, employer):
        raise NotAllowed(NOT_THERE)
    if part == OpenedFrom.CV and not locked.cv:
        raise NotAllowed("There is no CV with this profile.")
    record_opening(locked, employer, user, timezone.now(), source=part)
    return locked


def _tell_person(contact: ProfileContact, person: User) -> None:
    context = {
        "name": person.display_name,
        "employer": contact.employer.name,
        "title": contact.job.title,
        "number": contact.job.number,
        "url": absolute(reverse("careers:contact-list")),
    }
    queue_email(person.email, "careers/contact_asked", context, user=person, kind=f"{PROFILES.name}.contact_asked")


def _tell_team(contact: ProfileContact) -> None:
    """Names nobody: the name stands on the page, where it can be hidden and erased."""
    context = {
        "answer": contact.status,
        "title": contact.job.title,
        "number": contact.job.number,
        "employer": contact.employer.name,
        "url": absolute(reverse("careers:profile-contacts", args=[contact.employer.public_id])),
    }
    for member in readers_of(contact.employer):
        queue_email(
            member.user.email,
            "careers/contact_answered",
            {**context, "name": member.user.display_name},
            user=member.user,
            kind=f"{PROFILES.name}.contact_answered",
        )
