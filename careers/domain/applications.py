"""What happens to an application: sent, opened, decided, withdrawn, and, on a confidential posting, named and agreed.

Whoever sends locks the sender first, the job afterwards. A step of an application locks its row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.files import private
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.http.limits import count as count_use
from aapm_site.core.transitions import NotAllowed, actor, move
from aapm_site.mail.domain.queue import queue_email

from ..application_states import APPLICATION_CLOSED, EMPLOYER_STATES, JobApplicationStatus
from ..choices import SavedStage
from ..letters import APPLICATIONS
from ..models import ApplicationOpening, EmployerMember, Job, JobApplication, SavedJob
from ..models.application import OpenedPart
from . import application_letters as letters
from .cv import CheckedCv, stored
from .reply_clocks import count_replies

A_DAY = 10
DAY_IS_FULL = f"You have sent {A_DAY} applications within a day, and that is all. Try again tomorrow."
MOST_WAITING = 3  # of one address, before their links are pressed
SALT = "careers.application"
CONFIRM_HOURS = 48
BATCH = 200  # of unconfirmed ones, forgotten in one transaction
ENDED = "This position is not open any more, so it takes no applications."
UNKNOWN_YET = "You do not know yet who this is. Say first who you are, and wait for their yes."
ERASED = "The applicant has erased this application. Nothing is left of it."
NOT_HERE = "This position does not take applications on our site."


class ApplicationsFull(NotAllowed):
    """The person has sent as many as one may send in a day."""


class AppliedAlready(NotAllowed):
    """The person has applied for this job before."""


@dataclass(frozen=True)
class WantedApplication:
    """What somebody wrote."""

    name: str
    message: str
    answers: Sequence[Mapping[str, str]] = ()


def apply_to_job(job: Job, wanted: WantedApplication, *, by: User, cv: CheckedCv | None = None) -> JobApplication:
    """Send it, from the account's confirmed address. The file is kept only if the application is.

    Raises NotAllowed for a job that is not open or is applied to elsewhere, AppliedAlready, ApplicationsFull.
    """
    with stored(cv) as file:
        made = _write_down(job, wanted, by.email, cv, file, user=by)
        return _send(made, user=by)


def ask_to_apply(job: Job, wanted: WantedApplication, *, email: str, cv: CheckedCv | None = None) -> None:
    """Keep it apart and mail a link that sends it. Nothing reaches the employer before that link is pressed.

    The letter holds nothing of what was typed: the address may be a stranger's. Of one address a few wait at most;
    what comes beyond them is dropped without a word, so that nobody learns by this form who has applied for what.
    Raises NotAllowed for a job that is not open or is applied to elsewhere.
    """
    _refuse_job(job)
    waiting = JobApplication.objects.filter(status=JobApplicationStatus.UNCONFIRMED, email=email.lower())
    if waiting.count() >= MOST_WAITING or waiting.filter(job=job).exists():
        return
    with stored(cv) as file:
        made = _write_down(job, wanted, email, cv, file)
        context = {"token": signing.dumps(made.public_id, salt=SALT), "number": job.number, "hours": CONFIRM_HOURS}
        queue_email(email, "careers/application_confirm", context, kind=f"{APPLICATIONS.name}.confirm", secret=True)


def _write_down(
    job: Job, wanted: WantedApplication, email: str, cv: CheckedCv | None, file: str, user: User | None = None
) -> JobApplication:
    return JobApplication.objects.create(
        job=job,
        user=user,
        email=email.lower(),
        name=wanted.name,
        message=wanted.message,
        answers=[dict(answer) for answer in wanted.answers],
        cv=file,
        cv_name=cv.name if cv else "",
    )


def application_to_confirm(signed: str) -> JobApplication | None:
    """What a link in a letter sends; None for a forged or an old one, and for one that is sent already."""
    try:
        public_id = signing.loads(signed, salt=SALT, max_age=CONFIRM_HOURS * 3_600)
    except signing.BadSignature:
        return None
    waiting = JobApplication.objects.filter(status=JobApplicationStatus.UNCONFIRMED)
    return waiting.select_related("job__employer").filter(public_id=public_id).first()


@transaction.atomic
def confirm_application(application: JobApplication) -> JobApplication:
    """The reader of the address wants it sent. If the address is an account's, the application is the account's.

    Raises what apply_to_job() raises.
    """
    email = application.email
    owner = User.objects.filter(is_active=True, emailaddress__email__iexact=email, emailaddress__verified=True).first()
    return _send(application, user=owner)


def _send(application: JobApplication, *, user: User | None) -> JobApplication:
    """Counted under the sender's lock, so that of many presses at once none goes over the limit."""
    _lock_sender(application.email, user)
    job = Job.objects.select_for_update(of=("self",), no_key=True).select_related("employer").get(pk=application.job_id)
    _refuse_job(job)
    _refuse_sender(job, application.email, user)
    _count_sending(application.email, user)
    sent = move(application, JobApplicationStatus.SENT, by=user, user=user)
    sent.job = job
    if user is not None:
        SavedJob.objects.filter(user=user, job=job, stage=SavedStage.INTERESTED).update(stage=SavedStage.APPLIED)
    letters.tell_sent(sent)
    return sent


def _lock_sender(email: str, user: User | None) -> None:
    if user is not None:
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 47))", [email])


def _refuse_job(job: Job) -> None:
    if not job.is_live():
        raise NotAllowed(ENDED)
    if not job.takes_applications:
        raise NotAllowed(NOT_HERE)


def _refuse_sender(job: Job, email: str, user: User | None) -> None:
    """What was withdrawn may be sent anew; a second try after an answer would only be a nuisance."""
    own = JobApplication.objects.sent().filter(Q(email=email) | Q(user=user) if user else Q(email=email))
    if own.filter(job=job).exclude(status=JobApplicationStatus.WITHDRAWN).exists():
        raise AppliedAlready("You have applied for this position before; once is enough.")
    if own.filter(sent_at__gt=timezone.now() - timedelta(days=1)).count() >= A_DAY:
        raise ApplicationsFull(DAY_IS_FULL)


def _count_sending(email: str, user: User | None) -> None:
    """Counted beside the rows as well, by digests alone, so that erasing an application makes no room for another."""
    senders = [email, f"account {user.pk}"] if user else [email]
    if max(count_use("applications-sent", sender, seconds=24 * 3_600) for sender in senders) > A_DAY:
        raise ApplicationsFull(DAY_IS_FULL)


# What the person does with it -----------------------------------------------------------------------------------------
@transaction.atomic
def withdraw_application(application: JobApplication, *, by: Actor) -> JobApplication:
    """Take it back, for good: the employer reads neither message nor CV any more. The CV and the team's notes go."""
    done = move(locked_application(application), JobApplicationStatus.WITHDRAWN, by=by, is_locked=True)
    _forget_cv(done)
    done.team_notes.all().delete()
    letters.tell_team(done, "application_withdrawn")
    return done


def _forget_cv(application: JobApplication) -> None:
    if application.cv:
        remove_after_commit(private.NAME, [str(application.cv.name)])
        JobApplication.objects.filter(pk=application.pk).update(cv="", cv_name="")


def set_letters(application: JobApplication, *, wanted: bool) -> None:
    """Whether the person is written to when something changes."""
    JobApplication.objects.filter(pk=application.pk).update(wants_letters=wanted)


@transaction.atomic
def agree_to_reveal(application: JobApplication) -> JobApplication:
    """The person says yes: the employer, which has named itself, reads name, address and CV from now on.

    NotAllowed before the employer has named itself, and after the end.
    """
    locked = locked_application(application)
    _refuse_closed(locked)
    if not locked.revealed.may_say_yes:
        raise NotAllowed("The employer has not named itself to you yet, or you have said yes already.")
    locked.agreed_at = timezone.now()
    locked.save(update_fields=["agreed_at"])
    letters.tell_team(locked, "application_agreed")
    return locked


# What the employer does with it ---------------------------------------------------------------------------------------
@transaction.atomic
def open_application(application: JobApplication, *, by: User) -> JobApplication:
    """Somebody of the employer reads it: that is noted, and the first time it becomes “Opened”."""
    locked = locked_application(application)
    ApplicationOpening.objects.create(application=locked, part=OpenedPart.APPLICATION, by=actor(by))
    if locked.status != JobApplicationStatus.SENT:
        return locked
    done = move(locked, JobApplicationStatus.VIEWED, by=by, is_locked=True)
    letters.tell_person(done, "application_changed")
    return done


@transaction.atomic
def open_cv(application: JobApplication, *, by: User) -> JobApplication:
    """Somebody of the employer opens the CV: that is noted. NotAllowed where there is none, or none to be seen yet."""
    locked = locked_application(application)
    if not locked.shows_cv:
        raise NotAllowed("There is no CV here that you may open.")
    ApplicationOpening.objects.create(application=locked, part=OpenedPart.CV, by=actor(by))
    return locked


@transaction.atomic
def list_applications(job: Job, *, by: User) -> list[JobApplication]:
    """Those for a spreadsheet, oldest first: what somebody has opened and nobody has withdrawn. Each is noted.

    What nobody has opened stays out, so that the first reading stays a press of its own.
    """
    rows = job.applications.sent().exclude(status__in=(JobApplicationStatus.SENT, JobApplicationStatus.WITHDRAWN))
    beside = rows.select_related("team_address__member__user").defer("message")
    listed = list(beside.order_by("pk"))
    for one in listed:
        one.job = job
    ApplicationOpening.objects.bulk_create(
        ApplicationOpening(application=one, part=OpenedPart.LISTED, by=actor(by))
        for one in listed
        if one.revealed.employer_knows_person
    )
    return listed


@transaction.atomic
def decide_application(application: JobApplication, status: str, *, by: Actor, words: str = "") -> JobApplication:
    """Say that one is in contact, declines or hires; the person reads the words, and the reply clock is recounted.

    NotAllowed for any other step, before somebody has opened it, which the person is shown, and for one that needs to
    know who the person is while that is not revealed.
    """
    done = decide_uncounted(application, status, by=by, words=words)
    if application.answered_at is None and not done.job.confidential:
        count_replies(done.job.employer_id)
    return done


@transaction.atomic
def decide_uncounted(application: JobApplication, status: str, *, by: Actor, words: str = "") -> JobApplication:
    """The same, for whoever decides on several and has the clock recounted once."""
    locked = locked_application(application)
    if status not in EMPLOYER_STATES:
        raise NotAllowed("An employer cannot take this step.")
    if locked.status == JobApplicationStatus.SENT:
        raise NotAllowed("Open the application first.")
    if status != JobApplicationStatus.DECLINED and not locked.revealed.employer_knows_person:
        raise NotAllowed(UNKNOWN_YET)
    again: dict[str, Any] = {"closed_at": None} if locked.status in APPLICATION_CLOSED else {}
    if locked.answered_at is None:
        again["answered_at"] = timezone.now()
    done = move(locked, status, by=by, reason=words, is_locked=True, **again)
    letters.tell_person(done, "application_changed", words=words.strip())
    return done


@transaction.atomic
def name_employer(application: JobApplication, *, by: Actor) -> JobApplication:
    """The employer of a confidential posting says to this one person who it is. It cannot be taken back.

    NotAllowed where it is known already, and after the end.
    """
    locked = locked_application(application)
    _refuse_closed(locked)
    if not locked.revealed.may_name_itself:
        raise NotAllowed("This person knows who you are already.")
    locked.named_at = timezone.now()
    locked.save(update_fields=["named_at"])
    letters.tell_person(locked, "application_named")
    return locked


def set_team_letters(member: EmployerMember, *, wanted: bool) -> None:
    """Whether somebody of the team is written to about new applications."""
    EmployerMember.objects.filter(pk=member.pk).update(wants_applications=wanted)


def locked_application(application: JobApplication) -> JobApplication:
    """NotAllowed where it has been erased meanwhile."""
    beside = ("job__employer", "user", "team_address__member__user")
    rows = JobApplication.objects.select_for_update(of=("self",)).select_related(*beside)
    found = rows.filter(pk=application.pk).first()
    if found is None:
        raise NotAllowed(ERASED)
    return found


def _refuse_closed(application: JobApplication) -> None:
    if not application.is_open:
        raise NotAllowed(f"This application is now “{application.get_status_display()}”.")


# What goes again ------------------------------------------------------------------------------------------------------
@transaction.atomic
def forget_applications(applications: Sequence[JobApplication]) -> None:
    """Forget them with their CVs, who opened them, their steps, and what was noted and said about them.

    They are locked first: whoever writes about one meanwhile comes before it is gone, or finds nothing.
    """
    keys = [one.pk for one in applications]
    list(JobApplication.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))
    remove_after_commit(private.NAME, [str(one.cv.name) for one in applications if one.cv])
    JobApplication.objects.filter(pk__in=keys).delete()


def sweep_unconfirmed() -> int:
    """Forget those whose link nobody has pressed in time, with their files; how many."""
    before = timezone.now() - timedelta(hours=CONFIRM_HOURS)
    waiting = JobApplication.objects.filter(status=JobApplicationStatus.UNCONFIRMED, created_at__lt=before)
    count = 0
    while True:
        with transaction.atomic():
            rows = list(waiting.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
            forget_applications(rows)
        count += len(rows)
        if len(rows) < BATCH:
            return count
