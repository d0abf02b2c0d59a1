"""Applying on the site: the form, the link that confirms it, and what one has sent, with an account or without.

Without an account the random token in the letters is the proof, as in the link that stops mail.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.accounts.models import User
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs as account_crumbs
from aapm_site.core.forms import whole_number
from aapm_site.core.http import view_counts
from aapm_site.core.http.limits import within, within_limit
from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import application_messages, applications
from ..domain.alerts import may_have_at_once
from ..domain.applications import WantedApplication
from ..forms.application import JobApplicationForm
from ..forms.application_message import MessageForm
from ..models import Job, JobApplication, Profile
from ..presenters.applications import own_page, own_rows
from ..presenters.profile import doubt_in_words
from ..privacy import application_data
from ..queries.applications import application_by_token, own_applications
from ..queries.boards import JOB_APPLY
from .access import confirmed_user
from .application_messages import press_address, report, sends
from .downloads import packed
from .jobs import CAREERS, JOBS

TITLE = "My applications"
AN_HOUR = {"times": 30, "seconds": 3_600}
PAGE_SIZE = 20
FROM_ELSEWHERE = "We could not see that this came from our page. Nothing was sent; please press the button again."
TOO_MANY = "Many applications came from your connection within an hour. Please try again later."
NOT_UNDERSTOOD = "We did not understand that. Please press one of the buttons below."


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def job_apply(request: PublicRequest, number: int) -> HttpResponse:
    """Apply: at once for who is signed in, for others by a link that we mail."""
    job = get_object_or_404(
        Job.objects.once_public().select_related("employer").defer("search", "body", "employer__about"), pk=number
    )
    if not job.is_live() or not job.takes_applications:
        return redirect(job)
    is_known = may_have_at_once(request.user)
    if is_known and (earlier := _earlier(request, job)):
        messages.info(request, f"You have applied for “{job}” already. This is where it stands.")
        return redirect("careers:application-detail", earlier.public_id)
    kept = Profile.objects.for_user(request.user).exclude(cv="").first() if is_known else None
    asked: dict[str, Any] = {
        "asks_address": not is_known,
        "address": request.user.email if request.user.is_authenticated else "",
        "is_confidential": job.confidential,
        "kept": kept,
        "questions": list(job.questions.all()),
    }
    if request.method != "POST":
        return _form(request, job, JobApplicationForm(initial={"name": _name_of(request)}, **asked))
    # What is shown again without having been checked is the text alone; a file has to be chosen anew.
    if not request.from_here:
        return _form(request, job, JobApplicationForm(request.POST, **asked), status=403, refused=FROM_ELSEWHERE)
    if not _within_limit(request, is_known=is_known):
        return _form(request, job, JobApplicationForm(request.POST, **asked), status=429, refused=TOO_MANY)
    form = JobApplicationForm(request.POST, request.FILES, **asked)
    if not form.is_valid():
        return _form(request, job, form, status=422)
    if form.doubts:
        doubts = [doubt_in_words(*doubt) for doubt in form.doubts]
        return _form(request, job, form, status=422, doubts=doubts)
    return _send(request, job, form, is_known=is_known)


def _within_limit(request: HttpRequest, *, is_known: bool) -> bool:
    """Who is known is counted alone: the fellows of one hospital share its address."""
    if is_known:
        return within("apply-account", str(request.user.pk), **AN_HOUR)
    return within_limit(request, "apply", **AN_HOUR)


def _earlier(request: HttpRequest, job: Job) -> JobApplication | None:
    """What the person has sent for this job and not withdrawn."""
    own = JobApplication.objects.for_user(request.user).sent().filter(job=job)
    return own.exclude(status="withdrawn").first()


def _name_of(request: HttpRequest) -> str:
    return request.user.full_name if request.user.is_authenticated else ""


def _send(request: HttpRequest, job: Job, form: JobApplicationForm, *, is_known: bool) -> HttpResponse:
    data = form.cleaned_data
    wanted = WantedApplication(data["name"], data["message"], form.answers)
    try:
        if not is_known:
            applications.ask_to_apply(job, wanted, email=data["email"], cv=data["cv"])
            return redirect("careers:application-asked")
        sent = applications.apply_to_job(job, wanted, by=request.user, cv=data["cv"])  # type: ignore[arg-type]  # known
    except NotAllowed as refused:
        return _form(request, job, form, status=422, refused=str(refused))
    messages.success(request, f"Your application for “{job}” is sent. A receipt is on its way to {sent.email}.")
    return redirect("careers:application-detail", sent.public_id)


def _form(
    request: HttpRequest,
    job: Job,
    form: JobApplicationForm,
    *,
    status: int = 200,
    refused: str = "",
    doubts: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "job": job,
        "form": form,
        "refused": refused,
        "doubts": doubts,
        "has_file": "cv" in request.FILES,
        "crumbs": [*CAREERS, ("Positions", JOBS), (job.title, job.get_absolute_url()), ("Apply", None)],
        "meta": PageMeta(f"Apply: {job.title}", noindex=True),
    }
    return render(request, "careers/applications/apply.html", context, status=status)


@require_safe
def application_asked(request: HttpRequest) -> HttpResponse:
    """What follows: the same page whatever we know of the address."""
    context = {
        "hours": applications.CONFIRM_HOURS,
        "crumbs": [*CAREERS, ("Positions", JOBS), ("Apply", None)],
        "meta": PageMeta("One more step: please look into your mail", noindex=True),
    }
    return render(request, "careers/applications/asked.html", context)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def application_confirm(request: PublicRequest, signed: str) -> HttpResponse:
    """GET shows what would be sent and a button, because mail scanners follow links; POST sends it."""
    application = applications.application_to_confirm(signed)
    if application is None:
        gone = PageMeta("This link is used or has expired", noindex=True)
        context = {"meta": gone, "hours": applications.CONFIRM_HOURS}
        return render(request, "careers/applications/confirm_gone.html", context, status=404)
    context = {
        "application": application,
        "job": application.job,
        "not_taken": "",
        "meta": PageMeta("Send your application?", noindex=True),
    }
    if request.method != "POST":
        return render(request, "careers/applications/confirm.html", context)
    if not request.from_here:
        context["not_taken"] = FROM_ELSEWHERE
        return render(request, "careers/applications/confirm.html", context, status=403)
    try:
        sent = applications.confirm_application(application)
    except NotAllowed as refused:
        context["not_taken"] = str(refused)
        return render(request, "careers/applications/confirm.html", context, status=422)
    messages.success(request, f"Your application for “{sent.job}” is sent. A receipt is on its way to {sent.email}.")
    return redirect(sent)


@require_safe
@confirmed_user
def application_list(request: SignedInRequest) -> HttpResponse:
    """What the person has sent, the last one first."""
    page = Paginator(own_applications(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rows": own_rows(page, timezone.now()),
        "page": page,
        "crumbs": account_crumbs(TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "careers/applications/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
def application_detail(request: SignedInRequest, application_id: str) -> HttpResponse:
    """One of the person's own: where it stands, and what they may do with it."""
    application = get_object_or_404(own_applications(request.user), public_id=application_id)
    form = _pressed(request, application) if request.method == "POST" else None
    if request.method == "POST" and form is None:
        return redirect(_after(request, application))
    crumbs = account_crumbs(application.job.title, (TITLE, reverse("careers:application-list")))
    return _page(request, application, form, crumbs=crumbs)


@require_safe
@confirmed_user
def application_archive(request: SignedInRequest, application_id: str) -> HttpResponse:
    """All that is kept of one of the person's own."""
    return _archive(get_object_or_404(own_applications(request.user), public_id=application_id))


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def application_by_link(request: PublicRequest, token: str) -> HttpResponse:
    """The same for whoever has a letter of theirs."""
    application = _by_token(token)
    is_taken = request.method == "POST" and request.from_here
    form = _pressed(request, application) if is_taken else None
    if is_taken and form is None:
        return redirect(_after(request, application))
    crumbs = [*CAREERS, ("Your application", None)]
    not_taken = FROM_ELSEWHERE if request.method == "POST" and not is_taken else ""
    return _page(request, application, form, crumbs=crumbs, not_taken=not_taken, token=token)


def _by_token(token: str) -> JobApplication:
    application = application_by_token(token)
    if application is None:
        raise Http404
    return application


def _page(
    request: HttpRequest,
    application: JobApplication,
    form: MessageForm | None = None,
    *,
    not_taken: str = "",
    **more: Any,
) -> HttpResponse:
    typed = {"text": request.POST.get("text", "")} if not_taken else None
    context = {
        "form": form or MessageForm(initial=typed, application=application),
        "application": application,
        "job": application.job,
        "own": own_page(application, timezone.now()),
        "not_taken": not_taken,
        "meta": PageMeta("Your application", noindex=True),
        **more,
    }
    template = "careers/applications/by_link.html" if more.get("token") else "careers/applications/detail.html"
    return render(request, template, context, status=403 if not_taken else 422 if form else 200)


def _pressed(request: HttpRequest, application: JobApplication) -> MessageForm | None:
    """What one of the buttons asks for is done; a message that is not sent comes back as its form."""
    if request.POST.get("do") != "message":
        _do(request, application)
        return None
    form = MessageForm(request.POST, application=application)
    if application.is_withdrawn:
        messages.error(request, application_messages.WITHDRAWN)
        return None
    if form.is_valid() and not within("application-message", application.public_id, **AN_HOUR):
        form.add_error(None, "That is a lot of messages within an hour. Please try again later.")
        return form
    if not sends(form, by=_own_user(request, application), by_employer=False):
        return form
    messages.success(request, f"Sent. {application.employer_for_person} reads it among its applications.")
    return None


def _after(request: HttpRequest, application: JobApplication) -> str:
    at = {"message": "#talk", "report": "#talk", "address": "#address"}
    return f"{application.get_absolute_url()}{at.get(request.POST.get('do', ''), '')}"


def _own_user(request: HttpRequest, application: JobApplication) -> User | None:
    return request.user if request.user.is_authenticated and application.user_id == request.user.pk else None


def _report(request: HttpRequest, application: JobApplication) -> None:
    message = application.talk.filter(pk=whole_number(request.POST.get("message", ""), 12) or 0, by_employer=True)
    if found := message.first():
        report(request, found, by_employer=False)
    else:
        messages.error(request, NOT_UNDERSTOOD)


def _do(request: HttpRequest, application: JobApplication) -> None:
    """What one of the buttons asks for."""
    if request.POST.get("do") == "report":
        _report(request, application)
        return
    user = _own_user(request, application)
    if request.POST.get("do") == "address":
        press_address(request, application, by=user, by_employer=False)
        return
    does: dict[str, tuple[Callable[[], Any], str]] = {
        "withdraw": (
            lambda: applications.withdraw_application(application, by=user),
            "Your application is withdrawn, and the employer is told.",
        ),
        "agree": (
            lambda: applications.agree_to_reveal(application),
            f"{application.employer_for_person} can read your name, your address and your CV now.",
        ),
        "letters": (
            lambda: applications.set_letters(application, wanted=True),
            "We write to you when something changes.",
        ),
        "no-letters": (
            lambda: applications.set_letters(application, wanted=False),
            "We do not write to you about this application any more. This page always says where it stands.",
        ),
    }
    if request.POST.get("do", "") not in does:
        messages.error(request, NOT_UNDERSTOOD)
        return
    do, done = does[request.POST["do"]]
    try:
        do()
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


@require_safe
def application_export(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept of it in one archive: what it says, and the CV."""
    return _archive(_by_token(token))


def _archive(application: JobApplication) -> HttpResponse:
    return packed("application", application_data(application), application.cv, application.cv_name)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def application_erase(request: PublicRequest, token: str) -> HttpResponse:
    """GET asks once more; POST forgets the application with its CV, at the employer's too."""
    application = _by_token(token)
    if request.method == "POST" and request.from_here:
        applications.forget_applications([application])
        return redirect("careers:application-erased")
    context = {
        "application": application,
        "not_taken": FROM_ELSEWHERE if request.method == "POST" else "",
        "crumbs": [*CAREERS, ("Your application", application.get_absolute_url()), ("Erase it", None)],
        "meta": PageMeta("Erase your application?", noindex=True),
    }
    status = 403 if request.method == "POST" else 200
    return render(request, "careers/applications/erase.html", context, status=status)


@require_safe
def application_erased(request: HttpRequest) -> HttpResponse:
    """Nothing is left of it."""
    context = {
        "crumbs": [*CAREERS, ("Applications", None)],
        "meta": PageMeta("Your application is erased", noindex=True),
    }
    return render(request, "careers/applications/erased.html", context)


@require_safe
def job_apply_elsewhere(request: HttpRequest, number: int) -> HttpResponse:
    """On to where the employer takes applications: to the address that stands in the position, and no other.

    That somebody went there is counted, without who; a browser that only looks ahead is not.
    """
    job = get_object_or_404(Job.objects.once_public().defer("search", "body"), pk=number)
    if not job.is_live() or not job.apply_url:
        return redirect(job)
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        view_counts.count(request, JOB_APPLY, str(job.pk))
    answer = redirect(job.apply_url)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    return answer
