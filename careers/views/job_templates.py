"""Beginning a position with another one, and an employer's templates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import drafts, job_templates
from ..forms.job_template import JobTemplateForm
from ..forms.whole_job import Typed, WholeJobForm
from ..models import Employer, Job, JobTemplate
from ..models.template import MOST_TEMPLATES
from .access import confirmed_user, limited, own_job, writer_of
from .jobs import CAREERS

TITLE = "Templates"
BEGUN = "Here is your new draft. Look at the dates and the statements: those are its own."


def _words_of(job: Job) -> Typed:
    """What stands in the form of a position now."""
    newest = drafts.newest_version(job)
    return newest.fields if newest else WholeJobForm(job.employer, job).typed()


@require_POST
@confirmed_user
@limited("draft-begin", times=60, seconds=3_600)
def job_clone(request: HttpRequest, job_id: str) -> HttpResponse:
    """A new draft that begins with what an own position says."""
    job = own_job(request, job_id)
    words = WholeJobForm(job.employer, job).typed() if not job.is_freely_editable else _words_of(job)
    return _begin(request, job.employer, words)


def _begin(request: HttpRequest, employer: Employer, words: Typed) -> HttpResponse:
    try:
        begun = job_templates.begin_like(employer, words, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect(employer)
    messages.success(request, BEGUN)
    return redirect("careers:job-edit", begun.public_id)


@confirmed_user
def template_save(request: HttpRequest, job_id: str) -> HttpResponse:
    """Keep what a position says as a template, under a name."""
    job = own_job(request, job_id)
    form = JobTemplateForm(request.POST if request.method == "POST" else None, initial={"name": job.title[:80]})
    if request.method == "POST" and form.is_valid():
        try:
            kept = job_templates.save_template(job.employer, form.cleaned_data["name"], _words_of(job), by=request.user)
        except NotAllowed as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"“{kept.name}” is among your templates.")
            return redirect("careers:template-list", job.employer.public_id)
    context = {"job": job, "form": form, "back": job.employer.get_absolute_url()}
    return _page(request, "save", job.employer, "Keep as a template", context, status=422 if form.errors else 200)


@require_safe
@confirmed_user
def template_list(request: HttpRequest, employer_id: str) -> HttpResponse:
    """The templates of an employer."""
    employer = writer_of(request, employer_id).employer
    rows = employer.job_templates.select_related("by")
    return _page(request, "list", employer, TITLE, {"employer": employer, "rows": rows, "most": MOST_TEMPLATES})


@require_POST
@confirmed_user
@limited("draft-begin", times=60, seconds=3_600)
def template_begin(request: HttpRequest, employer_id: str, template_id: str) -> HttpResponse:
    """A new draft from a template."""
    template = _own_template(request, employer_id, template_id)
    return _begin(request, template.employer, template.fields)


@confirmed_user
def template_edit(request: HttpRequest, employer_id: str, template_id: str) -> HttpResponse:
    """Call a template otherwise, or delete it."""
    template = _own_template(request, employer_id, template_id)
    if request.method == "POST" and "delete" in request.POST:
        job_templates.delete_template(template)
        messages.success(request, f"“{template.name}” is deleted. Positions that began with it stay as they are.")
        return redirect("careers:template-list", employer_id)
    form = JobTemplateForm(request.POST if request.method == "POST" else None, initial={"name": template.name})
    if request.method == "POST" and form.is_valid():
        try:
            job_templates.rename_template(template, form.cleaned_data["name"])
        except NotAllowed as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"It is called “{template.name}” now.")
            return redirect("careers:template-list", employer_id)
    context = {"template": template, "form": form}
    return _page(request, "edit", template.employer, template.name, context, status=422 if form.errors else 200)


def _own_template(request: HttpRequest, employer_id: str, template_id: str) -> JobTemplate:
    employer = writer_of(request, employer_id).employer
    return get_object_or_404(employer.job_templates.select_related("employer"), public_id=template_id)


def _page(
    request: HttpRequest, name: str, employer: Employer, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    own = [] if name == "list" else [(TITLE, reverse("careers:template-list", args=[employer.public_id]))]
    frame = {
        "crumbs": [*CAREERS, (employer.name, employer.get_absolute_url()), *own, (title, None)],
        "meta": PageMeta(title, noindex=True),
    }
    return render(request, f"careers/templates/{name}.html", {**context, **frame}, status=status)
