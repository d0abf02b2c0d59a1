"""How long the papers of applicants are kept."""

from datetime import datetime

from aapm_site.core.files import private
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.retention import RetentionRule, oldest
from membership.models import ApplicationPaper
from membership.states import OPEN


def _papers(before: datetime) -> int:
    """Papers of applications that were decided before; the applications themselves stay with the member."""
    old = ApplicationPaper.objects.exclude(application__status__in=OPEN).filter(application__decided_at__lt=before)
    found = oldest(old)
    for paper in found:
        remove_after_commit(private.NAME, [str(paper.file.name)])
        paper.delete()
    return len(found)


RULES = (
    RetentionRule(
        "application-papers",
        "Papers that applicants sent",
        "Licenses, letters and CVs, this long after the application was decided.",
        365,
        30,
        _papers,
    ),
)
