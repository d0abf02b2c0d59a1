"""A person's own application: its state and reason, an answer, papers, and taking it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.core.files import private
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import applications
from ..domain.dues import Dues, dues_of
from ..forms.application import ApplicationAnswerForm, PaperForm
from ..models import Application, ApplicationPaper
from ..presenters.applications import words_of
from ..skus import FIRST
from ..states import ApplicationStatus


def _mine(request: HttpRequest, public_id: str) -> Application:
    """The person's own application; anybody else's does not exist for them."""
    return get_object_or_404(
        Application.objects.for_user(request.user).select_related("plan", "user"), public_id=public_id
    )


def _dues(application: Application) -> Dues | None:
    """What an approved application waits for."""
    if application.status != ApplicationStatus.APPROVED:
        return None
    found = dues_of(application.user)
    return next((one for one in found if (one.kind, one.plan) == (FIRST, application.plan)), None)


def _page(request: HttpRequest, application: Application, **forms: Any) -> HttpResponse:
    papers = list(application.papers.all())
    context = {
        "application": application,
        "words": words_of(
            application, list(application.status_changes.all()), papers=len(papers), dues=_dues(application)
        ),
        "papers": papers,
        "consents": list(application.consents.select_related("version__consent")),
        "answer_form": forms.get("answer_form") or ApplicationAnswerForm(),
        "paper_form": forms.get("paper_form") or PaperForm(auto_id="id_more_%s"),
        "crumbs": [("Home", "/"), ("My account", "/account/"), ("My application", None)],
        "meta": PageMeta("My application", noindex=True),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "membership/application.html", context, status=status)


def _try(request: HttpRequest, application: Application, step: Callable[[], Any], done: str) -> HttpResponse:
    try:
        step()
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(application)


@require_safe
@login_required
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _mine(request, public_id))


@login_required
@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    application = _mine(request, public_id)
    form = ApplicationAnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, application, answer_form=form)
    text, paper = form.cleaned_data["answer"], form.cleaned_data["paper"]
    return _try(
        request,
        application,
        lambda: applications.answer_application(application, by=request.user, reason=text, paper=paper),
        "Thank you. Your answer has arrived, and your application is being read again.",
    )


@login_required
@require_POST
def add_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    application = _mine(request, public_id)
    form = PaperForm(request.POST, request.FILES, auto_id="id_more_%s")
    if not form.is_valid():
        return _page(request, application, paper_form=form)
    paper = form.cleaned_data["paper"]
    return _try(request, application, lambda: applications.add_paper(application, paper), "Your paper has been added.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET asks whether it is meant; POST withdraws."""
    application = _mine(request, public_id)
    if request.method == "POST":
        return _try(
            request,
            application,
            lambda: applications.withdraw_application(application, by=request.user),
            "Your application is withdrawn. You may apply again whenever you like.",
        )
    if not application.is_open:
        return redirect(application)
    crumbs = [
        ("Home", "/"),
        ("My account", "/account/"),
        ("My application", application.get_absolute_url()),
        ("Withdraw", None),
    ]
    context = {
        "application": application,
        "crumbs": crumbs,
        "meta": PageMeta("Withdraw your application?", noindex=True),
    }
    return render(request, "membership/application_withdraw.html", context)


@require_safe
@login_required
def paper(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A paper, for the person who sent it and for those who decide."""
    found = get_object_or_404(ApplicationPaper.objects.select_related("application"), public_id=public_id)
    if found.application.user_id != request.user.pk and not request.user.has_perm("membership.view_applicationpaper"):
        raise Http404
    return private.serve(found.file, filename=found.name, content_type="application/pdf")
