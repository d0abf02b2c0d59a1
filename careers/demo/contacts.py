"""The demonstration's employer has found people: some it keeps in mind, and some it has asked for contact."""

from datetime import timedelta

from django.utils import timezone

from aapm_site.accounts.models import User

from ..choices import ContactReason
from ..contact_states import ContactStatus
from ..domain.profile_openings import record_opening
from ..models import Employer, Job, Profile, ProfileBookmark, ProfileContact

# Days ago, why, the employer's words, and what the person has said since.
ASKED = (
    (9, ContactReason.POSITION, "You place stimulators, and we have two days a week for nothing else.", "agreed"),
    (4, ContactReason.VISIT, "Come on a Wednesday, when everybody sits at one table.", "declined"),
    (1, ContactReason.TALK, "", "asked"),
)
KEPT = ("Could begin in July. Denise knows the program.", "")


def load_contacts(owner: str) -> int:
    """How many were asked: once, so that what somebody has done with it stays done."""
    user = User.objects.filter(email=owner).first()
    employer = Employer.objects.filter(members__user=user).first() if user else None
    job = Job.objects.live().filter(employer=employer, confidential=False).first() if employer else None
    if user is None or employer is None or job is None or ProfileContact.objects.exists():
        return 0
    people = list(Profile.objects.visible_to(employer).order_by("pk")[: len(ASKED) + len(KEPT)])
    for profile, told in zip(people, ASKED, strict=False):
        _ask(profile, employer, job, user, told)
    for profile, note in zip(people[len(ASKED) :], KEPT, strict=False):
        record_opening(profile, employer, user, timezone.now() - timedelta(days=3))
        ProfileBookmark.objects.create(employer=employer, profile=profile, note=note, kept_by=user)
    return min(len(people), len(ASKED))


def _ask(profile: Profile, employer: Employer, job: Job, user: User, told: tuple[int, str, str, str]) -> None:
    days, reason, words, status = told
    asked_at = timezone.now() - timedelta(days=days)
    is_answered = status != ContactStatus.ASKED
    answered_at = asked_at + timedelta(hours=20) if is_answered else None
    record_opening(profile, employer, user, asked_at)
    made = ProfileContact.objects.create(
        profile=profile,
        employer=employer,
        job=job,
        reason=reason,
        words=words,
        asked_by=user,
        status=status,
        asked_at=asked_at,
        answered_at=answered_at,
        closed_at=answered_at if status == ContactStatus.DECLINED else None,
    )
    if answered_at:
        made.status_changes.create(from_status=ContactStatus.ASKED, to_status=status, at=answered_at, by=profile.user)
