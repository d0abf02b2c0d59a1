"""An application that is begun: kept while one writes, saved by a press, resumed by a mailed link, sent, or deleted."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.models import User
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.http.limits import within
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import application_drafts, applications
from ..domain.application_drafts import DraftOvertaken, token_of
from ..forms.application import ApplicationForm, typed_in
from ..forms.category import NextCategoryForm
from ..models import ApplicationDraft, Plan
from ..queries.members import open_application_of

HOME, MEMBERSHIP = ("Home", "/"), ("Membership", "/membership/")
OPENED = "membership_draft"  # in the session of somebody who came by the mailed link
GONE = "This application was sent or deleted meanwhile."
TOO_OFTEN = "Not saved just now: this application was saved very often within a minute. Your words stand here, and "
PRESS_AGAIN = f"{TOO_OFTEN}nothing is lost: wait a minute and press again."
BY_ITSELF = f"{TOO_OFTEN}this page saves them in a minute."
LINKS_A_DAY = {"times": 3, "seconds": 24 * 60 * 60}

View = Callable[..., HttpResponse]


def own_draft(view: View) -> View:
    """The draft of the address, for the person whose it is, and for whoever opened the link that was mailed to them.

    A visitor without it is asked to sign in; for other people it is not there. Who sent it meanwhile is led to the
    application.
    """

    @wraps(view)
    @cache_control(private=True, no_store=True)
    def checked(request: HttpRequest, public_id: str, **more: Any) -> HttpResponse:
        user = request.user
        if not user.is_authenticated and request.session.get(OPENED) != public_id:
            return redirect_to_login(request.get_full_path())
        drafts = ApplicationDraft.objects.select_related("plan__steps_up_to", "user")
        mine = drafts.for_user(user) if user.is_authenticated else drafts.filter(user__is_active=True)
        is_there = ApplicationDraft.objects.filter(public_id=public_id).exists()
        if not is_there and (sent := open_application_of(user)):
            messages.info(request, "This application was sent already. Here you see how far it has come.")
            return redirect(sent)
        return view(request, get_object_or_404(mine, public_id=public_id), **more)

    return checked


def form_page(
    request: HttpRequest,
    form: ApplicationForm,
    plan: Plan,
    draft: ApplicationDraft | None = None,
    *,
    overtaken: str = "",
    status: int = 0,
    token: str | None = None,
) -> HttpResponse:
    """The form, new or of a draft. `overtaken` says why what was typed is not kept yet. `token` is that of the save
    with which the form began, if it is not the last one.
    """
    crumbs = [HOME, MEMBERSHIP, ("Join", reverse("membership:join")), (plan.name, None)]
    context = {
        "form": form,
        "plan": plan,
        "draft": draft,
        "papers": list(draft.papers.all()) if draft else [],
        "kept_until": application_drafts.kept_until(draft) if draft else None,
        "keep_at": _keep_at(draft, plan),
        "form_at": draft.get_absolute_url() if draft else reverse("membership:application-create", args=[plan.slug]),
        "token": token if token is not None else token_of(draft) if draft else "",
        "overtaken": overtaken,
        "crumbs": crumbs,
        "meta": PageMeta(f"Apply: {plan}", noindex=True),
    }
    status = status or (409 if overtaken else 422 if form.errors else 200)
    return render(request, "membership/apply.html", context, status=status)


def _keep_at(draft: ApplicationDraft | None, plan: Plan) -> str:
    if draft is None:
        return reverse("membership:draft-begin", args=[plan.slug])
    return reverse("membership:draft-keep", args=[draft.public_id])


def retyped(request: HttpRequest, draft: ApplicationDraft) -> ApplicationForm:
    """What was typed just now, as it was typed, over a draft that stands otherwise."""
    return ApplicationForm(user=draft.user, plan=draft.plan, typed=typed_in(request.POST))


@require_http_methods(["GET", "HEAD", "POST"])
@own_draft
def draft(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    """GET shows what stands; POST saves it as it is, or sends it once it is whole."""
    if request.method != "POST":
        return form_page(
            request, ApplicationForm(user=draft.user, plan=draft.plan, typed=draft.fields), draft.plan, draft
        )
    if "draft" in request.POST:
        return save(request, draft)
    return send(request, draft)


def send(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    """Send it, or say what is missing; then the form keeps the save with which it began."""
    form = ApplicationForm(request.POST, request.FILES, user=draft.user, plan=draft.plan)
    token = request.POST.get("version", "")
    if not form.is_valid():
        return form_page(request, form, draft.plan, draft, token=token)
    try:
        sent = application_drafts.send_draft(
            draft, typed_in(request.POST), token=token, paper=form.cleaned_data["paper"], **form.as_fields()
        )
    except DraftOvertaken as other:
        return form_page(request, retyped(request, other.draft), other.draft.plan, other.draft, overtaken=str(other))
    except NotAllowed as refused:
        if applications.application_refusal(draft.user):
            messages.info(request, str(refused))
            return redirect("membership:join")
        return form_page(request, retyped(request, draft), draft.plan, draft, overtaken=str(refused), status=422)
    messages.success(request, "Your application has arrived. We have written to you that it has.")
    return redirect(sent)


def save(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    """Keep what is typed, checked or not, and a paper that can be used. The first press mails the link."""
    token = request.POST.get("version", "")
    if not application_drafts.may_save_now(draft.user):
        form = retyped(request, draft)
        return form_page(request, form, draft.plan, draft, overtaken=PRESS_AGAIN, status=429, token=token)
    try:
        kept = application_drafts.keep_typed(draft, typed_in(request.POST), token=token)
    except DraftOvertaken as other:
        return form_page(request, retyped(request, other.draft), other.draft.plan, other.draft, overtaken=str(other))
    except NotAllowed as refused:
        return form_page(request, retyped(request, draft), draft.plan, draft, overtaken=str(refused), status=422)
    return after_save(request, kept)


def after_save(request: HttpRequest, kept: ApplicationDraft) -> HttpResponse:
    """A paper that came along is kept, or said to be none; then the form once more, with a word."""
    if refusal := _keep_paper(request, kept):
        form = ApplicationForm(user=kept.user, plan=kept.plan, typed=kept.fields)
        return form_page(request, form, kept.plan, kept, overtaken=f"Your words are saved. {refusal}", status=422)
    if kept.linked_at is None:
        application_drafts.mail_link(kept)
        messages.success(request, "Saved. We have mailed you a link, by which you can go on whenever you like.")
    else:
        messages.success(request, "Saved. You can go on whenever you like.")
    return redirect(kept)


def _keep_paper(request: HttpRequest, kept: ApplicationDraft) -> str:
    """Why a paper could not be kept; empty if there is none, or it is."""
    if "paper" not in request.FILES:
        return ""
    form = ApplicationForm(request.POST, request.FILES, user=kept.user, plan=kept.plan)
    if "paper" in form.errors:
        return f"The paper is not: {form.errors['paper'][0]}"
    try:
        application_drafts.add_draft_paper(kept, form.cleaned_data["paper"])
    except NotAllowed as refused:
        return f"The paper is not: {refused}"
    return ""


# While one writes ----------------------------------------------------------------------------------------------------
@login_required
@require_POST
def begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """The first words of an application: it gets its draft."""
    plan = get_object_or_404(Plan, slug=slug, joinable=True)
    return _kept(request.user, lambda: application_drafts.begin_draft(request.user, plan, typed_in(request.POST)))


@require_POST
@own_draft
def keep(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    token = request.POST.get("version", "")
    return _kept(draft.user, lambda: application_drafts.keep_typed(draft, typed_in(request.POST), token=token))


def _kept(person: User, step: Callable[[], ApplicationDraft]) -> JsonResponse:
    if not application_drafts.may_save_now(person):
        wait = application_drafts.SAVES_IN
        return JsonResponse({"said": BY_ITSELF, "again": wait}, status=429, headers={"Retry-After": str(wait)})
    try:
        kept = step()
    except DraftOvertaken as other:
        said = "Not saved: you have saved this application in another window. Press “Save as a draft” to keep this one."
        return JsonResponse({"said": said, "see": other.draft.get_absolute_url()}, status=409)
    except NotAllowed as refused:
        return JsonResponse({"said": f"Not saved. {refused}"}, status=422)
    return JsonResponse({"version": token_of(kept), "save": _keep_at(kept, kept.plan), "edit": kept.get_absolute_url()})


# What else can be done with one --------------------------------------------------------------------------------------
@require_POST
@own_draft
def category(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    """The same words for another category."""
    form = NextCategoryForm(request.POST)
    if not form.is_valid():
        messages.warning(request, form.refusal)
        return redirect(draft)
    try:
        draft = application_drafts.change_plan(draft, form.cleaned_data["plan"])
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"Your application is for the category {draft.plan} now. Nothing you wrote is lost.")
    return redirect(draft)


@require_POST
@own_draft
def link(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    """Mail the link once more, to the person's own address."""
    if within("draft-link", draft.public_id, **LINKS_A_DAY):
        application_drafts.mail_link(draft)
        messages.success(request, "We have mailed you the link.")
    else:
        messages.warning(request, "We have mailed you the link three times today. Please look into your mail.")
    return redirect(draft)


@require_POST
@own_draft
def remove_paper(request: HttpRequest, draft: ApplicationDraft, paper_id: str) -> HttpResponse:
    application_drafts.remove_draft_paper(draft, paper_id)
    messages.success(request, "The paper is removed.")
    return redirect(draft)


@require_http_methods(["GET", "HEAD", "POST"])
@own_draft
def delete(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    """GET asks whether it is meant; POST deletes."""
    if request.method == "POST":
        application_drafts.drop_draft(draft)
        request.session.pop(OPENED, None)
        messages.success(request, "What you had begun is deleted. You may apply whenever you like.")
        return redirect("membership:join")
    crumbs = [HOME, MEMBERSHIP, ("My application", draft.get_absolute_url()), ("Delete", None)]
    context = {"draft": draft, "crumbs": crumbs, "meta": PageMeta("Delete what you have begun?", noindex=True)}
    return render(request, "membership/draft_delete.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def resume(request: HttpRequest, signed: str) -> HttpResponse:
    """The mailed link. It opens the draft in this browser, unless somebody else is signed in here."""
    found = application_drafts.draft_by_link(signed)
    if found is None:
        said = "The application was sent, or deleted because nobody went on with it, or the link is not whole."
        return _resume_page(request, said)
    if request.user.is_authenticated and request.user.pk != found.user_id:
        return _resume_page(request, "It belongs to another account than the one that is signed in. Sign out first.")
    if not request.user.is_authenticated:
        request.session[OPENED] = found.public_id
    return redirect(found)


def _resume_page(request: HttpRequest, said: str) -> HttpResponse:
    context = {"said": said, "meta": PageMeta("This link leads nowhere now", noindex=True)}
    return render(request, "membership/draft_gone.html", context, status=404)
