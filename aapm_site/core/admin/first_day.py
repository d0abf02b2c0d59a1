"""The first day: what administrators see to before a site is announced, each step done when the data say so.

Rooms register the steps. The list stands on the staff's front page until all of them are done, and always at a page of
its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..registry import Registry
from ..transitions import NotAllowed

# That of administrators: whoever says who works here.
PERMISSION = "accounts.assign_roles"


@dataclass(frozen=True)
class StepStanding:
    """How a step stands: whether it is done, what was found, and the press that leads on."""

    is_done: bool
    words: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class FirstStep:
    """One step: look(user) reads the data. One with a `press` has a button of that `button` word, which does it
    and gives a sentence.
    """

    name: str
    label: str
    look: Callable[[Any], StepStanding]
    press: Callable[[Any], str] | None = None
    button: str = ""
    order: int = 100


first_steps: Registry[FirstStep] = Registry()

Seen = list[tuple[FirstStep, StepStanding]]


def steps_for(user: Any) -> Seen:
    """All steps as they stand."""
    return [(step, step.look(user)) for step in first_steps]


def open_list(user: Any) -> Seen:
    """The list on the front page: all of it while a step is open, nothing afterwards. The demonstration has no first
    day, and other staff have nothing to do with it.
    """
    if settings.DEMO or not user.has_perm(PERMISSION):
        return []
    steps = steps_for(user)
    return [] if all(standing.is_done for _, standing in steps) else steps


@permission_required(PERMISSION, raise_exception=True)
def first_day_page(request: HttpRequest) -> HttpResponse:
    """Every step, with what was found and how it goes on."""
    context = {**admin.site.each_context(request), "title": "The first day", "steps": steps_for(request.user)}
    return TemplateResponse(request, "admin/first_day.html", context)


@require_POST
@permission_required(PERMISSION, raise_exception=True)
def press_first_step(request: HttpRequest, name: str) -> HttpResponse:
    """Do the step that has a button, and come back to the list."""
    step = first_steps.get(name)
    if step is None or step.press is None:
        raise Http404
    try:
        messages.success(request, step.press(request.user))
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("admin:first_day"))
