"""The staff's page "What is due next": the work of the coming days, with a hold on each row."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from aapm_site.core.forms import without_control
from aapm_site.core.transitions import actor

from ..background import due
from ..models import Hold

AHEAD = timedelta(days=14)
UNKNOWN = "That work is not known; the list below is up to date."


@permission_required("core.see_due_work", raise_exception=True)
def due_page(request: HttpRequest) -> HttpResponse:
    """What the runs of the next fourteen days will do in this person's rooms; all, or one kind (?work=name)."""
    holds = {(hold.work, hold.key): hold for hold in Hold.objects.select_related("by")}
    found = due.upcoming_for(request.user, _horizon())
    kinds = sorted({work.name: work for work, _ in found}.values(), key=lambda work: work.label)
    chosen = request.GET.get("work", "")
    if chosen not in {work.name for work in kinds}:
        chosen = ""
    rows = [
        {"work": work, "row": row, "hold": holds.get((work.name, row.key))}
        for work, row in found
        if chosen in ("", work.name)
    ]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "What is due next",
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "days": AHEAD.days,
        "kinds": kinds,
        "chosen": chosen,
    }
    return TemplateResponse(request, "admin/due.html", context)


@require_POST
@permission_required("core.see_due_work", raise_exception=True)
def hold(request: HttpRequest) -> HttpResponse:
    """Keep one row from being done until it is released."""
    row = _row(request)
    if row is None:
        messages.error(request, UNKNOWN)
    else:
        reason = without_control(request.POST.get("reason", ""))[:500]
        Hold.objects.get_or_create(**_posted(request), defaults={"by": actor(request.user), "reason": reason})
        messages.success(request, f"Held until you release it: {row.title}.")
    return _back(request)


@require_POST
@permission_required("core.see_due_work", raise_exception=True)
def release(request: HttpRequest) -> HttpResponse:
    """Let a held row be done at the next run."""
    row = _row(request)
    if row is None:
        messages.error(request, UNKNOWN)
    else:
        Hold.objects.filter(**_posted(request)).delete()
        messages.success(request, f"Released; the next run does it: {row.title}.")
    return _back(request)


def _posted(request: HttpRequest) -> dict[str, str]:
    return {"work": request.POST.get("work", ""), "key": request.POST.get("key", "")[:200]}


def _row(request: HttpRequest) -> due.DueRow | None:
    """The row that was pressed, if it is still on this person's list: another room's is not, whoever posts its key."""
    posted = _posted(request)
    return due.row_for(request.user, posted["work"], posted["key"], _horizon())


def _horizon() -> datetime:
    return timezone.now() + AHEAD


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was looked at: all, or one kind of work."""
    chosen = request.POST.get("shown", "")
    query = f"?work={chosen}" if due.due_work.get(chosen) else ""
    return HttpResponseRedirect(f"{reverse('admin:due')}{query}")
