"""An employer's jobs: the board, the form, the preview, and each step by a button."""

from typing import Any

import js_asset
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.accounts.domain.places import note_unknown_places
from aapm_site.core.forms import words_of_refusal
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed, moves_from

from ..domain import credit_ledger, drafts, employers, jobs, renewals
from ..domain.drafts import Kept
from ..forms.board import BoardFilterForm
from ..forms.whole_job import WholeJobForm, checked, typed_in
from ..models import Employer, Job, JobChange, JobDraftVersion, JobStatusChange
from ..presenters import days
from ..presenters.board import board_rows
from ..presenters.changes import asked_words
from ..presenters.credits import left_in_words
from ..presenters.job import preview_words
from ..presenters.job_advice import job_advice
from ..presenters.job_steps import job_steps
from ..presenters.reply_clock import own_reply_words
from ..presenters.review import queue_words
from ..queries import boards, credits
from ..queries.job_page import job_page
from ..queries.review import place_in_queue
from ..rules import may_manage_employer
from ..states import DATED, JobStatus
from .access import confirmed_user, employers_of, limited, membership_of, own_job, writer_of, writes_now
from .drafts import aside_words, version_at
from .job_changes import live_job_form
from .jobs import CAREERS, job_context
from .steps import StepPage, take_step
from .submit import board_at

STEPS = {
    "await-payment": jobs.await_payment,
    "take-back": jobs.take_job_back,
    "pause": jobs.pause_job,
    "resume": jobs.resume_job,
    "fill": jobs.fill_job,
    "withdraw": jobs.withdraw_job,
    "reopen": renewals.reopen_job,
}
DONE = {
    "await-payment": "It waits, and goes to review by itself as soon as your payment is recorded.",
    "take-back": "It is a draft again.",
    "pause": "It is paused. Nobody can read it until you resume it.",
    "resume": "It is live again.",
    "fill": "Congratulations. The page says that the position is filled.",
    "withdraw": "It is withdrawn.",
    "reopen": "It is live again.",
}
EXPLAINED = {
    "await-payment": "It goes to review by itself as soon as your payment is recorded. Only your team sees it now.",
    "take-back": "You can change it and send it again. If it used a posting, that is yours again.",
}
# What these mean depends on the days of the position.
EXPLAINED_BY_DAYS = {"pause": days.pausing, "resume": days.resuming, "fill": days.filling, "reopen": days.reopening}


@require_safe
@confirmed_user
def employer_board(request: HttpRequest, employer_id: str) -> HttpResponse:
    """All jobs of an employer, with where each stands and what it may become."""
    member = membership_of(request, employer_id)
    employer, at, may_write = member.employer, timezone.now(), writes_now(member)
    form = BoardFilterForm(request.GET)
    form.is_valid()  # it leaves out what it does not know
    group, words = form.cleaned_data.get("show", ""), form.cleaned_data.get("q", "")
    totals = boards.group_counts(employer.jobs, at)
    page = Paginator(boards.board_jobs(employer, group, at, words), boards.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "employer": employer,
        "others": [other for other in employers_of(request) if other != employer],
        "may_write": may_write,
        "closed": employers.CLOSED if employer.closed_at else "",
        "is_owner": may_manage_employer(member.role),
        "group": group,
        "words": words,
        "groups": [(key, label, totals[key]) for key, label in boards.GROUPS.items() if totals[key]],
        "total": sum(totals.values()),
        "returned": totals["back"],
        "reply_words": own_reply_words(employer),
        "left": left_in_words(credits.left_in_all(employer)),
        "page": page,
        "rows": board_rows(
            list(page), boards.team_ids(employer), at, may_write=may_write, days=credits.days_owned(employer)
        ),
        "crumbs": [*CAREERS, (employer.name, None)],
        "meta": PageMeta("My positions", noindex=True),
    }
    return render(request, "careers/employers/board.html", context)


@confirmed_user
def job_new(request: HttpRequest, employer_id: str) -> HttpResponse:
    """Write a job."""
    employer = writer_of(request, employer_id).employer
    if request.method != "POST" and employer.closed_at:
        messages.warning(request, employers.CLOSED)
        return redirect(employer)
    return _whole_form(request, employer, Job(employer=employer))


@confirmed_user
def job_edit(request: HttpRequest, job_id: str) -> HttpResponse:
    """Change a job: all of it as a draft, its words while it is approved."""
    steps = JobStatusChange.objects.filter(subject=OuterRef("pk"))
    job = own_job(request, job_id, why=Subquery(steps.values("reason")[:1]))
    if job.is_freely_editable:
        return _whole_form(request, job.employer, job)
    if request.method == "POST" and "version" in request.POST:
        return _closed_meanwhile(request, job)
    if job.is_text_editable:
        return live_job_form(request, job)
    messages.warning(request, f"“{job.title}” cannot be changed now. Take it back first if it is in review.")
    return redirect(board_at(job))


def _closed_meanwhile(request: HttpRequest, job: Job) -> HttpResponse:
    """It went to review, or ended, while somebody wrote: their words are kept beside it."""
    try:
        kept = drafts.keep_typed(job, typed_in(request.POST), by=request.user, token=request.POST["version"])
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect(board_at(job))
    messages.warning(request, aside_words(kept))
    return redirect(version_at(kept.version))


def _whole_form(request: HttpRequest, employer: Employer, job: Job) -> HttpResponse:
    if request.method != "POST":
        newest = drafts.newest_version(job) if job.pk else None
        if newest is not None and not newest.is_checked:
            whole = WholeJobForm.showing(employer, job, newest.fields)
            return _whole_page(request, whole, newest=newest, token=newest.token)
        return _whole_page(request, WholeJobForm(employer, job), token=newest.token if newest else "")
    as_draft = "draft" in request.POST
    whole = WholeJobForm(employer, job, request.POST, draft=as_draft)
    fits = whole.is_valid()
    note_unknown_places(whole.unknown_places)
    kept, saved = _keep(request, whole, fits=fits)
    if saved is None:
        return _whole_page(request, whole, kept=kept, token=kept.version.token if kept and kept.is_in_line else None)
    if as_draft:
        messages.success(request, f"“{saved.title}” is saved as a draft.")
        return redirect(board_at(saved))
    return redirect("careers:job-preview", saved.public_id)


def _keep(request: HttpRequest, whole: WholeJobForm, *, fits: bool) -> tuple[Kept | None, Job | None]:
    """The saved job, if all fits and nobody saved meanwhile; else where the typed words stand, if they are kept."""
    typed, job, by = typed_in(request.POST), whole.job, request.user
    token = request.POST.get("version", "")
    try:
        if fits and not job.pk:
            return None, drafts.create_checked(whole.employer, typed, by=by, parts=whole.parts)
        if fits:
            saved, kept = drafts.save_checked(job, typed, by=by, token=token, parts=whole.parts)
            return kept, saved if kept.is_in_line else None
        if job.pk:
            return drafts.keep_typed(job, typed, by=by, token=token), None
        if "draft" in request.POST:
            return drafts.begin_draft(whole.employer, typed, by=by), None
    except IntegrityError as refused:  # what came back may have no gaps, even if it is saved as a draft
        whole.main.add_error(None, words_of_refusal(refused, Job))
        return drafts.keep_typed(job, typed, by=by, token=token), None
    except NotAllowed as refused:
        whole.main.add_error(None, str(refused))
    return None, None


def _whole_page(
    request: HttpRequest,
    whole: WholeJobForm,
    *,
    newest: JobDraftVersion | None = None,
    kept: Kept | None = None,
    token: str | None = None,
) -> HttpResponse:
    """The form with its steps: what a press has found wrong, or else what a check of what stands there would.

    `newest` are words that wait for a check, `kept` is where words stand that were not taken.
    """
    job, pressed = kept.version.job if kept else whole.job, whole.main.is_bound
    typed = typed_in(request.POST) if pressed else whole.typed()
    found = whole if pressed else checked(whole.employer, whole.job, typed)
    steps = job_steps(found.fields(), pressed=pressed)
    refusals = whole.refusals
    if kept and not kept.is_in_line:
        refusals.append(aside_words(kept))
    whole.show_as_needed()
    reason = whole.job.why if job.status == JobStatus.RETURNED else ""  # type: ignore[attr-defined]  # job_edit's mark
    where = (
        ("draft-save", "job-edit", job.public_id) if job.pk else ("draft-begin", "job-new", whole.employer.public_id)
    )
    save, form, key = where
    return _form_page(
        request,
        whole.main,
        whole.employer,
        job,
        locations=whole.locations,
        terms=whole.terms,
        statements=whole.statements,
        questions=whole.questions,
        question_forms=list(whole.questions),
        reason=reason,
        refusals=refusals,
        steps=steps,
        error_count=sum(len(step.slips) for step in steps) + len(refusals),
        advice=job_advice(typed),
        newest=newest,
        kept=kept,
        compare=version_at(kept.version) if kept and not kept.is_in_line else "",
        token=request.POST.get("version", "") if token is None else token,
        keep_at=reverse(f"careers:{save}", args=[key]),
        form_at=reverse(f"careers:{form}", args=[key]),
    )


def _form_page(request: HttpRequest, form: Any, employer: Employer, job: Job, **more: Any) -> HttpResponse:
    title = f"Edit: {job.title}" if job.pk else "Post a position"
    context = {
        "form": form,
        "employer": employer,
        "job": job,
        "location_forms": list(more.get("locations") or []),
        "error_count": len(form.errors),
        "back": board_at(job),
        "editor": js_asset.Media.from_media(form.media).with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]  # django-csp's
        "crumbs": [*CAREERS, (employer.name, employer.get_absolute_url()), (title, None)],
        "meta": PageMeta(title, noindex=True),
        **more,
    }
    return render(request, "careers/employers/form.html", context, status=422 if context["error_count"] else 200)


@require_safe
@confirmed_user
def job_preview(request: HttpRequest, job_id: str) -> HttpResponse:
    """The page as readers will see it, for the team and for staff who may see jobs."""
    found = _seen_by(request.user, job_id)
    job, may_write = job_page(found.pk), found.may_write
    if may_write and drafts.is_only_begun(job):
        return redirect("careers:job-edit", job.public_id)
    lacking, held = jobs.missing_details(job), credit_ledger.held_credit(job)
    may_submit = may_write and not lacking and any(step.verb == "submit" for step in moves_from(job))
    waiting = JobChange.objects.waiting().newest_of(job)
    context = {
        **job_context(job),
        "is_preview": True,
        "may_write": may_write,
        "may_edit": may_write and (job.is_freely_editable or job.is_text_editable),
        "may_submit": may_submit,
        "preview_words": preview_words(job, lacking=lacking, may_submit=may_submit, held=held),
        "queue_words": queue_words(place_in_queue(job, waiting)),
        "waiting": waiting,
        "asked": asked_words(job, waiting) if waiting else [],
        "similar": [],
        "crumbs": [*CAREERS, _way_back(job, is_on_team=found.is_on_team), ("Preview", None)],
        "meta": PageMeta(f"Preview: {job.title}", noindex=True),
    }
    return render(request, "careers/job.html", context)


def _seen_by(user: Any, job_id: str) -> Any:
    """The job of which the person may see a preview, with whether they may write it and are of its team."""
    own = {"may_write": Job.objects.writable_by(user), "is_on_team": Job.objects.for_user(user)}
    jobs_seen = Job.objects.all() if user.has_perm("careers.view_job") else own["is_on_team"]
    marks = {name: Exists(rows.filter(pk=OuterRef("pk"))) for name, rows in own.items()}
    return get_object_or_404(jobs_seen.only("pk").annotate(**marks), public_id=job_id)


def _way_back(job: Job, *, is_on_team: bool) -> tuple[str, str]:
    """The board for the team; staff, who cannot open it, go back to the job in the admin."""
    if is_on_team:
        return (job.employer.name, job.employer.get_absolute_url())
    return ("This position in the staff pages", reverse("admin:careers_job_change", args=[job.pk]))


def _withdrawal(job: Job) -> str:
    """What withdrawing means, for readers and for the credit that the job uses."""
    if job.approved_at is None:
        ends = "It ends for good: you can no longer change it or send it. Readers have never seen it."
    else:
        is_known = job.starts_at is not None and job.starts_at <= timezone.now()
        ends = f"It ends for good, and {'its page says that it is gone' if is_known else 'never goes live'}."
    is_unused = job.status not in DATED and credit_ledger.held_credit(job) is not None
    credit = "The posting that it uses is yours again." if is_unused else ""
    return " ".join(part for part in (ends, credit, days.comes_back(job), "This cannot be undone.") if part)


def _explained(job: Job, verb: str) -> str:
    if verb == "withdraw":
        return _withdrawal(job)
    return EXPLAINED_BY_DAYS[verb](job) if verb in EXPLAINED_BY_DAYS else EXPLAINED[verb]


def _done(job: Job, verb: str) -> str:
    """What is said afterwards; asked before it, while the days can be counted."""
    done = f"{DONE[verb][0].lower()}{DONE[verb][1:]}"
    return f"{done} {days.comes_back(job)}".strip() if verb in {"fill", "withdraw"} and job.starts_at else done


@confirmed_user
@limited("job-step", times=120, seconds=60 * 60)
def job_step(request: HttpRequest, job_id: str, verb: str) -> HttpResponse:
    """One step of a job: GET asks for confirmation, POST takes it."""
    job = own_job(request, job_id)
    if verb not in STEPS:
        raise Http404
    page = StepPage(job.employer, board_at(job), STEPS[verb], _done(job, verb), lambda: _explained(job, verb))
    return take_step(request, job, verb, page)
