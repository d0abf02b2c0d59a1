"""How long the papers of applicants are kept, and the lines of imported lists."""

from datetime import datetime

from aapm_site.core.files import private
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.retention import RetentionRule, delete_batch, oldest
from membership.models import ApplicationPaper, ImportedLine
from membership.states import OPEN


def _papers(before: datetime) -> int:
    """Papers of applications that were decided before; the applications themselves stay with the member."""
    old = ApplicationPaper.objects.exclude(application__status__in=OPEN).filter(application__decided_at__lt=before)
    found = oldest(old)
    for paper in found:
        remove_after_commit(private.NAME, [str(paper.file.name)])
        paper.delete()
    return len(found)


def _lines(before: datetime) -> int:
    """Lines of lists that were brought before; the list stays with its counts."""
    return delete_batch(ImportedLine.objects.filter(member_import__uploaded_at__lt=before))


RULES = (
    RetentionRule(
        "imported-lines",
        "Lines of imported lists of members",
        "What stood in them, this long after the list was brought. What was imported stays.",
        90,
        7,
        _lines,
    ),
    RetentionRule(
        "application-papers",
        "Papers that applicants sent",
        "Licenses, letters and CVs, this long after the application was decided.",
        365,
        30,
        _papers,
    ),
)
