"""How a position does: a page for its team, and the same as a table."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.files import csv_export
from aapm_site.core.seo import PageMeta

from ..models import Job
from ..presenters.job_figures import HEAD, charts_of, health_of, table_row
from ..queries.job_figures import compared, days_of, said_saves, saves_of_each
from .access import confirmed_user
from .jobs import CAREERS


def _team_job(request: HttpRequest, job_id: str) -> Job:
    """A job of an employer on whose team the person is; everybody else's is a 404."""
    jobs = Job.objects.for_user(request.user).select_related("employer", "terms").defer("search", "body")
    return get_object_or_404(jobs, public_id=job_id)


@require_safe
@confirmed_user
def job_figures(request: HttpRequest, job_id: str) -> HttpResponse:
    """Views, saves and applications by day, and beside the usual of the profession."""
    job, at = _team_job(request, job_id), timezone.now()
    days = days_of(job, at)
    context = {
        "job": job,
        "employer": job.employer,
        "days": days[::-1],
        "charts": charts_of(job, days),
        "health": health_of(job, compared(job, at)),
        "views": sum(day.views for day in days),
        "saves": said_saves(saves_of_each([job]).get(job.pk, 0)),
        "went_on": sum(day.went_on for day in days),
        "sent": sum(day.sent for day in days),
        "crumbs": [
            *CAREERS,
            (job.employer.name, f"{job.employer.get_absolute_url()}#job-{job.number}"),
            ("How it does", None),
        ],
        "meta": PageMeta(f"How it does: {job.title}", noindex=True),
    }
    return render(request, "careers/employers/figures.html", context)


@require_safe
@confirmed_user  # type: ignore[arg-type]  # a streamed table is an answer too
def job_figures_table(request: HttpRequest, job_id: str) -> HttpResponseBase:
    """The days as a table for spreadsheets."""
    job = _team_job(request, job_id)
    rows = [table_row(day) for day in days_of(job, timezone.now())]
    answer = csv_export.download(f"position-{job.number}-by-day.csv", HEAD, rows)
    answer["Cache-Control"] = "private, no-store"
    return answer
