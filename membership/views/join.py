"""Choosing a category and applying for it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from aapm_site.core.transitions import NotAllowed

from ..domain import application_drafts, applications
from ..domain.application_drafts import DraftOvertaken
from ..forms.application import ApplicationForm, typed_in
from ..models import ApplicationDraft, Plan
from ..presenters.access import way_back
from ..queries import members, plans
from ..queries.finder import finder_questions
from .drafts import HOME, MEMBERSHIP, PRESS_AGAIN, after_save, form_page, send


@public_page()
def choose(request: HttpRequest) -> HttpResponse:
    """The categories, each with the way to its form; a person who cannot apply now reads why."""
    user = request.user
    crumbs = [HOME, MEMBERSHIP, ("Join", None)]
    standing = members.standing_of(user)
    is_member = standing.is_current
    application = members.application_of(user)
    open_application = application if application and application.is_open else None
    context = {
        "plans": plans.categories(),
        "open_application": open_application,
        "is_member": is_member,
        "approved": application if application and not application.is_open else None,
        "way_back": None if application else way_back(standing),
        "may_apply": not is_member and open_application is None,
        "draft": members.draft_of(user),
        "has_finder": bool(finder_questions()),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Join the Academy",
            "Choose the category that describes most of your work, and apply. A person reads every application.",
            reverse("membership:join"),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "membership/join.html", context)


def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The application form of one category. A visitor makes an account first and comes back here.

    Who has begun an application goes on with it; for another category they are asked which one it is to be.
    """
    plan = get_object_or_404(Plan.objects.select_related("steps_up_to"), slug=slug, joinable=True)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
    if reason := applications.application_refusal(request.user, plan):
        messages.info(request, reason)
        return redirect("membership:join")
    begun = ApplicationDraft.objects.for_user(request.user).select_related("plan__steps_up_to", "user").first()
    if request.method != "POST":
        if begun is not None:
            return redirect(begun) if begun.plan_id == plan.pk else _which(request, begun, plan)
        return form_page(request, ApplicationForm(user=request.user, plan=plan), plan)
    if begun is not None and "draft" not in request.POST and begun.plan_id == plan.pk:
        return send(request, begun)  # the page may have begun it while the button was pressed
    if begun is not None:
        typed = ApplicationForm(user=begun.user, plan=begun.plan, typed=typed_in(request.POST))
        return form_page(request, typed, begun.plan, begun, overtaken=str(DraftOvertaken(begun)))
    return _begin(request, plan) if "draft" in request.POST else _send(request, plan)


def _begin(request: Any, plan: Plan) -> HttpResponse:
    if not application_drafts.may_save_now(request.user):
        typed = ApplicationForm(user=request.user, plan=plan, typed=typed_in(request.POST))
        return form_page(request, typed, plan, overtaken=PRESS_AGAIN, status=429)
    try:
        kept = application_drafts.begin_draft(request.user, plan, typed_in(request.POST))
    except DraftOvertaken as other:
        typed = ApplicationForm(user=request.user, plan=other.draft.plan, typed=typed_in(request.POST))
        return form_page(request, typed, other.draft.plan, other.draft, overtaken=str(other))
    except NotAllowed as refused:
        typed = ApplicationForm(user=request.user, plan=plan, typed=typed_in(request.POST))
        return form_page(request, typed, plan, overtaken=str(refused), status=422)
    return after_save(request, kept)


def _send(request: Any, plan: Plan) -> HttpResponse:
    form = ApplicationForm(request.POST, request.FILES, user=request.user, plan=plan)
    if not form.is_valid():
        return form_page(request, form, plan)
    paper = form.cleaned_data["paper"]
    try:
        application = applications.submit_application(
            request.user, plan, papers=[paper] if paper else [], **form.as_fields()
        )
    except NotAllowed as refused:
        if applications.application_refusal(request.user, plan):
            messages.info(request, str(refused))
            return redirect("membership:join")
        return form_page(request, form, plan, overtaken=str(refused), status=422)
    messages.success(request, "Your application has arrived. We have written to you that it has.")
    return redirect(application)


def _which(request: HttpRequest, begun: ApplicationDraft, plan: Plan) -> HttpResponse:
    crumbs = [HOME, MEMBERSHIP, ("Join", reverse("membership:join")), (plan.name, None)]
    context = {
        "draft": begun,
        "plan": plan,
        "crumbs": crumbs,
        "meta": PageMeta("You have begun an application", noindex=True),
    }
    return render(request, "membership/draft_which.html", context)
