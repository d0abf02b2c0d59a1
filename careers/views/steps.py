"""One step of something that an employer owns: a page asks, and the press takes the step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed, moves_from

from ..models import Employer
from .jobs import CAREERS


@dataclass(frozen=True)
class StepPage:
    """What one step does, what is said when it is done, and what it means, asked before it."""

    employer: Employer
    back: str
    do: Callable[..., Any]
    done: str
    explained: Callable[[], str]


def take_step(request: HttpRequest, subject: Any, verb: str, page: StepPage) -> HttpResponse:
    """GET asks for confirmation, POST takes the step; one that is not open any more leads back with a word."""
    step = next((step for step in moves_from(subject) if step.verb == verb), None)
    if request.method == "POST":
        try:
            page.do(subject, by=request.user)
        except NotAllowed as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"“{subject}”: {page.done}")
        return redirect(page.back)
    if step is None:
        messages.warning(request, f"“{subject}” is now “{subject.get_status_display()}”.")
        return redirect(page.back)
    context = {
        "title": str(subject),
        "step": step,
        "explained": page.explained(),
        "back": page.back,
        "crumbs": [*CAREERS, (page.employer.name, page.employer.get_absolute_url()), (step.label, None)],
        "meta": PageMeta(f"{step.label}: {subject}", noindex=True),
    }
    return render(request, "careers/employers/step.html", context)
