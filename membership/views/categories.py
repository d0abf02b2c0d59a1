"""A member's own category: another one from the next term, or now, and when training ends. Presses of My membership."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.transitions import NotAllowed

from ..domain import category_changes
from ..forms.category import NextCategoryForm, TrainingForm
from ..models import Plan
from .mine import mine_page


def _try(request: SignedInRequest, step: Callable[[], Any], done: Callable[[Any], str]) -> HttpResponse:
    try:
        made = step()
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done(made))
    return redirect("membership:mine")


def _with_plan(request: SignedInRequest, step: Callable[[Plan], Any], done: Callable[[Any], str]) -> HttpResponse:
    form = NextCategoryForm(request.POST)
    if not form.is_valid():
        messages.warning(request, form.refusal)
        return redirect("membership:mine")
    return _try(request, lambda: step(form.cleaned_data["plan"]), done)


@login_required
@require_POST
def choose(request: SignedInRequest) -> HttpResponse:
    """Another category from the next term on."""
    return _with_plan(
        request,
        lambda plan: category_changes.choose_next(request.user, plan, by=request.user),
        lambda membership: f"Your next term will be in the category {membership.next_plan}.",
    )


@login_required
@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    """The change that was chosen is taken back."""
    return _try(
        request,
        lambda: category_changes.keep_category(request.user, by=request.user),
        lambda membership: "Your category stays as it is.",
    )


@login_required
@require_POST
def now(request: SignedInRequest) -> HttpResponse:
    """Another category at once, where that costs nothing; else it is ordered and paid."""
    return _with_plan(
        request,
        lambda plan: category_changes.change_free(request.user, plan, by=request.user),
        lambda term: f"Your category is {term.plan} now, until {date_format(term.ends_on)}.",
    )


@login_required
@require_POST
def training(request: SignedInRequest) -> HttpResponse:
    """When training ends; a day that cannot be used comes back as it was typed."""
    form = TrainingForm(request.POST)
    if not form.is_valid():
        return mine_page(request, form)
    return _try(
        request,
        lambda: category_changes.say_when_training_ends(request.user, form.cleaned_data["training_ends_on"]),
        lambda membership: "Thank you, that is noted.",
    )
