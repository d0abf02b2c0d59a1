"""What the demo's employer is writing: a template, questions, a change that waits, a draft on which two people work."""

from datetime import timedelta

from django.utils import timezone

from aapm_site.accounts.models import User

from ..choices import CreditReason
from ..credit_types import CreditType
from ..domain import credit_ledger, drafts
from ..domain.job_questions import set_job_questions
from ..domain.job_templates import begin_like, save_template
from ..domain.wanted import kept
from ..forms.whole_job import WholeJobForm
from ..models import CreditEntry, Employer, Job, JobChange
from ..states import JobStatus

TEMPLATE = "Physician, Center for Pain and Function"
QUESTIONS = (
    {"text": "Do you hold a license in Pennsylvania, or the compact?", "kind": "yes-no", "options": []},
    {
        "text": "Which office would suit you?",
        "kind": "one-of",
        "options": ["Erie", "Youngstown", "Either of them"],
    },
    {"text": "What would you change first in a clinic like ours?", "kind": "short", "options": []},
)
TITLE = "Pain physician, second office"
RAISE = 6_000  # dollars a year by which the waiting change raises the upper end
SUMMARY = "Half a week of procedures, half a week of talking, and nobody between you and the schedule."


def load_writing(owner: str) -> int:
    """Make it for an employer that keeps no template yet; how many positions were touched."""
    me = User.objects.filter(email=owner).first()
    employer = Employer.objects.filter(members__user__email=owner, job_templates=None).first()
    colleague = User.objects.filter(employer_memberships__employer=employer).exclude(email=owner).first()
    if me is None or employer is None or colleague is None:
        return 0
    live = list(employer.jobs.live().order_by("pk"))
    asked = next((job for job in live if job.takes_applications and not job.confidential), None)
    if not live:
        return 0
    save_template(employer, TEMPLATE, WholeJobForm(employer, live[0]).typed(), by=colleague)
    if asked is not None:
        set_job_questions(asked, QUESTIONS)
    _ask_for_change(live[0], colleague)
    _write_together(live[0], me, colleague)
    for job in employer.jobs.filter(status__in=(JobStatus.RETURNED, JobStatus.IN_REVIEW)):
        _give_credit(employer, job, me)
    return len(live[:1]) + bool(asked)


def _ask_for_change(job: Job, by: User) -> None:
    """A higher pay, which readers see once our staff have read it."""
    if job.pay_max is not None:
        asked_at = timezone.now() - timedelta(hours=5)
        wanted = {"pay_max": kept(job.pay_max + RAISE)}
        JobChange.objects.create(job=job, wanted=wanted, asked_by=by, asked_at=asked_at, edited_at=asked_at)


def _write_together(like: Job, me: User, colleague: User) -> None:
    """A draft with which a colleague goes on; what the other typed meanwhile stands beside it, to be compared."""
    typed = {**WholeJobForm(like.employer, like).typed(), "title": [TITLE]}
    job = begin_like(like.employer, typed, by=me)
    began = job.draft_versions.get()
    hers = {**typed, "summary": [SUMMARY], "pay_min": ["340,000"], "pay_max": ["395,000"]}
    drafts.keep_typed(job, hers, by=colleague, token=began.token)
    mine = {**typed, "summary": [SUMMARY.replace("Half a week of procedures", "Two days of procedures")]}
    drafts.keep_typed(job, mine, by=me, token=began.token)


def _give_credit(employer: Employer, job: Job, by: User) -> None:
    """What it has used, so that a position that came back is sent again with it."""
    if CreditEntry.objects.filter(job=job).exists():
        return
    kind = CreditType(job.runs_days, job.featured)
    credit_ledger.add_credits(
        employer, kind, 1, CreditReason.GIVEN, reason="A sample, for a position that our staff are reading."
    )
    credit_ledger.spend_credit(job, kind, by=by)
