"""More days for a position: renewed with another posting, lengthened with days of the account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from .. import run_dates
from ..domain import renewals, runs
from ..forms.credits import RenewForm
from ..forms.days import LengthenForm
from ..models import Job
from ..presenters.days import on_day, renewing
from ..queries import credits
from ..queries.rates import rates_table
from ..states import JobStatus
from .access import confirmed_user, limited, own_job
from .jobs import CAREERS
from .submit import board_at


@confirmed_user
@limited("job-step", times=120, seconds=60 * 60)
def job_renew(request: HttpRequest, job_id: str) -> HttpResponse:
    """Another posting for a position: GET says which days it gives and whether staff read it again, POST uses it."""
    job = own_job(request, job_id)
    at = timezone.now()
    if job.status not in {JobStatus.APPROVED, JobStatus.PAUSED} or (
        job.status == JobStatus.PAUSED and not job.is_past(at)
    ):
        return _not_now(request, job)
    if renewals.is_far_ahead(timezone.localdate(job.over_at), timezone.localdate(at)):
        messages.info(request, renewals.AHEAD)
        return redirect(board_at(job))
    featured = runs.is_featured(job)
    owned = [row for row in credits.owned(job.employer) if row.kind.featured == featured]
    seen = runs.mark_of(runs.seen_runs(job))
    form = RenewForm(request.POST if request.method == "POST" else None, owned=owned, seen=seen)
    if request.method == "POST" and form.is_valid():
        try:
            done = renewals.renew_job(job, by=request.user, kind=form.kind, seen=form.cleaned_data["seen"])
        except renewals.DaysOvertaken as overtaken:
            return _overtaken(request, job, overtaken)
        except NotAllowed as refused:
            messages.error(request, str(refused))
            return redirect("careers:job-renew", job.public_id)
        messages.success(request, f"“{job.title}”: {_renewed(done)}")
        return redirect(board_at(job))
    return _page(
        request,
        job,
        "Renew",
        "careers/employers/renew.html",
        form=form,
        owned=owned,
        featured=featured,
        is_read_again=renewals.is_read_again(job, at),
        is_past=job.is_past(at),
        dates=renewing(job, [row.kind for row in owned]),
        rates=[] if owned else [row for row in rates_table(request.user) if row.package.featured == featured],
    )


def _renewed(job: Job) -> str:
    if job.status == JobStatus.IN_REVIEW:
        return "it is with our staff now. You get an e-mail when they have read it; its days begin then."
    return f"it is renewed, and open through {on_day(timezone.localdate(job.ends_at))}."


@confirmed_user
@limited("job-step", times=120, seconds=60 * 60)
def job_lengthen(request: HttpRequest, job_id: str) -> HttpResponse:
    """Days of the account on the end of a position: GET asks how many, POST adds them."""
    job = own_job(request, job_id)
    at, today = timezone.now(), timezone.localdate()
    if job.status not in {JobStatus.APPROVED, JobStatus.PAUSED} or not renewals.may_lengthen(job, at):
        return _not_now(request, job)
    found = runs.seen_runs(job)
    last = found[-1].last_day
    owned = credits.days_owned(job.employer).get(runs.is_featured(job), 0)
    room = (run_dates.plus(today, run_dates.MOST_AHEAD) - renewals.lengthened_until(last, 0, today)).days
    may = min(owned, room) >= run_dates.LEAST_DAYS
    typed = request.POST if request.method == "POST" and may else None
    form = LengthenForm(typed, owned=owned, room=room, seen=runs.mark_of(found))
    if form.is_bound and form.is_valid():
        try:
            done = renewals.lengthen_job(
                job, form.cleaned_data["days"], by=request.user, seen=form.cleaned_data["seen"]
            )
        except renewals.DaysOvertaken as overtaken:
            return _overtaken(request, job, overtaken)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{job.title}”: {_lengthened(done)}")
            return redirect(board_at(job))
    return _page(
        request,
        job,
        "Lengthen",
        "careers/employers/lengthen.html",
        form=form,
        owned=owned,
        may_lengthen=may,
        last=last,
        starts_today=job.is_past(at),
        is_paused=job.status == JobStatus.PAUSED,
        examples=_examples(last, form.most, today) if may else [],
    )


def _lengthened(job: Job) -> str:
    if job.status == JobStatus.PAUSED:
        return "the days are added. They wait, with the others, until you resume it."
    return f"it is open through {on_day(timezone.localdate(job.ends_at))} now."


def _examples(last: Any, most: int, today: Any) -> list[tuple[int, str]]:
    """What some numbers of days lead to, so that nobody must count."""
    numbers = sorted({number for number in (run_dates.LEAST_DAYS, 14, 30, most) if number <= most})
    return [(number, on_day(renewals.lengthened_until(last, number, today))) for number in numbers]


def _overtaken(request: HttpRequest, job: Job, overtaken: renewals.DaysOvertaken) -> HttpResponse:
    """Back to the board, where its days are; who pressed twice has what they wanted."""
    messages.warning(request, f"“{job.title}”: {overtaken}")
    return redirect(board_at(job))


def _not_now(request: HttpRequest, job: Job) -> HttpResponse:
    messages.warning(request, f"“{job.title}” is now “{job.get_status_display()}”, so it gets no more days.")
    return redirect(board_at(job))


def _page(request: HttpRequest, job: Job, step: str, template: str, *, form: Any, **more: Any) -> HttpResponse:
    context = {
        "job": job,
        "form": form,
        "back": board_at(job),
        "crumbs": [*CAREERS, (job.employer.name, job.employer.get_absolute_url()), (step, None)],
        "meta": PageMeta(f"{step}: {job.title}", noindex=True),
        **more,
    }
    return render(request, template, context, status=422 if form.errors else 200)
