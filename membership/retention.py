"""How long drafts of applications are kept, the papers of applicants, and the lines of imported lists."""

from datetime import datetime

from aapm_site.core.files import private
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.retention import RetentionRule, delete_batch, oldest
from membership.domain import application_drafts
from membership.models import ApplicationDraft, ApplicationPaper, DirectoryMessage, ImportedLine, Viewing
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


def _messages(before: datetime) -> int:
    """Messages that were written before, but what waits for a decision. Of barred ones only the words go."""
    old = DirectoryMessage.objects.filter(created_at__lt=before)
    waiting = DirectoryMessage.objects.waiting().values("pk")
    barred = oldest(old.filter(is_barred=True).exclude(text="").values_list("pk", flat=True))
    DirectoryMessage.objects.filter(pk__in=barred).update(text="", name="", report_note="")
    return len(barred) + delete_batch(old.filter(is_barred=False).exclude(pk__in=waiting))


def _unsent(before: datetime) -> int:
    """Messages whose link nobody pressed; spam stays for staff."""
    return delete_batch(DirectoryMessage.objects.filter(sent_at=None, spam_reason="", created_at__lt=before))


def _viewings(before: datetime) -> int:
    return delete_batch(Viewing.objects.filter(begun_at__lt=before))


def _drafts(before: datetime) -> int:
    """Drafts of applications that nobody has gone on with since, with their papers; one that is being saved waits."""
    old = ApplicationDraft.objects.untouched_since(before).select_for_update(of=("self",), skip_locked=True)
    found = oldest(old)
    for draft in found:
        application_drafts.forget_draft(draft)
    return len(found)


RULES = (
    RetentionRule(
        "directory-messages",
        "Messages through the directory",
        "So long a member can report one. Of a sender who is barred the address stays, without the words.",
        30,
        14,
        _messages,
    ),
    RetentionRule(
        "directory-unsent",
        "Messages through the directory whose sender never confirmed them",
        "The link in the letter is good for two days.",
        3,
        3,
        _unsent,
    ),
    RetentionRule(
        "viewings",
        "Looks as a member",
        "Who looked at the site as whom, why and at which pages, this long after it was begun.",
        730,
        90,
        _viewings,
    ),
    RetentionRule(
        application_drafts.RETENTION,
        "Applications that were begun and not sent",
        "What was typed and its papers, this long after the person last went on with it. One letter reminds them.",
        application_drafts.KEPT_DAYS,
        14,
        _drafts,
    ),
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
