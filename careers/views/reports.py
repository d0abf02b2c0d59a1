"""A reader reports a position: a form for everybody, with an account or without."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.core.http import limits
from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain.job_reports import report_job
from ..forms.report import JobReportForm
from ..models import Job
from .jobs import CAREERS, JOBS

AN_HOUR = 3_600
MOST_AN_HOUR = 10
FROM_ELSEWHERE = "This form was not sent from our page. Please press the button below once more."
TOO_MANY = "Many reports have come from your connection within an hour. Please try again later, or write to us."


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def job_report(request: PublicRequest, number: int) -> HttpResponse:
    """Show the form, or keep the report. A position that is not open leads to its page, which says so."""
    job = get_object_or_404(Job.objects.once_public().defer("search", "body"), pk=number)
    if not job.is_live():
        return redirect(job)
    form = JobReportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _form(request, job, form)
    if not request.from_here:
        return _form(request, job, form, refused=FROM_ELSEWHERE, status=403)
    if not form.is_valid():
        return _form(request, job, form, status=422)
    if not limits.within_limit(request, "job-report", times=MOST_AN_HOUR, seconds=AN_HOUR):
        return _form(request, job, form, refused=TOO_MANY, status=429)
    try:
        report_job(job, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"], **_who(request, form))
    except NotAllowed:
        return redirect(job)
    return redirect("careers:job-reported")


def _who(request: HttpRequest, form: JobReportForm) -> dict[str, str]:
    """Digests that tell readers apart. What looks like a machine's is kept for staff, and counts as nobody's."""
    if form.spam_reason:
        return {"reader": "", "network": ""}
    network = limits.digest(limits.network(request))
    reader = limits.digest(f"person {request.user.pk}") if request.user.is_authenticated else network
    return {"reader": reader, "network": network}


def _form(request: HttpRequest, job: Job, form: JobReportForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    context = {
        "job": job,
        "form": form,
        "refused": refused,
        "crumbs": [*CAREERS, ("Positions", JOBS), (job.title, job.get_absolute_url()), ("Report", None)],
        "meta": PageMeta(f"Report “{job.title}”", noindex=True),
    }
    return render(request, "careers/report.html", context, status=status)


@require_safe
def job_reported(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    context = {
        "crumbs": [*CAREERS, ("Positions", JOBS), ("Reported", None)],
        "meta": PageMeta("Thank you for telling us", noindex=True),
    }
    return render(request, "careers/reported.html", context)
