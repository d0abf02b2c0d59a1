"""How long the career center keeps what readers have told it."""

from datetime import datetime

from aapm_site.core.retention import RetentionRule, delete_batch

from .models import AlertMatch, JobReport, ProfileOpening


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
