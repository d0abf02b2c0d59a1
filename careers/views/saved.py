"""Saved positions: the press on a position, the person's own list, and what they note there."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.models import User
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..choices import SavedStage
from ..domain import saved_jobs
from ..forms.saved import RemovalForm, SavedNoteForm, WantedForm
from ..models import Job, SavedJob
from ..presenters.saved import how_full, saved_rows
from ..queries.saved import saved_list

TITLE = "Saved positions"
# The positions that a visitor wanted to save before they signed in, by number.
WANTED = "careers:wanted-jobs"


@require_http_methods(["GET", "HEAD", "POST"])
def job_save(request: HttpRequest, number: int) -> HttpResponse:
    """Save by POST, and go back to where the press was made.

    A visitor's presses are kept in the session, and all are completed when they come back signed in. Without a press
    the page asks: an address alone writes nothing.
    """
    job = get_object_or_404(Job.objects.once_public().defer("search", "body"), pk=number)
    if not request.user.is_authenticated:
        earlier = [number for number in request.session.get(WANTED, []) if number != job.pk]
        request.session[WANTED] = [*earlier, job.pk][-saved_jobs.LIMIT :]
        return redirect_to_login(request.path)
    wanted = request.session.pop(WANTED, [])
    if request.method == "POST" or job.pk in wanted:
        _save_earlier(request, [number for number in wanted if number != job.pk])
        return _save(request, job)
    if not job.is_live():
        return redirect(job)
    context = {
        "job": job,
        "crumbs": crumbs("Save a position", (TITLE, reverse("careers:saved-list"))),
        "meta": PageMeta(f"Save “{job}”?", noindex=True),
    }
    return render(request, "careers/saved/save.html", context)


def _save_earlier(request: Any, numbers: list[int]) -> None:
    """What the person wanted before the press that made them sign in; what is not open any more is left out."""
    jobs = Job.objects.live().filter(pk__in=numbers).defer("search", "body")
    saved = [job for job in jobs if _is_saved(request.user, job)]
    if saved:
        messages.success(request, f"Saved too, as you wished before: {', '.join(f'“{job}”' for job in saved)}.")


def _is_saved(user: User, job: Job) -> bool:
    """Whether it stands in the list now. Where there is no room for it, the last press says so."""
    try:
        saved_jobs.save_job(user, job)
    except NotAllowed:
        return False
    return True


def _save(request: Any, job: Job) -> HttpResponse:
    try:
        count = saved_jobs.save_job(request.user, job)
    except saved_jobs.SavedListFull as refused:
        messages.error(request, f"“{job}” is not saved. {refused}")
        return redirect(f"{reverse('careers:saved-list')}?wanted={job.pk}")
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect(job)
    messages.success(request, f"“{job}” is saved: {how_full(count)}. It waits for you in My account.")
    return _back(request, job)


def _back(request: HttpRequest, job: Job) -> HttpResponse:
    """To the page of the press, at this position; to the position itself if no page of ours is named."""
    here = request.POST.get("next", "")
    if here and get_adapter(request).is_safe_url(here):
        return HttpResponseRedirect(f"{here.partition('#')[0]}#job-{job.pk}")
    return redirect(job)


@require_safe
@login_required
def saved_positions(request: SignedInRequest) -> HttpResponse:
    """The person's list, the last one first; positions that are gone stay until they are removed."""
    saved = saved_list(request.user)
    context = {
        "rows": saved_rows(saved, timezone.now()),
        "count": len(saved),
        "limit": saved_jobs.LIMIT,
        "how_full": how_full(len(saved)),
        "is_full": len(saved) >= saved_jobs.LIMIT,
        "wanted": _wanted(WantedForm(request.GET), saved),
        "stages": SavedStage.choices,
        "crumbs": crumbs(TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "careers/saved/list.html", context)


def _wanted(form: WantedForm, saved: list[SavedJob]) -> Job | None:
    """The position for which there was no room, while it is open and not saved."""
    form.is_valid()  # it leaves out what it does not know
    missing = set(form.cleaned_data["wanted"][-1:]) - {one.job_id for one in saved}
    return Job.objects.live().defer("search", "body").filter(pk__in=missing).first() if missing else None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_edit(request: SignedInRequest, number: int) -> HttpResponse:
    """The person's note about one of them, and how far they are with it."""
    saved = get_object_or_404(SavedJob.objects.for_user(request.user).select_related("job"), job_id=number)
    sent = request.POST if request.method == "POST" else None
    form = SavedNoteForm(sent, initial={"stage": saved.stage, "note": saved.note})
    if form.is_valid():
        saved_jobs.note_job(saved, **form.cleaned_data)
        messages.success(request, f"Kept with “{saved}”.")
        return redirect(f"{reverse('careers:saved-list')}#job-{number}")
    context = {
        "saved": saved,
        "form": form,
        "crumbs": crumbs(str(saved), (TITLE, reverse("careers:saved-list"))),
        "meta": PageMeta(f"Your note on “{saved}”", noindex=True),
    }
    return render(request, "careers/saved/note.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def saved_remove(request: SignedInRequest) -> HttpResponse:
    """Take one off the list, or all that are marked; asks first where a note of the person's would go with them."""
    form = RemovalForm(request.POST)
    form.is_valid()  # it leaves out what it does not know
    chosen = [one for one in saved_list(request.user) if one.job_id in form.numbers]
    if not chosen:
        messages.warning(request, "Mark the positions that you want to remove, then press “Remove the marked ones”.")
        return redirect("careers:saved-list")
    if any(one.note for one in chosen) and not form.cleaned_data["sure"]:
        return _ask_before_removing(request, chosen)
    count = saved_jobs.remove_jobs(request.user, [one.job_id for one in chosen])
    messages.success(request, f"{count} position{'s are' if count > 1 else ' is'} off your list.")
    return redirect("careers:saved-list")


def _ask_before_removing(request: SignedInRequest, chosen: list[SavedJob]) -> HttpResponse:
    context = {
        "chosen": chosen,
        "crumbs": crumbs("Remove", (TITLE, reverse("careers:saved-list"))),
        "meta": PageMeta("Remove from your list?", noindex=True),
    }
    return render(request, "careers/saved/remove.html", context)
