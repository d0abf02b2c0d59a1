"""The last step before the staff: which credit a job uses, or that it waits for one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import Move, NotAllowed, moves_from

from ..credit_types import CreditType
from ..domain import credit_ledger, jobs
from ..forms.credits import NamedKindForm, SubmitForm, WaitForm
from ..models import Job
from ..queries import credits
from ..queries.rates import rates_table
from ..states import JobStatus
from .access import confirmed_user, limited, own_job
from .jobs import CAREERS

SENT = "it is with our staff now. You get an e-mail when they have read it."


def board_at(job: Job) -> str:
    return f"{job.employer.get_absolute_url()}#job-{job.number}"


@confirmed_user
@limited("job-step", times=120, seconds=60 * 60)
def job_submit(request: HttpRequest, job_id: str) -> HttpResponse:
    """Send a job to review: GET says what it uses and what follows, POST sends it, or lets it wait and buys."""
    job = own_job(request, job_id)
    if "buy" in request.POST:
        return _wait_and_buy(request, job)
    step = next((step for step in moves_from(job) if step.verb == "submit"), None)
    if step is None:
        messages.warning(request, f"“{job.title}” is now “{job.get_status_display()}”.")
        return redirect(board_at(job))
    if request.method != "POST" and (lacking := jobs.missing_details(job)):
        return _complete_first(request, job, lacking)
    named = NamedKindForm(request.POST)
    if named.is_valid() and (sent := _send(request, job, named.cleaned_data["kind"])):
        return sent
    held = credit_ledger.held_credit(job)
    owned = [] if held else credits.owned(job.employer)
    form = SubmitForm(request.POST if request.method == "POST" else None, owned=owned)
    if request.method == "POST" and form.is_valid():
        return _send(request, job, form.kind) or redirect("careers:job-submit", job.public_id)
    return _page(request, job, step, form=form, held=held, owned=owned)


def _complete_first(request: HttpRequest, job: Job, lacking: list[str]) -> HttpResponse:
    messages.warning(request, f"Before it can be read, this position needs {' and '.join(lacking)}.")
    return redirect("careers:job-edit", job.public_id)


def _send(request: HttpRequest, job: Job, kind: CreditType | None) -> HttpResponse | None:
    """Where to go on; None where nothing of this kind is left, which the form says."""
    try:
        jobs.submit_job(job, by=request.user, kind=kind)
    except credit_ledger.TooFew:
        return None
    except NotAllowed as refused:
        if Job.objects.filter(pk=job.pk, status=JobStatus.IN_REVIEW).exists():
            messages.info(request, f"“{job.title}” is with our staff already: it was sent a moment ago, and once.")
            return redirect(board_at(job))
        if lacking := jobs.missing_details(job):
            return _complete_first(request, job, lacking)
        messages.error(request, str(refused))
        # The page that is shown next knows the way on.
        return redirect("careers:job-submit", job.public_id)
    messages.success(request, f"“{job.title}”: {SENT}")
    return redirect(board_at(job))


def _wait_and_buy(request: HttpRequest, job: Job) -> HttpResponse:
    """On to the checkout; the job waits, so that nobody must come back for it. Pressing twice does no harm."""
    form = WaitForm(request.POST)
    if not form.is_valid():
        messages.error(request, "This package is not on offer any more. Choose another, please.")
        return redirect("careers:job-submit", job.public_id)
    if job.status != JobStatus.AWAITING_PAYMENT:
        try:
            jobs.await_payment(job, by=request.user)
        except NotAllowed as refused:
            messages.error(request, str(refused))
            return redirect("careers:job-submit", job.public_id)
        messages.success(
            request, f"“{job.title}” waits, and goes to review by itself as soon as your payment is recorded."
        )
    return redirect("careers:package-buy", form.cleaned_data["buy"].slug)


def _page(request: HttpRequest, job: Job, step: Move, *, form: SubmitForm, **more: Any) -> HttpResponse:
    nothing_left = not more["held"] and not more["owned"]
    context = {
        "job": job,
        "form": form,
        "rates": rates_table(request.user) if nothing_left else [],
        "back": board_at(job),
        "crumbs": [*CAREERS, (job.employer.name, job.employer.get_absolute_url()), (step.label, None)],
        "meta": PageMeta(f"{step.label}: {job.title}", noindex=True),
        **more,
    }
    template = "careers/employers/submit_later.html" if nothing_left else "careers/employers/submit.html"
    return render(request, template, context, status=422 if form.errors else 200)
