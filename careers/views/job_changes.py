"""An employer changes a position that readers see: what goes at once, and what our staff read first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from aapm_site.accounts.domain.places import note_unknown_places
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import job_changes
from ..forms.job_change import LiveJobForm
from ..models import Job, JobChange
from ..presenters.changes import asked_words, edit_words
from .access import confirmed_user, limited, own_job
from .jobs import CAREERS
from .submit import board_at


def live_job_form(request: HttpRequest, job: Job) -> HttpResponse:
    """The form of a live or paused position; a press saves its words and asks for the rest."""
    change = JobChange.objects.newest_of(job)
    change = change if change is not None and (change.is_open or change.came_back) else None
    form = LiveJobForm(job, change, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, job, change, form)
    fits = form.is_valid()
    note_unknown_places(form.unknown_places)
    if fits:
        try:
            done = job_changes.edit_live_job(job, by=request.user, seen=request.POST.get("seen", ""), **form.live_parts)
        except NotAllowed as refused:
            form.main.add_error(None, str(refused))
        else:
            messages.success(request, edit_words(done))
            return redirect(board_at(job))
    return _page(request, job, change, form)


def _page(request: HttpRequest, job: Job, change: JobChange | None, form: LiveJobForm) -> HttpResponse:
    errors = sum(len(sheet.errors) for sheet in form.sheets) + len(form.locations.non_form_errors())
    form.show_as_needed()
    context = {
        "job": job,
        "employer": job.employer,
        "change": change,
        "asked": asked_words(job, change) if change is not None else [],
        "form": form,
        "sheets": form.sheets if errors else [],
        "refusals": form.refusals,
        "error_count": errors,
        "seen": job_changes.seen_of(job, change),
        "back": board_at(job),
        "editor": form.editor(str(request.csp_nonce)),  # type: ignore[attr-defined]  # django-csp's
        "crumbs": [*CAREERS, (job.employer.name, job.employer.get_absolute_url()), (f"Edit: {job.title}", None)],
        "meta": PageMeta(f"Edit: {job.title}", noindex=True),
    }
    return render(request, "careers/employers/live_form.html", context, status=422 if errors else 200)


@require_POST
@confirmed_user
@limited("job-step", times=120, seconds=60 * 60)
def change_take_back(request: HttpRequest, job_id: str) -> HttpResponse:
    """The employer does not want the change any more that waits."""
    job = own_job(request, job_id)
    try:
        job_changes.take_change_back(job, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The change of “{job.title}” is taken back. Readers see it as before.")
    return redirect(board_at(job))
