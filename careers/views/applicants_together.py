"""What an employer does with several applicants at once: decline them kindly, or take them along in a list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.files import csv_export
from aapm_site.core.seo import PageMeta

from ..domain import applications, bulk_decline
from ..domain.bulk_decline import DeclinedTogether, SeenApplication
from ..forms.application import DeclineTogetherForm, seen_applications
from ..models import Job
from ..presenters.applications import LIST_HEAD, letter_to_each, list_row
from .access import confirmed_user, limited, own_job
from .jobs import CAREERS

PRESSES = {"times": 60, "seconds": 3_600}
NONE_CHOSEN = "Mark one applicant or several first. Who has not been opened cannot be declined yet."


@require_POST
@confirmed_user
@limited("applicants-decline", **PRESSES)
def applicants_decline(request: SignedInRequest, job_id: str) -> HttpResponse:
    """The letter as each will read it, and the press that sends what was shown and nothing else."""
    job = own_job(request, job_id)
    seen = seen_applications(request.POST.getlist("chosen"))
    found = bulk_decline.to_decline(job, seen)
    if not found.declined and not found.left_out:
        messages.error(request, NONE_CHOSEN)
        return redirect("careers:applicant-list", job.public_id)
    if "words" not in request.POST:
        return _preview(request, job, found, DeclineTogetherForm(initial={"words": bulk_decline.KIND_WORDS}))
    form = DeclineTogetherForm(request.POST)
    if not form.is_valid():
        return _preview(request, job, found, form)
    words = form.cleaned_data["words"]
    if "send" not in request.POST or form.cleaned_data["shown"] != _mark(found, words):
        return _preview(request, job, found, DeclineTogetherForm(initial={"words": words}))
    return _send(request, job, seen, words)


def _mark(found: DeclinedTogether, words: str) -> str:
    """Stands for these words to these people."""
    to = " ".join(one.public_id for one in found.declined)
    return salted_hmac("careers.decline-together", f"{to}\0{words}").hexdigest()


def _send(request: SignedInRequest, job: Job, seen: list[SeenApplication], words: str) -> HttpResponse:
    done = bulk_decline.decline_together(job, seen, by=request.user, words=words)
    if done.declined:
        count = len(done.declined)
        told = "Each is told in your words." if count > 1 else "They are told in your words."
        messages.success(request, f"{count} declined. {told}")
    for one in done.left_out:
        messages.warning(request, f"{one.application.name_for_employer} is left out: {one.reason}.")
    return redirect("careers:applicant-list", job.public_id)


def _preview(request: HttpRequest, job: Job, found: DeclinedTogether, form: DeclineTogetherForm) -> HttpResponse:
    """With the letters of the words that are typed, as far as they may go."""
    words = "" if form.errors else str(form.initial.get("words", ""))
    context: dict[str, Any] = {
        "job": job,
        "employer": job.employer,
        "form": form,
        "letters": letter_to_each(found.declined, words),
        "chosen": [SeenApplication(one.public_id, one.status) for one in found.declined],
        "left_out": found.left_out,
        "mark": _mark(found, words),
        "crumbs": [
            *CAREERS,
            (job.employer.name, f"{job.employer.get_absolute_url()}#job-{job.number}"),
            ("Applications", reverse("careers:applicant-list", args=[job.public_id])),
            ("Decline several", None),
        ],
        "meta": PageMeta("Decline several", noindex=True),
    }
    return render(request, "careers/applicants/decline.html", context, status=422 if form.errors else 200)


@require_POST
@confirmed_user
@limited("applicant-export", **PRESSES)  # type: ignore[arg-type]  # a streamed table is an answer too
def applicant_export(request: SignedInRequest, job_id: str) -> HttpResponseBase:
    """The opened applicants of a position as a table. Each whose name is in it reads that it was taken."""
    job = own_job(request, job_id)
    listed = applications.list_applications(job, by=request.user)
    name = f"applicants-{job.number}-{timezone.localdate():%Y-%m-%d}.csv"
    answer = csv_export.download(name, LIST_HEAD, [list_row(one) for one in listed])
    answer["Cache-Control"] = "private, no-store"
    return answer
