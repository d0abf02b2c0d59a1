"""An employer's side of applications: who has applied for a position, one of them, and the steps.

Everybody on the team may look; only those who write positions decide. What opens something is a press, so that no
browser that looks ahead opens it, and each press is noted for the applicant to read.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.forms import SiteForm
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed, moves_from

from ..application_states import EMPLOYER_STATES, JobApplicationStatus
from ..domain import applications
from ..forms.application import ApplicantDecisionForm, ApplicantFilterForm
from ..forms.application_message import MessageForm
from ..forms.application_note import ApplicantNoteForm
from ..models import EmployerMember, Job, JobApplication
from ..models.application import OpenedPart
from ..presenters.application_messages import talk_for_employer
from ..presenters.application_notes import notes_of_team
from ..presenters.applications import applicant_rows, history_for_employer, team_looks, timeline_of_application, tone_of
from ..presenters.reply_clock import own_reply_words
from ..queries.applications import applicant_counts, applicants, sent_to_team
from ..rules import may_write_jobs
from .access import confirmed_user, limited
from .downloads import cv_download
from .jobs import CAREERS

PRESSES = {"times": 300, "seconds": 3_600}


@require_safe
@confirmed_user
def applicant_list(request: HttpRequest, job_id: str) -> HttpResponse:
    """Who has applied for a position, the newest first."""
    job = get_object_or_404(
        Job.objects.for_user(request.user).select_related("employer__reply_clock").defer("search", "body"),
        public_id=job_id,
    )
    form = ApplicantFilterForm(request.GET)
    form.is_valid()  # it leaves out what it does not know
    wanted, after = form.wanted, form.cleaned_data.get("after", "")
    counts = applicant_counts(job)
    page = applicants(job, request.user, wanted, after=after)
    member = place_on_team(request, job)
    may_write = may_write_jobs(member.role)
    rows = applicant_rows(page.rows, may_write=may_write)
    context = {
        "job": job,
        "employer": job.employer,
        "wanted": wanted,
        "all_states": form.query(state=""),
        "states": [
            (one.value, one.label, counts[one], form.query(state=one)) for one in JobApplicationStatus if one in counts
        ],
        "total": sum(counts.values()),
        "rows": rows,
        "may_decline": any(row.choice for row in rows),
        "next": page.next and form.query(after=page.next),
        "first": form.query() if after else "",
        "may_write": may_write,
        "reply_words": own_reply_words(job.employer),
        "wants_letters": member.wants_applications,
        "crumbs": [*CAREERS, _board(job), ("Applications", None)],
        "meta": PageMeta(f"Applications: {job.title}", noindex=True),
    }
    return render(request, "careers/applicants/list.html", context)


def place_on_team(request: HttpRequest, job: Job) -> EmployerMember:
    return EmployerMember.objects.get(user=request.user.pk, employer=job.employer_id)


def _board(job: Job) -> tuple[str, str]:
    return (job.employer.name, f"{job.employer.get_absolute_url()}#job-{job.number}")


@require_safe
@confirmed_user
def applicant_detail(request: SignedInRequest, application_id: str) -> HttpResponse:
    """One application. What nobody has opened yet shows a button that opens it."""
    return applicant_page(request, _own(request, application_id))


def _own(request: HttpRequest, application_id: str) -> JobApplication:
    """One that was sent to an employer of the person's; everybody else's is a 404."""
    return get_object_or_404(sent_to_team(request.user), public_id=application_id)


def writable_application(request: HttpRequest, application_id: str) -> JobApplication:
    """The same, if the person may decide; a viewer meets a 404 too."""
    application = _own(request, application_id)
    if not may_write_jobs(place_on_team(request, application.job).role):
        raise Http404
    return application


def opened_application(request: HttpRequest, application_id: str) -> JobApplication:
    """The same, if the person has opened it: who has not writes nothing about it."""
    application = writable_application(request, application_id)
    if not _has_opened(request, application):
        raise Http404
    return application


def applicant_page(request: SignedInRequest, application: JobApplication, **forms: SiteForm) -> HttpResponse:
    """The page of one application. `forms` come back with what is wrong: an answer (form), a message (talk), a note."""
    job = application.job
    member = place_on_team(request, job)
    changes = list(application.status_changes.select_related("by"))
    context = {
        "application": application,
        "job": job,
        "employer": job.employer,
        "is_unopened": not _has_opened(request, application),
        "revealed": application.revealed,
        "tone": tone_of(application.status),
        "may_write": may_write_jobs(member.role),
        "steps": _steps(application),
        "form": forms.get("form") or ApplicantDecisionForm(),
        "talk": talk_for_employer(application, application.talk.select_related("by")),
        "talk_form": forms.get("talk") or MessageForm(application=application, writer=request.user),
        "notes": notes_of_team(application.team_notes.select_related("by"), member),
        "note_form": forms.get("note") or ApplicantNoteForm(),
        "timeline": timeline_of_application(application, changes),
        "history": history_for_employer(application, changes),
        "looks": team_looks(application.looks.select_related("by")[:50]),
        "crumbs": [
            *CAREERS,
            _board(job),
            ("Applications", reverse("careers:applicant-list", args=[job.public_id])),
            (application.name_for_employer, None),
        ],
        "meta": PageMeta(application.name_for_employer, noindex=True),
    }
    status = 422 if forms else 200
    return render(request, "careers/applicants/detail.html", context, status=status)


def applicant_crumbs(application: JobApplication, last: str) -> list[tuple[str, str | None]]:
    """The way to a page below that of one application."""
    page = reverse("careers:applicant-detail", args=[application.public_id])
    return [*CAREERS, _board(application.job), (application.name_for_employer, page), (last, None)]


def _has_opened(request: HttpRequest, application: JobApplication) -> bool:
    """Each of the team opens it for themselves, so that what the applicant reads of it is whole."""
    return application.looks.filter(by=request.user.pk, part=OpenedPart.APPLICATION).exists()


def _steps(application: JobApplication) -> list[Any]:
    """What the employer may press now: before it knows the person, only to decline."""
    steps = [step for step in moves_from(application) if step.to in EMPLOYER_STATES]
    if application.revealed.employer_knows_person:
        return steps
    return [step for step in steps if step.to == JobApplicationStatus.DECLINED]


@require_POST
@confirmed_user
@limited("applicant-open", **PRESSES)
def applicant_open(request: SignedInRequest, application_id: str) -> HttpResponse:
    """Open it: the applicant learns when."""
    application = _own(request, application_id)
    try:
        applications.open_application(application, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("careers:applicant-list", application.job.public_id)
    return redirect("careers:applicant-detail", application.public_id)


@require_POST
@confirmed_user
@limited("applicant-cv", **PRESSES)  # type: ignore[arg-type]  # a file is an answer too
def applicant_cv(request: SignedInRequest, application_id: str) -> HttpResponseBase:
    """The CV as a download; the applicant learns when it was opened."""
    application = _own(request, application_id)
    try:
        opened = applications.open_cv(application, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("careers:applicant-detail", application.public_id)
    return cv_download(opened.cv, opened.cv_name)


@require_POST
@confirmed_user
@limited("applicant-decide", **PRESSES)
def applicant_decide(request: SignedInRequest, application_id: str) -> HttpResponse:
    """Say where one stands with the applicant; they get the words by e-mail."""
    application = writable_application(request, application_id)
    form = ApplicantDecisionForm(request.POST)
    if not form.is_valid():
        return applicant_page(request, application, form=form)
    to, words = form.cleaned_data["to"], form.cleaned_data["words"]
    try:
        done = applications.decide_application(application, to, by=request.user, words=words)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return applicant_page(request, application, form=form)
    told = "They are told by e-mail." if done.wants_letters else "They read it on their page."
    messages.success(request, f"{done.name_for_employer}: {done.get_status_display().lower()}. {told}")
    return redirect("careers:applicant-detail", application.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
@limited("applicant-name", **PRESSES)
def applicant_name(request: SignedInRequest, application_id: str) -> HttpResponse:
    """Say to one applicant for a confidential position who one is: GET asks, because it cannot be taken back."""
    application = writable_application(request, application_id)
    if request.method == "POST":
        try:
            applications.name_employer(application, by=request.user)
        except NotAllowed as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{application.alias} knows now who you are. You hear from us when they say yes.")
        return redirect("careers:applicant-detail", application.public_id)
    if not application.revealed.may_name_itself or not application.is_open:
        return redirect("careers:applicant-detail", application.public_id)
    job = application.job
    context = {
        "application": application,
        "job": job,
        "employer": job.employer,
        "crumbs": applicant_crumbs(application, "Say who you are"),
        "meta": PageMeta("Say who you are?", noindex=True),
    }
    return render(request, "careers/applicants/name.html", context)


@require_POST
@confirmed_user
def application_letters(request: SignedInRequest, job_id: str) -> HttpResponse:
    """Whether the person gets a letter for each new application to this employer."""
    job = get_object_or_404(Job.objects.writable_by(request.user).defer("search", "body"), public_id=job_id)
    wanted = request.POST.get("wanted") == "yes"
    applications.set_team_letters(place_on_team(request, job), wanted=wanted)
    said = "We write to you when somebody applies." if wanted else "We do not write to you about applications any more."
    messages.success(request, said)
    return redirect("careers:applicant-list", job.public_id)
