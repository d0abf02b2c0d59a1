"""The staff's page "What is due next": the work of the coming days, with a hold on each row."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from aapm_site.core.transitions import actor

from ..background import due
from ..models import Hold

AHEAD = timedelta(days=14)


@permission_required("core.see_due_work", raise_exception=True)
def due_page(request: HttpRequest) -> HttpResponse:
    """What the runs of the next fourteen days will do; all of it, or one kind (?work=name)."""
    holds = {(hold.work, hold.key): hold for hold in Hold.objects.select_related("by")}
    found = list(due.upcoming(timezone.now() + AHEAD))
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
    name, key = request.POST.get("work", ""), request.POST.get("key", "")[:200]
    if due.due_work.get(name) is None or not key:
        messages.error(request, "That work is not known; the list below is up to date.")
    else:
        Hold.objects.get_or_create(
            work=name, key=key, defaults={"by": actor(request.user), "reason": request.POST.get("reason", "")[:500]}
        )
        messages.success(request, "Held: it will not be done until you release it.")
    return _back(request)


@require_POST
@permission_required("core.see_due_work", raise_exception=True)
def release(request: HttpRequest) -> HttpResponse:
    """Let a held row be done at the next run."""
    Hold.objects.filter(work=request.POST.get("work", ""), key=request.POST.get("key", "")).delete()
    messages.success(request, "Released: it will be done at the next run.")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was looked at: all, or one kind of work."""
    chosen = request.POST.get("shown", "")
    query = f"?work={chosen}" if due.due_work.get(chosen) else ""
    return HttpResponseRedirect(f"{reverse('admin:due')}{query}")
