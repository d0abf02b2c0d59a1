"""A month after its approval a team is asked whether a job is still open; unanswered for a week, the job is paused.

The letter's link can say “still open” or “filled”, without a session, and nothing else. Whoever answers, and the clock,
lock the job, its employer first where days may move, and read the question again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.background.due import DueRow
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email

from ..models import EmployerMember, Job, OpenQuestion
from ..models.open_question import OpenAnswer
from ..rules import WRITERS
from ..states import UNANSWERED, JobStatus
from . import jobs, notifications, runs

ASKED_AFTER = timedelta(days=30)
WORTHWHILE = timedelta(days=14)  # what must be left for a question
PATIENCE = timedelta(days=7)
SALT = "careers.still-open"
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Asked:
    """A question, and who of the team got the letter."""

    question: OpenQuestion
    person: User


def due_questions(at: datetime) -> Iterator[DueRow]:
    """Jobs that have been live for a month and have two weeks left, to be asked about; and those to be paused."""
    asked = OpenQuestion.objects.filter(job=OuterRef("pk"), approved_at=OuterRef("approved_at"))
    begun = Job.objects.annotate(begun=Greatest("approved_at", "starts_at"))
    due = Q(begun__lte=at - ASKED_AFTER, ends_at__gte=F("begun") + ASKED_AFTER + WORTHWHILE)
    live = Q(status=JobStatus.APPROVED, ends_at__gte=timezone.now() + WORTHWHILE)
    for job in begun.filter(live & due).exclude(Exists(asked)).order_by("begun", "pk")[:MOST_AT_ONCE]:
        title = f"Ask whether “{job.title}” is still open"
        yield DueRow(f"{job.pk}:ask", title, job.begun + ASKED_AFTER, job.get_absolute_url())
    waiting = OpenQuestion.objects.filter(answer="", answer_until__lte=at, job__status=JobStatus.APPROVED)
    live_now = waiting.filter(job__ends_at__gt=timezone.now(), approved_at=F("job__approved_at"))
    for question in live_now.select_related("job").order_by("answer_until", "pk")[:MOST_AT_ONCE]:
        title = f"Pause “{question.job.title}”, unless its team says that it is open"
        yield DueRow(f"{question.job_id}:pause", title, question.answer_until, question.job.get_absolute_url())


@transaction.atomic
def ask_or_pause(key: str) -> None:
    """Ask the team, or pause what nobody answered for. Safe to repeat and to race: the locked row counts."""
    number, _, step = key.partition(":")
    job = (
        Job.objects.select_for_update(of=("self",)).select_related("employer").defer("search").filter(pk=number).first()
    )
    if job is None or not job.is_live() or job.approved_at is None:
        return
    question = OpenQuestion.objects.filter(job=job, approved_at=job.approved_at).first()
    if step == "ask" and question is None:
        _ask(job)
    elif step == "pause" and question and not question.answer and question.answer_until <= timezone.now():
        _pause(job, question)


def _ask(job: Job) -> None:
    now = timezone.now()
    question = OpenQuestion.objects.create(
        job=job, approved_at=job.approved_at or now, asked_at=now, answer_until=now + PATIENCE
    )
    for member in job.employer.members.filter(role__in=WRITERS, user__is_active=True).select_related("user"):
        context = {
            **notifications.facts_of(job),
            "name": member.user.display_name,
            "answer_url": absolute(reverse("careers:job-still-open", args=[token_of(question, member.user)])),
            "answer_until": timezone.localdate(question.answer_until),
        }
        queue_email(
            member.user.email, "careers/job_still_open", context, user=member.user, kind="careers.job_still_open"
        )


def _pause(job: Job, question: OpenQuestion) -> None:
    _answered(question, OpenAnswer.NONE)
    done = runs.set_aside(job, by=None, reason=UNANSWERED)
    notifications.tell_team(done, "job_unanswered")


def _answered(question: OpenQuestion, answer: OpenAnswer) -> None:
    question.answer, question.answered_at = answer, timezone.now()
    question.save(update_fields=["answer", "answered_at"])


def answered_by_itself(job: Job) -> None:
    """Whoever renews or lengthens a job need not be asked. Call it under the job's lock."""
    OpenQuestion.objects.filter(job=job, answer="").update(answer=OpenAnswer.OPEN, answered_at=timezone.now())


# The link -------------------------------------------------------------------------------------------------------------
def token_of(question: OpenQuestion, person: User) -> str:
    return signing.dumps([question.pk, person.pk], salt=SALT)


def asked_by_token(signed: str) -> Asked | None:
    """Which question the link is about, and whose it is; None for a forged one, and for who may not write any more."""
    try:
        question_id, person_id = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    question = OpenQuestion.objects.select_related("job__employer").filter(pk=question_id).first()
    if question is None:
        return None
    member = EmployerMember.objects.filter(
        employer=question.job.employer_id, user=person_id, user__is_active=True, role__in=WRITERS
    )
    found = member.select_related("user").first()
    return Asked(question, found.user) if found else None


def is_waiting(question: OpenQuestion) -> bool:
    """Whether an answer does something: the job is live, or was paused because none came."""
    job = question.job
    is_about_this = question.approved_at == job.approved_at
    was_paused = job.status == JobStatus.PAUSED and question.answer == OpenAnswer.NONE and not job.is_past()
    return is_about_this and ((job.is_live() and not question.answer) or (was_paused and _paused_for_it(job)))


def _paused_for_it(job: Job) -> bool:
    last = job.status_changes.first()
    return last is not None and last.reason == UNANSWERED


@transaction.atomic
def answer_question(asked: Asked, *, is_filled: bool) -> bool:
    """What the team says: still open, which also brings back what was paused for want of an answer, or filled.

    False, and nothing is done, when the question is settled already. NotAllowed as filling and resuming say.
    """
    _, job = runs.lock_with_employer(asked.question.job)
    question = OpenQuestion.objects.select_for_update(of=("self",)).get(pk=asked.question.pk)
    question.job = job
    if not is_waiting(question):
        return False
    if is_filled:
        jobs.fill_job(job, by=asked.person)
    elif job.status == JobStatus.PAUSED:
        jobs.resume_job(job, by=asked.person)
    _answered(question, OpenAnswer.FILLED if is_filled else OpenAnswer.OPEN)
    return True
