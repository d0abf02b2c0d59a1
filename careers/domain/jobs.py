"""What changes a job. Pages, admin buttons, timed work and the demo all come through here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import dateformat, timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.days import is_believed
from aapm_site.core.richtext import plain
from aapm_site.core.row_sets import RowSet, write_row_sets
from aapm_site.core.transitions import NotAllowed, actor, move
from aapm_site.mail.models import OutgoingEmail

from ..choices import DaysReason, Remote
from ..credit_types import CreditType
from ..models import Employer, Job, JobDraftVersion, JobStatement, ReportedJob
from ..rules import SHORTEST_BODY, open_until
from ..run_dates import end_of, last_of
from ..states import JobStatus
from . import application_letters, credit_ledger, credits, employers, notifications, review_queue, reviews, runs
from .job_rows import place_rows, question_rows, specialty_rows, statement_rows, term_rows
from .review_queue import send_to_review

# What changes at once while readers see it: the words. What they searched by, and where to apply, staff read first.
TEXT_FIELDS = ("summary", "body", "benefits", "pay_note")


def _name_for(employer: Employer, fields: Mapping[str, Any]) -> str:
    return fields.get("public_employer_name", "") if fields.get("confidential") else employer.name


def set_job_places(job: Job, places: Iterable[Mapping[str, Any]]) -> None:
    """Replace the places of a job, and say them in its words. See place_rows()."""
    write_row_sets(job, [place_rows(job, places)])


def set_job_terms(job: Job, terms: Mapping[str, Any]) -> None:
    """Replace the terms of work of a job; what is not among them stays as it is."""
    write_row_sets(job, [term_rows(terms)])


class JobParts(TypedDict, total=False):
    """What stands beside a job in rows of its own. What is not among it, or None, stays as it is."""

    specialties: Iterable[Any] | None
    places: Iterable[Mapping[str, Any]] | None
    terms: Mapping[str, Any] | None
    statement: Mapping[str, Any] | None
    questions: Sequence[Mapping[str, Any]] | None


def _beside(job: Job, parts: JobParts, *, by: Actor) -> list[RowSet]:
    ways: dict[str, Callable[[Any], RowSet]] = {
        "specialties": specialty_rows,
        "places": lambda places: place_rows(job, places),
        "terms": term_rows,
        "statement": lambda stated: statement_rows(stated, by=by),
        "questions": question_rows,
    }
    return [ways[name](part) for name, part in parts.items() if part is not None]


@transaction.atomic
def create_job(employer: Employer, *, by: Actor, fields: Mapping[str, Any], **parts: Unpack[JobParts]) -> Job:
    """A new draft. NotAllowed for an employer that is closed."""
    employers.refuse_closed(employer)
    job = Job(employer=employer, **{**fields, "public_employer_name": _name_for(employer, fields)})
    job.slug = job.wanted_slug
    rows = _beside(job, parts, by=by)
    job.save()
    if rows:
        write_row_sets(job, rows)
    return job


@transaction.atomic
def edit_job(
    job: Job, *, by: Actor, fields: Mapping[str, Any], is_locked: bool = False, **parts: Unpack[JobParts]
) -> Job:
    """Change a job under its lock: everything while it is a draft or came back, its words while it is approved.

    Who has read it under that lock says `is_locked`. NotAllowed while staff read it and after it ended. A field that
    may not change now is refused, never dropped.
    """
    of_its_own = Job.objects.select_for_update(of=("self",)).select_related("employer")
    locked = job if is_locked else of_its_own.get(pk=job.pk)
    rows = _beside(locked, parts, by=by)
    if locked.is_text_editable:
        if rows or set(fields) - set(TEXT_FIELDS):
            raise NotAllowed(
                "While readers see a position, our staff read other changes than those of its words first."
            )
    elif not locked.is_freely_editable:
        raise NotAllowed(f"This position is now “{locked.get_status_display()}” and cannot be changed.")
    for field, value in fields.items():
        setattr(locked, field, value)
    if locked.is_freely_editable:
        locked.public_employer_name = _name_for(locked.employer, {**_naming(locked), **fields})
        locked.slug = locked.wanted_slug
    if rows:
        write_row_sets(locked, rows)
    locked.updated_at = timezone.now()
    locked.save()
    return locked


def _naming(job: Job) -> dict[str, Any]:
    return {"confidential": job.confidential, "public_employer_name": job.public_employer_name}


def _stands() -> dict[str, Any]:
    """Whether its employer has stated all, and whether what was typed last was checked: annotations of a job."""
    stated = JobStatement.objects.filter(job=OuterRef("pk"), is_open_vacancy=True, software_screens__isnull=False)
    typed = JobDraftVersion.objects.filter(job=OuterRef("pk")).in_line().newest_first().values("is_checked")[:1]
    return {"is_stated": Exists(stated), "is_checked": Coalesce(Subquery(typed), True)}


def missing_details(job: Job, *, stands: Any = None) -> list[str]:
    """What a job lacks before anybody can review it, in words. `stands` is it with what _stands() adds, if read."""
    found = []
    if not job.summary or not job.body:
        found.append("a summary and a description")
    elif len(plain(job.body)) < SHORTEST_BODY:
        found.append(f"a description of at least {SHORTEST_BODY} characters")
    if job.pay_min is None and not job.pay_exemption:
        found.append("a range of pay")
    if not (job.takes_applications or job.apply_url or job.apply_email):
        found.append("where to apply")
    if job.confidential and not (job.takes_applications and not job.apply_url and not job.apply_email):
        found.append("applications on this site and no other way to apply, because it is confidential")
    if job.remote != Remote.FULL and not job.places_text:
        found.append("a place")
    stands = stands or Job.objects.only("pk").annotate(**_stands()).get(pk=job.pk)
    if not stands.is_stated:
        found.append("your statements")
    if not stands.is_checked:
        found.append("a press of “Save and preview” over the words that were typed last")
    return found


def _complete(job: Job, *, stands: Any = None) -> None:
    if lacking := missing_details(job, stands=stands):
        raise NotAllowed(f"Before it can be read, this position needs {' and '.join(lacking)}.")


@transaction.atomic
def submit_job(job: Job, *, by: Actor, kind: CreditType | None = None) -> Job:
    """Send a draft, or a corrected job, to the staff.

    That uses one credit of the kind, or of the only kind that the employer owns; what holds one already, because it
    came back to its author, uses no other. NotAllowed, with the way on, when none is left.
    """
    employer = credit_ledger.lock_employer(job.employer_id)
    employers.refuse_closed(employer)
    ready = Job.objects.annotate(**_stands(), **credit_ledger.held_mark())
    locked = ready.select_for_update(of=("self",)).get(pk=job.pk)
    locked.employer = employer
    _complete(locked, stands=locked)
    held = credit_ledger.held_in(locked)
    if held is None:
        kind = kind or _only_kind(employer)
        credit_ledger.spend_credit(locked, kind, by=by)
    receipt = _receipt(locked, held or kind, by=by)
    return send_to_review(locked, None if held else kind, by=by, receipt=receipt, is_locked=True)


def _receipt(job: Job, kind: CreditType | None, *, by: Actor) -> list[OutgoingEmail]:
    """What tells whoever sends it; nobody where the site does, or where no address is known."""
    sender = actor(by)
    return [notifications.sender_receipt(job, str(kind), by=sender)] if sender is not None and sender.email else []


def _only_kind(employer: Employer) -> CreditType:
    kinds = list(credit_ledger.owned_credits(employer))
    if not kinds:
        raise NotAllowed(
            "You have no posting left. Buy one at the posting rates, or let this position wait: it goes to review by "
            "itself as soon as your payment is recorded."
        )
    if len(kinds) > 1:
        raise NotAllowed("You own postings of more than one kind. Please choose which one this position uses.")
    return kinds[0]


@transaction.atomic
def await_payment(job: Job, *, by: Actor) -> Job:
    """Let a complete job wait until the employer owns one for it. NotAllowed while it owns any."""
    _complete(job)
    employer = credit_ledger.lock_employer(job.employer_id)
    employers.refuse_closed(employer)
    if credit_ledger.held_credit(job) is not None:
        raise NotAllowed("This position has its posting already. Send it to review; nothing more is used.")
    if owned := credit_ledger.owned_credits(employer):
        count = sum(owned.values())
        raise NotAllowed(f"You have {count} posting{'' if count == 1 else 's'} left, so it need not wait. Send it now.")
    return move(job, JobStatus.AWAITING_PAYMENT, by=by)


@transaction.atomic
def take_job_back(job: Job, *, by: Actor) -> Job:
    """Make it a draft again, before somebody has decided. The credit that it used is the employer's again."""
    credit_ledger.lock_employer(job.employer_id)
    done = move(job, JobStatus.DRAFT, by=by)
    return _freed(done, by=by)


def _freed(job: Job, *, by: Actor) -> Job:
    """What the job held is free, and another job that waits may have it."""
    kind = credit_ledger.give_credit_back(job, by=by)
    if kind is not None:
        job.featured = False
        job.save(update_fields=["featured"])
        credits.collect_unpaid_credits(job.employer)
        review_queue.release_waiting_jobs(job.employer, {kind: credit_ledger.credits_left(job.employer, kind)})
    return job


def run_of(job: Job, at: datetime) -> tuple[datetime, datetime]:
    """First and last moment of a job approved at `at`: from the wished day on, or at once.

    It ends with the last day to apply, if that comes before its days are over.
    """
    starts_at = at
    if job.wished_start_on:
        wished = timezone.make_aware(datetime.combine(job.wished_start_on, time.min))
        starts_at = max(at, wished)
    ends_at = open_until(starts_at, job.runs_days)
    return starts_at, min(ends_at, end_of(job.closes_on)) if job.closes_on else ends_at


def _refuse_unbelieved_days(job: Job) -> None:
    """Forms take no such day; one that was stored before they did has no last moment. Raises NotAllowed."""
    for name, day in (("first day", job.wished_start_on), ("last day to apply", job.closes_on)):
        if day and not is_believed(day):
            said = dateformat.format(day, "F j, Y")
            raise NotAllowed(f"Its {name}, {said}, cannot be right. Send it back, and ask for another day.")


def _refuse_closed_before_it_begins(job: Job, first: date) -> None:
    if job.closes_on and job.closes_on < first:
        said = dateformat.format(job.closes_on, "F j, Y")
        raise NotAllowed(f"Its last day to apply, {said}, is over before it is live. Send it back for another day.")


@transaction.atomic
def approve_job(job: Job, *, by: Actor, reason: str = "") -> Job:
    """Let it go live: dates are set from the wished first day and the days that its posting runs.

    One that was live before, and is renewed, begins its new run today and keeps its place in the list. Days behind the
    last day to apply go to the employer's account. Takes the employer's lock, then the job's.
    """
    employer, locked = runs.lock_with_employer(job)
    _refuse_unbelieved_days(locked)
    earlier, entry = runs.runs_of(locked), credit_ledger.held_entry(locked)
    now = timezone.now()
    starts_at = locked.starts_at or run_of(locked, now)[0]
    first = timezone.localdate(now if earlier else starts_at)
    _refuse_closed_before_it_begins(locked, first)
    last = last_of(first, locked.runs_days)
    ends_at = end_of(min(last, locked.closes_on) if locked.closes_on else last)
    done = move(
        locked,
        JobStatus.APPROVED,
        verb="approve",
        by=by,
        reason=reason,
        is_locked=True,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    run = runs.begin_run(done, first, done.runs_days, entry)
    if runs.cut_at_closing_day(done, run, by=by):
        credits.settle_unpaid_days(employer)
    notifications.tell_team(done, "job_approved", scheduled=done.is_scheduled())
    return done


@transaction.atomic
def return_job(job: Job, *, by: Actor, reason: str, codes: Sequence[str] = ()) -> Job:
    """Return it to its author, who reads the reason word for word. What it says now is kept, to be compared later."""
    done = move(job, JobStatus.RETURNED, by=by, reason=reason)
    reviews.note_return(done, by=by, text=reason, codes=codes)
    notifications.tell_team(done, "job_returned", reason=reason.strip())
    return done


def _is_team(job: Job, person: Any) -> bool:
    return job.employer.members.filter(user=person).exists()


@transaction.atomic
def withdraw_job(job: Job, *, by: Actor, reason: str = "") -> Job:
    """End a job for good. Staff give a reason, which the team reads; the employer need not.

    A credit on which it has not run yet is the employer's again; of those on which it has, the days that are left go to
    the account. Takes the employer's lock, then the job's.
    """
    from_staff = not _is_team(job, by)
    if from_staff and not reason.strip():
        raise NotAllowed("Please give a reason; the employer's team will read it.")
    employer, locked = runs.lock_with_employer(job)
    done = move(locked, JobStatus.WITHDRAWN, by=by, reason=reason, is_locked=True, resumable_until=None)
    if runs.return_unused(locked, DaysReason.WITHDRAWN, by=by):
        credits.settle_unpaid_days(employer)
    done = _freed(done, by=by)
    if from_staff:
        notifications.tell_team(done, "job_withdrawn", reason=reason.strip())
    application_letters.tell_of_end(done)
    reviews.end_change(done)
    return done


@transaction.atomic
def fill_job(job: Job, *, by: Actor) -> Job:
    """Say that somebody was found. Who has applied on the site and has no answer yet is told.

    The days that are left go to the employer's account. Takes the employer's lock, then the job's.
    """
    employer, locked = runs.lock_with_employer(job)
    done = move(locked, JobStatus.FILLED, by=by, is_locked=True, resumable_until=None)
    if runs.return_unused(locked, DaysReason.FILLED, by=by):
        credits.settle_unpaid_days(employer)
    application_letters.tell_of_end(done)
    reviews.end_change(done)
    return done


@transaction.atomic
def pause_job(job: Job, *, by: Actor, reason: str = "") -> Job:
    """Take it down for a time, in which its days wait. When staff do it, they give the team a reason."""
    from_staff = not _is_team(job, by)
    if from_staff and not reason.strip():
        raise NotAllowed("Please give a reason; the employer's team will read it.")
    locked = runs.locked_job(job)
    if locked.is_past():
        raise NotAllowed("The last day of this position is over, so there is nothing to pause.")
    done = runs.set_aside(locked, by=by, reason=reason)
    if from_staff:
        notifications.tell_team(done, "job_paused", reason=reason.strip())
    return done


@transaction.atomic
def resume_job(job: Job, *, by: Actor, reason: str = "") -> Job:
    """Bring it back with the days of its pause, if that was not too long and no reports of readers hide it."""
    employer, locked = runs.lock_with_employer(job)
    if ReportedJob.objects.hiding(locked).exists():
        raise NotAllowed("Readers have reported this position. It comes back when our staff decide so, within a day.")
    done = runs.bring_back(locked, by=by, reason=reason)
    credits.settle_unpaid_days(employer)
    return done


def approve_or_resume_job(job: Job, *, by: Actor, reason: str = "") -> Job:
    """The staff's one button to “approved”: what was paused comes back with its days."""
    if job.status == JobStatus.PAUSED:
        return resume_job(job, by=by, reason=reason)
    return approve_job(job, by=by, reason=reason)


@transaction.atomic
def correct_job(job: Job, *, by: Actor, fields: Mapping[str, Any]) -> Job:
    """Staff put words right, in any state; the history keeps who did it. A new title makes a new address.

    What its employer has changed since staff last read it is still to be read.
    """
    locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    is_read = not locked.has_unread_words
    for field, value in fields.items():
        setattr(locked, field, value)
    locked.slug = locked.wanted_slug
    locked.updated_at = timezone.now()
    locked.read_at = locked.updated_at if is_read else locked.read_at
    locked.save()
    return locked
