"""A member's own resignation and pause: the pages that ask, and the presses that take them back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import pauses, resignations
from ..forms.leaving import PauseForm, ResignForm
from ..models import Pause
from ..presenters import leaving as presenter
from ..queries import members
from ..states import MembershipStatus

RESIGN, PAUSE = "Resign from membership", "Pause your membership"
READ_AGAIN = "Please look at the last day below, and press again."


def _there(fragment: str = "leaving") -> HttpResponse:
    return redirect(f"{reverse('membership:mine')}#{fragment}")


def _page(request: SignedInRequest, name: str, title: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    crumb = ("My membership", reverse("membership:mine"))
    told = {**context, "crumbs": crumbs(title, crumb), "meta": PageMeta(title, noindex=True)}
    return render(request, f"membership/leaving/{name}.html", told, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resign(request: SignedInRequest) -> HttpResponse:
    """Asks from when and says what follows; the press resigns."""
    days = presenter.resign_days(members.terms_of(request.user))
    standing = members.standing_of(request.user)
    if not days or standing.status == MembershipStatus.CLOSED:
        messages.warning(request, "There is no membership here that runs, so there is nothing to resign from.")
        return _there()
    form = ResignForm(
        request.POST if request.method == "POST" else None, days=days, labels=presenter.resign_labels(days)
    )
    if form.is_bound and form.is_valid():
        if form.is_unread:
            form.add_error(None, READ_AGAIN)
        elif done := _try_resign(request, form):
            return done
    if form.errors and form.is_bound:
        form.data = {**form.data.dict(), "seen": form.initial["seen"]}  # type: ignore[attr-defined]  # a QueryDict
    return _page(request, "resign", RESIGN, {"form": form}, status=422 if form.errors else 200)


def _try_resign(request: SignedInRequest, form: ResignForm) -> HttpResponse | None:
    said = form.cleaned_data
    try:
        done = resignations.resign(
            request.user, when=said["when"], seen=form.seen_day(), by=request.user, reason=said["reason"]
        )
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return None
    last = date_format(done.last_day)
    messages.success(request, f"You have resigned; your last day is {last}. Until then you can take it back.")
    return _there()


@login_required
@require_POST
def take_back(request: SignedInRequest) -> HttpResponse:
    return _press(
        request,
        lambda: resignations.withdraw_resignation(request.user, by=request.user),
        lambda done: "Taken back. We are glad that you stay.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: SignedInRequest) -> HttpResponse:
    """Says what a pause means, and asks for one."""
    if members.standing_of(request.user).status != MembershipStatus.ACTIVE:
        messages.warning(request, "A pause begins while your term runs: only days that are paid can be kept.")
        return _there()
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            done = pauses.ask_for_pause(
                request.user,
                reason=form.cleaned_data["reason"],
                starts_on=form.cleaned_data["starts_on"],
                back_on=form.back_on,
                by=request.user,
                note=form.cleaned_data["note"],
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _asked(done))
            return _there()
    return _page(request, "pause", PAUSE, {"form": form}, status=422 if form.errors else 200)


def _asked(done: Pause) -> str:
    if done.is_waiting:
        return "Thank you. A person on our staff reads it and answers by e-mail; until then nothing changes."
    return f"Granted: your membership rests from {date_format(done.starts_on)} and goes on {date_format(done.back_on)}."


@login_required
@require_POST
def end_pause(request: SignedInRequest) -> HttpResponse:
    return _press(
        request,
        lambda: pauses.end_pause(request.user, by=request.user),
        lambda done: "The pause is taken back." if done.cancelled_at else "Welcome back. Your term goes on from today.",
    )


def _press(request: SignedInRequest, step: Callable[[], Any], done: Callable[[Any], str]) -> HttpResponse:
    try:
        made = step()
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done(made))
    return _there()
