"""Versions of a draft: kept while one writes, looked at, compared with what stands now, and brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import drafts
from ..domain.drafts import Kept
from ..forms.whole_job import WholeJobForm, typed_in
from ..models import Job, JobDraftVersion
from ..presenters.draft_versions import TITLE, differences, overtaken_words, version_rows, who
from .access import confirmed_user, limited, own_job, writer_of
from .jobs import CAREERS

AN_HOUR = {"times": 1_500, "seconds": 3_600}


@require_POST
@confirmed_user
@limited("draft-save", **AN_HOUR)
def draft_begin(request: HttpRequest, employer_id: str) -> JsonResponse:
    """The first words of a new position: it gets its draft."""
    employer = writer_of(request, employer_id).employer
    try:
        kept = drafts.begin_draft(employer, typed_in(request.POST), by=request.user)
    except NotAllowed as refused:
        return JsonResponse({"said": f"Not saved. {refused}"}, status=422)
    return _answer(kept)


@require_POST
@confirmed_user
@limited("draft-save", **AN_HOUR)
def draft_save(request: HttpRequest, job_id: str) -> JsonResponse:
    """What is typed, while one writes."""
    job = own_job(request, job_id)
    token = request.POST.get("version", "")
    try:
        kept = drafts.keep_typed(job, typed_in(request.POST), by=request.user, token=token)
    except NotAllowed as refused:
        return JsonResponse({"said": f"Not saved. {refused}"}, status=422)
    return _answer(kept)


def _answer(kept: Kept) -> JsonResponse:
    job = kept.version.job
    if kept.is_in_line:
        save, edit = (reverse(f"careers:{name}", args=[job.public_id]) for name in ("draft-save", "job-edit"))
        return JsonResponse({"version": kept.version.token, "save": save, "edit": edit})
    return JsonResponse({"said": aside_words(kept), "see": version_at(kept.version)}, status=409)


def aside_words(kept: Kept) -> str:
    """Why the words stand beside the line, and that they are not lost."""
    why = kept.closed or overtaken_words(kept.overtaken_by, kept.version.by)
    return f"{why} What you typed is kept as a version of its own."


def version_at(version: JobDraftVersion) -> str:
    return reverse("careers:draft-version", args=[version.job.public_id, version.pk])


@require_safe
@confirmed_user
def draft_versions(request: HttpRequest, job_id: str) -> HttpResponse:
    """The versions that are kept of a position, the newest first."""
    job = own_job(request, job_id)
    context = {"job": job, "rows": version_rows(job.draft_versions.newest_first().select_related("by"))}
    return render(request, "careers/drafts/list.html", {**context, **_frame(job, TITLE)})


@confirmed_user
def draft_version(request: HttpRequest, job_id: str, version_id: int) -> HttpResponse:
    """One version beside what stands now; POST brings it back."""
    job = own_job(request, job_id)
    version = get_object_or_404(job.draft_versions.select_related("by"), pk=version_id)
    if request.method == "POST":
        return _bring_back(request, job, version)
    newest = drafts.newest_version(job)
    now = newest.fields if newest else WholeJobForm(job.employer, job).typed()
    context = {
        "job": job,
        "version": version,
        "who": who(version),
        "newest": newest,
        "newest_who": who(newest) if newest else "",
        "changes": differences(WholeJobForm(job.employer, job), now, version.fields),
        "is_newest": newest == version,
    }
    return render(request, "careers/drafts/version.html", {**context, **_frame(job, "A version")})


def _bring_back(request: HttpRequest, job: Job, version: JobDraftVersion) -> HttpResponse:
    try:
        drafts.bring_back(version, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("careers:draft-version", job.public_id, version.pk)
    messages.success(request, "These words stand in the form again. The ones before them stay among the versions.")
    return redirect("careers:job-edit", job.public_id)


def _frame(job: Job, title: str) -> dict[str, Any]:
    form = (job.title, reverse("careers:job-edit", args=[job.public_id]))
    steps = [] if title == TITLE else [(TITLE, reverse("careers:draft-versions", args=[job.public_id]))]
    return {
        "crumbs": [*CAREERS, (job.employer.name, job.employer.get_absolute_url()), form, *steps, (title, None)],
        "meta": PageMeta(f"{title}: {job.title}", noindex=True),
    }
