"""An employer's jobs: the board, the form, the preview, and each step by a button."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.accounts.domain.places import note_unknown_places
from aapm_site.accounts.place_field import unknown_places
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed, moves_from

from ..domain import credit_ledger, jobs
from ..forms.job import JobForm, JobTextForm, Locations, needs_a_place, show_as_needed
from ..forms.terms import JobTermsForm
from ..models import Employer, Job
from ..presenters.board import board_rows
from ..presenters.credits import left_in_words
from ..presenters.job import preview_words
from ..presenters.review import queue_words
from ..queries import boards, credits
from ..queries.job_page import job_page
from ..queries.review import place_in_queue
from ..rules import may_manage_employer, may_write_jobs
from ..states import JobStatus
from .access import confirmed_user, employers_of, limited, membership_of, own_job, writer_of
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
}
DONE = {
    "await-payment": "It waits, and goes to review by itself as soon as your payment is recorded.",
    "take-back": "It is a draft again.",
    "pause": "It is paused. Nobody can read it until you resume it.",
    "resume": "It is live again.",
    "fill": "Congratulations. The page says that the position is filled.",
    "withdraw": "It is withdrawn.",
}
EXPLAINED = {
    "await-payment": "It goes to review by itself as soon as your payment is recorded. Only your team sees it now.",
    "take-back": "You can change it and send it again. If it used a posting, that is yours again.",
    "pause": "Nobody can read it until you resume it. Its last day stays the same, so no day is added.",
    "resume": "Everybody can read it again, until its last day.",
    "fill": "The page says from now on that the position is filled, and shows similar ones. This cannot be undone.",
}


@require_safe
@confirmed_user
def employer_board(request: HttpRequest, employer_id: str) -> HttpResponse:
    """All jobs of an employer, with where each stands and what it may become."""
    member = membership_of(request, employer_id)
    employer, at, may_write = member.employer, timezone.now(), may_write_jobs(member.role)
    group = request.GET.get("show", "")
    if group not in boards.GROUPS:
        group = ""
    totals = boards.group_counts(employer.jobs, at)
    page = Paginator(boards.board_jobs(employer, group, at), boards.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "employer": employer,
        "others": [other for other in employers_of(request) if other != employer],
        "may_write": may_write,
        "is_owner": may_manage_employer(member.role),
        "group": group,
        "groups": [(key, label, totals[key]) for key, label in boards.GROUPS.items() if totals[key]],
        "total": sum(totals.values()),
        "returned": totals["back"],
        "left": left_in_words(credits.left_in_all(employer)),
        "page": page,
        "rows": board_rows(list(page), boards.team_ids(employer), at, may_write=may_write),
        "crumbs": [*CAREERS, (employer.name, None)],
        "meta": PageMeta("My positions", noindex=True),
    }
    return render(request, "careers/employers/board.html", context)


@confirmed_user
def job_new(request: HttpRequest, employer_id: str) -> HttpResponse:
    """Write a job."""
    employer = writer_of(request, employer_id).employer
    return _whole_form(request, employer, Job(employer=employer))


@confirmed_user
def job_edit(request: HttpRequest, job_id: str) -> HttpResponse:
    """Change a job: all of it as a draft, its words while it is approved."""
    job = own_job(request, job_id)
    if job.is_freely_editable:
        return _whole_form(request, job.employer, job)
    if job.is_text_editable:
        return _text_form(request, job)
    messages.warning(request, f"“{job.title}” cannot be changed now. Take it back first if it is in review.")
    return redirect(board_at(job))


def _whole_form(request: HttpRequest, employer: Employer, job: Job) -> HttpResponse:
    as_draft = "draft" in request.POST
    data = request.POST if request.method == "POST" else None
    form = JobForm(data, instance=job, employer=employer, draft=as_draft)
    places = [{"place": location.as_typed} for location in job.locations.select_related("place")] if job.pk else []
    locations = Locations(data, initial=places, prefix="places")
    terms = JobTermsForm(data, instance=job.stated_terms)
    if request.method == "POST":
        fits = all([form.is_valid(), locations.is_valid(), terms.is_valid()])
        note_unknown_places(unknown_places(*locations.forms))
        if not needs_a_place(form, locations) and fits:
            saved = _save(request, employer, job, form, locations, terms)
            if saved is not None:
                if as_draft:
                    messages.success(request, f"“{saved.title}” is saved as a draft.")
                    return redirect(board_at(saved))
                return redirect("careers:job-preview", saved.public_id)
    reason = job.status_changes.first().reason if job.pk and job.status == JobStatus.RETURNED else ""
    return _form_page(request, form, employer, job, locations=locations, terms=terms, reason=reason)


def _save(
    request: HttpRequest, employer: Employer, job: Job, form: JobForm, locations: Any, terms: JobTermsForm
) -> Job | None:
    """The saved job, or None with the refusal on the form."""
    parts = {
        "fields": form.job_fields,
        "specialties": form.cleaned_data["specialties"],
        "places": locations.places,
        "terms": terms.job_terms,
    }
    try:
        if job.pk:
            return jobs.edit_job(job, by=request.user, **parts)
        return jobs.create_job(employer, by=request.user, **parts)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return None


def _text_form(request: HttpRequest, job: Job) -> HttpResponse:
    form = JobTextForm(request.POST or None, instance=job, employer=job.employer)
    if request.method == "POST" and form.is_valid():
        try:
            jobs.edit_job(job, by=request.user, fields=form.job_fields)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{job.title}” is saved. Readers see the new words now.")
            return redirect(board_at(job))
    return _form_page(request, form, job.employer, job, text_only=True)


def _form_page(request: HttpRequest, form: Any, employer: Employer, job: Job, **more: Any) -> HttpResponse:
    locations = more.get("locations")
    error_count = len(form.errors)
    if locations is not None:
        first = locations.forms[0]
        show_as_needed(form["pay_min"], form["pay_max"], first["place"])
    if locations is not None and locations.is_bound:
        error_count += locations.total_error_count() + len(more["terms"].errors)
    title = f"Edit: {job.title}" if job.pk else "Post a position"
    context = {
        "form": form,
        "employer": employer,
        "job": job,
        "location_forms": list(locations) if locations is not None else [],
        "error_count": error_count,
        "back": board_at(job),
        "crumbs": [*CAREERS, (employer.name, employer.get_absolute_url()), (title, None)],
        "meta": PageMeta(title, noindex=True),
        **more,
    }
    return render(request, "careers/employers/form.html", context, status=422 if error_count else 200)


@require_safe
@confirmed_user
def job_preview(request: HttpRequest, job_id: str) -> HttpResponse:
    """The page as readers will see it, for the team and for staff who may see jobs."""
    jobs_seen = Job.objects.all() if request.user.has_perm("careers.view_job") else Job.objects.for_user(request.user)
    job = job_page(get_object_or_404(jobs_seen.only("pk"), public_id=job_id).pk)
    may_write = Job.objects.writable_by(request.user).filter(pk=job.pk).exists()
    lacking, held = jobs.missing_details(job), credit_ledger.held_credit(job)
    may_submit = may_write and not lacking and any(step.verb == "submit" for step in moves_from(job))
    context = {
        **job_context(job),
        "is_preview": True,
        "may_write": may_write,
        "may_edit": may_write and (job.is_freely_editable or job.is_text_editable),
        "may_submit": may_submit,
        "preview_words": preview_words(job, lacking=lacking, may_submit=may_submit, held=held),
        "queue_words": queue_words(place_in_queue(job)),
        "similar": [],
        "crumbs": [*CAREERS, _way_back(request, job), ("Preview", None)],
        "meta": PageMeta(f"Preview: {job.title}", noindex=True),
    }
    return render(request, "careers/job.html", context)


def _way_back(request: HttpRequest, job: Job) -> tuple[str, str]:
    """The board for the team; staff, who cannot open it, go back to the job in the admin."""
    if Job.objects.for_user(request.user).filter(pk=job.pk).exists():
        return (job.employer.name, job.employer.get_absolute_url())
    return ("This position in the staff pages", reverse("admin:careers_job_change", args=[job.pk]))


def _withdrawal(job: Job) -> str:
    """What withdrawing means, for readers and for the credit that the job uses."""
    is_used = credit_ledger.held_credit(job) is not None
    if job.approved_at is None:
        ends = "It ends for good: you can no longer change it or send it. Readers have never seen it."
        credit = "The posting that it uses is yours again."
    else:
        is_known = job.starts_at <= timezone.now()
        ends = f"It ends for good, and {'its page says that it is gone' if is_known else 'never goes live'}."
        credit = "The posting that it used does not come back."
    return f"{ends} {credit if is_used else ''}".strip() + " This cannot be undone."


@confirmed_user
@limited("job-step", times=120, seconds=60 * 60)
def job_step(request: HttpRequest, job_id: str, verb: str) -> HttpResponse:
    """One step of a job: GET asks for confirmation, POST takes it."""
    job = own_job(request, job_id)
    if verb not in STEPS:
        raise Http404
    done = f"{DONE[verb][0].lower()}{DONE[verb][1:]}"
    page = StepPage(
        job.employer,
        board_at(job),
        STEPS[verb],
        done,
        lambda: _withdrawal(job) if verb == "withdraw" else EXPLAINED[verb],
    )
    return take_step(request, job, verb, page)
