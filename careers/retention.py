"""How long the career center keeps what readers have told it."""

from datetime import datetime

from django.db.models import Q

from aapm_site.core.retention import RetentionRule, delete_batch, oldest

from .domain.applications import forget_applications
from .models import (
    AlertMatch,
    JobApplication,
    JobReport,
    ProfileAppearance,
    ProfileContact,
    ProfileFind,
    ProfileOpening,
)
from .states import ENDED


def _reports(before: datetime) -> int:
    """What waits for a decision waits on."""
    return delete_batch(JobReport.objects.filter(case__decided_at__lt=before))


REPORTS = RetentionRule(
    "job-reports",
    "Reports about positions",
    "What readers wrote about a position, this long after staff have decided. The decision itself stays.",
    365,
    30,
    _reports,
)


def _finds(before: datetime) -> int:
    """A position whose last day is over is told to nobody, nor found anew."""
    return delete_batch(AlertMatch.objects.filter(job__ends_at__lt=before))


FINDS = RetentionRule(
    "alert-finds",
    "What alerts have found",
    "Which positions an alert has found and told of, this long after their last day.",
    90,
    1,
    _finds,
)


def _openings(before: datetime) -> int:
    return delete_batch(ProfileOpening.objects.filter(opened_at__lt=before))


OPENINGS = RetentionRule(
    "profile-looks",
    "Who has seen a profile",
    "Which employers have opened a profile, this long after they did. Its owner reads it until then.",
    730,
    90,
    _openings,
)


def _profile_finds(before: datetime) -> int:
    """Each was told by then, or is no news any more; an appearance that is over goes on for thirty days at most."""
    return delete_batch(ProfileFind.objects.filter(found_at__lt=before)) + delete_batch(
        ProfileAppearance.objects.filter(left_at__lt=before)
    )


PROFILE_FINDS = RetentionRule(
    "profile-finds",
    "What saved searches of profiles have found",
    "Which new profiles an employer’s saved search has found, this long after, and when profiles could be found.",
    30,
    30,
    _profile_finds,
)


def _contacts(before: datetime) -> int:
    return delete_batch(ProfileContact.objects.filter(closed_at__lt=before))


CONTACTS = RetentionRule(
    "profile-contacts",
    "Requests for contact",
    "Which employers have asked somebody by their profile, this long after a no, or after a yes was taken back.",
    730,
    180,
    _contacts,
)


def _applications(before: datetime) -> int:
    """Closed before, or never answered while the position ended before. A CV goes with its application."""
    over = Q(job__ends_at__lt=before) | Q(job__status__in=ENDED, job__taken_down_at__lt=before)
    unanswered = over & Q(closed_at=None, sent_at__lt=before)
    old = oldest(JobApplication.objects.sent().filter(Q(closed_at__lt=before) | unanswered))
    forget_applications(old)
    return len(old)


APPLICATIONS = RetentionRule(
    "job-applications",
    "Applications for positions",
    "Messages, CVs and steps, this long after the answer, or after the last day of a position that gave none.",
    365,
    30,
    _applications,
)
